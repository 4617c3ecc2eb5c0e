package dev.deputy.cli;

import dev.deputy.aws.AwsConnection;
import dev.deputy.server.Configuration;
import dev.deputy.server.Controller;
import dev.deputy.server.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
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
    EmbeddedSandbox sandbox = EmbeddedSandbox.start(configuration, state, 0);
    try {
      String role = sandbox.deploy();
      Controller controller = Controller.start(configuration, state, sandbox.controller(role));
      return new ControllerOfRun(controller, Optional.of(sandbox), sandbox.where());
    } catch (RuntimeException | IOException | InterruptedException e) {
      sandbox.close();
      throw e;
    }
  }

  /**
   * On an AWS that is there, such as a sandbox that runs on its own.
   *
   * @param environment of this process, where credentials may be named
   */
  static ControllerOfRun on(
      Configuration configuration, StateFolder state, URI endpoint, Map<String, String> environment)
      throws IOException {
    AwsConnection connection =
        new AwsConnection(
            configuration.cloud().region(),
            Optional.of(endpoint),
            credentials(state, endpoint, environment));
    Controller controller = Controller.start(configuration, state, connection);
    return new ControllerOfRun(controller, Optional.empty(), "AWS at " + endpoint);
  }

  @Override
  public void close() {
    controller.close();
    sandbox.ifPresent(EmbeddedSandbox::close);
  }

  /** Never those that merely lie around, such as a default profile: they are somebody's own. */
  static AwsCredentialsProvider credentials(
      StateFolder state, URI endpoint, Map<String, String> environment) {
    Optional<AwsCredentialsProvider> sandbox = SandboxProfiles.in(state).controller(endpoint);
    if (sandbox.isPresent()) {
      return sandbox.get();
    }
    if (environment.containsKey("AWS_ACCESS_KEY_ID")) {
      return EnvironmentVariableCredentialsProvider.create();
    }
    String profile = environment.get("AWS_PROFILE");
    if (profile != null) {
      return ProfileCredentialsProvider.create(profile);
    }
    throw new CommandFailed(
        ExitStatus.USAGE,
        "no credentials for "
            + endpoint
            + ": no sandbox of this state ("
            + state.path()
            + ") is at that address, and neither AWS_PROFILE nor AWS_ACCESS_KEY_ID is set");
  }
}
