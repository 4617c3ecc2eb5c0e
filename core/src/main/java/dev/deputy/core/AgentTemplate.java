package dev.deputy.core;

import java.util.List;
import java.util.Optional;

/**
 * What agents of one kind look like.
 *
 * @param labels what Jenkinsfiles ask for; the template's name is not a label
 * @param account the one account its agents act in; empty for agents that reach none
 * @param image the container image's name
 * @param size of the task
 * @param source where it is written down
 * @param docker whether pipelines may use the Docker engine beside its agents
 */
public record AgentTemplate(
    TemplateName name,
    List<String> labels,
    Optional<AccountName> account,
    CredentialsMode credentials,
    String image,
    TaskSize size,
    SourceRef source,
    boolean docker) {
  /** A template without Docker. */
  public AgentTemplate(
      TemplateName name,
      List<String> labels,
      Optional<AccountName> account,
      CredentialsMode credentials,
      String image,
      TaskSize size,
      SourceRef source) {
    this(name, labels, account, credentials, image, size, source, false);
  }

  public AgentTemplate {
    labels = List.copyOf(labels);
    if (account.isEmpty() != (credentials == CredentialsMode.NONE)) {
      throw new IllegalArgumentException(
          "agent template "
              + name
              + ": credentials "
              + credentials
              + " (expected: none exactly where there is no account)");
    }
  }

  /** The same template with other labels. */
  public AgentTemplate labelled(List<String> others) {
    return new AgentTemplate(name, others, account, credentials, image, size, source, docker);
  }

  /**
   * Size of the task that carries an agent.
   *
   * @param cpu CPU units, 1024 to a core
   * @param memoryReservation MiB, the soft limit
   * @param networkMode {@code bridge} (the default of the practice), {@code host}, {@code awsvpc}
   *     or {@code none}
   */
  public record TaskSize(int cpu, int memoryReservation, String networkMode) {}
}
