package dev.deputy.cli;

import dev.deputy.aws.AwsConnection;
import dev.deputy.builds.BuildResources;
import dev.deputy.server.Configuration;
import dev.deputy.server.Controller;
import dev.deputy.server.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;

/**
 * The controller of one {@code run} and what it runs on, where that is its own.
 *
 * @param below the sandbox, or this machine's agents; closed after the controller
 * @param where in words: which AWS this is
 */
record ControllerOfRun(Controller controller, Optional<? extends AutoCloseable> below, String where)
    implements AutoCloseable {
  /**
   * Without AWS.
   *
   * @param environment of this process, which steps get
   */
  static ControllerOfRun onThisMachine(
      StateFolder state, Map<String, String> environment, BuildResources resources)
      throws IOException {
    LocalAgents agents = LocalAgents.start(state.agents(), environment, Clock.systemUTC());
    try {
      Controller controller = Controller.startLocal(state, agents, resources);
      return new ControllerOfRun(
          controller, Optional.of(agents), "on this machine, without AWS (--local)");
    } catch (RuntimeException e) {
      agents.close();
      throw e;
    }
  }

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
    Controller controller =
        Controller.start(
            configuration, state, connection(configuration, state, endpoint, environment));
    return new ControllerOfRun(controller, Optional.empty(), "AWS at " + endpoint);
  }

  /** As {@link #on}, where builds that an earlier process did not end go on. */
  static ControllerOfRun again(
      Configuration configuration, StateFolder state, URI endpoint, Map<String, String> environment)
      throws IOException {
    Controller controller =
        Controller.startAgain(
            configuration, state, connection(configuration, state, endpoint, environment));
    return new ControllerOfRun(controller, Optional.empty(), "AWS at " + endpoint);
  }

  private static AwsConnection connection(
      Configuration configuration,
      StateFolder state,
      URI endpoint,
      Map<String, String> environment) {
    return new AwsConnection(
        configuration.cloud().region(),
        Optional.of(endpoint),
        credentials(state, endpoint, environment));
  }

  @Override
  public void close() {
    controller.close();
    below.ifPresent(ControllerOfRun::close);
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      System.getLogger(ControllerOfRun.class.getName())
          .log(System.Logger.Level.WARNING, "a part did not close", e);
    }
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
