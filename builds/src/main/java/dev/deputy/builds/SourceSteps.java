package dev.deputy.builds;

import java.util.List;

/** Steps around sources, credentials, libraries and containers. */
final class SourceSteps {
  private SourceSteps() {}

  static List<Step> all() {
    return List.of(
        new CheckoutStep(),
        new GitStep(),
        new WithCredentialsStep(),
        new LibraryStep(),
        new LibraryResourceStep(),
        new LoadStep(),
        new SshAgentStep(),
        new DockerContainerStep("withDockerContainer"),
        new DockerContainerStep("dockerContainer"),
        new DockerRegistryStep());
  }
}
