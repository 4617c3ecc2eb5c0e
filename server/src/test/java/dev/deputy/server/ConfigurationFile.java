package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A valid configuration that tests damage at one place, and what the loader says of the result. */
final class ConfigurationFile {
  /** Twenty lines; tests count on the places. */
  static final String VALID =
      """
      accounts:
        tooling: {id: "000000000000", region: eu-west-1}
        production: {id: "444444444444", region: eu-west-1, stage: production, permissions: policy.json}
      cloud:
        name: agents
        account: tooling
        region: eu-west-1
        cluster: agents
        defaultAgent: builder
      agents:
        - {name: builder, labels: [builder]}
        - {name: production, labels: [Production], account: production}
      jobs:
        - {name: shop, script: Jenkinsfile}
      grants:
        - name: builds
          jobs: [shop]
          agents: [builder]
        - {name: production, jobs: [shop], branches: [main], causes: [person], agents: [production],
           approvals: {from: [ann, bob], count: 1, notStarter: true}}
      """;

  private static final String POLICY =
      """
      {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
      """;

  private final Path folder;

  ConfigurationFile(Path folder) {
    this.folder = folder;
  }

  /** Loads the valid file with one piece of its text replaced. */
  Configuration load(String piece, String replacement) {
    assertThat(VALID).as("the text to replace").containsOnlyOnce(piece);
    return load(VALID.replace(piece, replacement));
  }

  Configuration load(String yaml) {
    return load(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  Configuration load(byte[] yaml) {
    try {
      Files.writeString(folder.resolve("policy.json"), POLICY);
      Path file = Files.write(folder.resolve("deputy.yaml"), yaml);
      return ConfigurationLoader.load("deputy.yaml", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong after one piece of the text is replaced, as {@code line:column: message}. */
  List<String> problems(String piece, String replacement) {
    assertThat(VALID).as("the text to replace").containsOnlyOnce(piece);
    return problems(VALID.replace(piece, replacement));
  }

  List<String> problems(String yaml) {
    return refusal(yaml).problems().stream()
        .map(problem -> problem.line() + ":" + problem.column() + ": " + problem.message())
        .toList();
  }

  /** The refusal as a person sees it. */
  String shown(String yaml) {
    return String.valueOf(refusal(yaml).getMessage());
  }

  private InvalidConfiguration refusal(String yaml) {
    InvalidConfiguration refusal =
        catchThrowableOfType(InvalidConfiguration.class, () -> load(yaml));
    assertThat(refusal).as("the refusal of:\n" + yaml).isNotNull();
    return refusal;
  }
}
