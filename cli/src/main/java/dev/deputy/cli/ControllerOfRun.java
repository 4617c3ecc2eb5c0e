package dev.deputy.cli;

import dev.deputy.aws.AwsConnection;
import dev.deputy.server.Configuration;
import dev.deputy.server.Controller;
import dev.deputy.server.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;

/**
 * The controller of one {@code run} and the sandbox it runs on, where it has one of its own.
 *
 * @param where in words: which AWS this is
 */
record ControllerOfRun(Controller controller, Optional<EmbeddedSandbox> sandbox, String where)
    implements AutoCloseable {
  /** On a sandbox in this process, set up from the product's own templates. */
  static ControllerOfRun onSandbox(Configuration configuration, StateFolder state)
      throws IOException, InterruptedException {
    EmbeddedSandbox sandbox = EmbeddedSandbox.start(configuration, 0);
    try {
      String role = sandbox.deploy();
      Controller controller = Controller.start(configuration, state, sandbox.controller(role));
      return new ControllerOfRun(
          controller,
          Optional.of(sandbox),
          "sandbox at " + sandbox.endpoint() + ", isolation: " + sandbox.isolation());
    } catch (RuntimeException | IOException | InterruptedException e) {
      sandbox.close();
      throw e;
    }
  }

  /** On an AWS that is there: at an endpoint, or the real one through a profile. */
  static ControllerOfRun on(
      Configuration configuration,
      StateFolder state,
      Optional<URI> endpoint,
      Optional<String> profile)
      throws IOException {
    AwsConnection connection =
        new AwsConnection(
            configuration.cloud().region(), endpoint, credentials(state, endpoint, profile));
    Controller controller = Controller.start(configuration, state, connection);
    return new ControllerOfRun(
        controller, Optional.empty(), endpoint.map(URI::toString).orElse("AWS"));
  }

  @Override
  public void close() {
    controller.close();
    sandbox.ifPresent(EmbeddedSandbox::close);
  }

  private static AwsCredentialsProvider credentials(
      StateFolder state, Optional<URI> endpoint, Optional<String> profile) {
    if (profile.isPresent()) {
      return ProfileCredentialsProvider.create(profile.get());
    }
    return endpoint
        .flatMap(SandboxProfiles.in(state)::controller)
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }
}
