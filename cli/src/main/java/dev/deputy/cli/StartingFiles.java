package dev.deputy.cli;

import dev.deputy.core.Account;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code deputy init} writes. */
final class StartingFiles {
  private StartingFiles() {}

  /**
   * @param accounts the tooling account first
   */
  static String configuration(List<Account> accounts) {
    Account tooling = accounts.getFirst();
    List<Account> targets = accounts.subList(1, accounts.size());
    StringBuilder text = new StringBuilder("accounts:\n");
    text.append(
        "  %s: {id: \"%s\", region: %s}\n"
            .formatted(tooling.name(), tooling.id(), tooling.region()));
    for (Account account : targets) {
      text.append(
          "  %s: {id: \"%s\", region: %s, stage: %s, permissions: permissions.json}\n"
              .formatted(account.name(), account.id(), account.region(), account.name()));
    }
    text.append(
        "cloud: {name: agents, account: %s, region: %s, cluster: agents}\n"
            .formatted(tooling.name(), tooling.region()));
    text.append("agents:\n");
    for (Account account : targets) {
      text.append(
          "  - {name: %s, labels: [%s], account: %s}\n"
              .formatted(account.name(), label(account), account.name()));
    }
    text.append("jobs:\n  - {name: hello, script: Jenkinsfile}\n");
    text.append("grants: # nothing is allowed that no grant allows\n");
    text.append(
        "  - {name: hello, jobs: [hello], agents: [%s]}\n"
            .formatted(
                targets.stream()
                    .map(account -> account.name().value())
                    .collect(Collectors.joining(", "))));
    return text.toString();
  }

  static String permissions() {
    return """
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Effect": "Allow", "Action": ["ssm:PutParameter", "ssm:GetParameter"], "Resource": "arn:aws:ssm:*:*:parameter/hello/*"}
      ]
    }
    """;
  }

  /** A pipeline that acts in this account. */
  static String pipeline(Account account) {
    return """
    pipeline {
        agent { label '%s' }
        stages {
            stage('Hello') {
                steps {
                    sh 'aws sts get-caller-identity'
                    sh 'aws ssm put-parameter --name /hello/world --type String --value "$BUILD_TAG" --overwrite'
                }
            }
        }
    }
    """
        .formatted(label(account));
  }

  private static String label(Account account) {
    String name = account.name().value();
    return "AgentAccount" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
