package dev.deputy.cli;

import dev.deputy.aws.AwsConnection;
import dev.deputy.core.Account;
import dev.deputy.sandbox.AccessKey;
import dev.deputy.sandbox.Sandbox;
import dev.deputy.server.Configuration;
import dev.deputy.server.Controller;
import dev.deputy.server.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A sandbox in this process with the accounts of a configuration. */
final class EmbeddedSandbox implements AutoCloseable {
  /**
   * The service that gives the controller its role where it runs on an instance; the sandbox stands
   * in for it.
   */
  private static final String CONTROLLER_SERVICE = "ec2.amazonaws.com";

  private final Sandbox sandbox;
  private final TaskTools tools;
  private final Configuration configuration;

  private EmbeddedSandbox(Sandbox sandbox, TaskTools tools, Configuration configuration) {
    this.sandbox = sandbox;
    this.tools = tools;
    this.configuration = configuration;
  }

  /**
   * @param state hidden from tasks where that can be had: it leads to everything in the sandbox
   * @param port to listen on; 0: any
   */
  static EmbeddedSandbox start(Configuration configuration, StateFolder state, int port)
      throws IOException {
    TaskTools tools = TaskTools.layOut(Installation.home());
    try {
      return start(configuration, state, port, tools);
    } catch (RuntimeException | IOException e) {
      tools.close();
      throw e;
    }
  }

  private static EmbeddedSandbox start(
      Configuration configuration, StateFolder state, int port, TaskTools tools)
      throws IOException {
    Sandbox sandbox;
    try {
      sandbox =
          Sandbox.builder()
              .port(port)
              .hide(state.path())
              .image(AgentImage.NAME, AgentImage.of(Installation.home(), tools))
              .start();
    } catch (IllegalStateException e) {
      throw new CommandFailed(
          ExitStatus.UNAVAILABLE, "the sandbox can not start: " + e.getMessage());
    }
    try {
      tools.expiredSession(sandbox.expiredKey(configuration.tooling().id()));
      return new EmbeddedSandbox(sandbox, tools, configuration);
    } catch (RuntimeException | IOException e) {
      sandbox.close();
      throw e;
    }
  }

  URI endpoint() {
    return sandbox.endpoint();
  }

  /** How tasks are kept apart from this machine. */
  String isolation() {
    return sandbox.isolation();
  }

  /** Where it is and how tasks are kept apart from this machine, in words. */
  String where() {
    String advice = isolation().equals("none") ? " (install bubblewrap to have some)" : "";
    return "sandbox at " + endpoint() + ", isolation: " + isolation() + advice;
  }

  /**
   * Deploys the stacks of the configuration from Deputy's own templates; returns the ARN of the
   * controller's role.
   */
  String deploy() throws InterruptedException {
    return Controller.stacks(configuration).deploy(this::administrator);
  }

  /** The controller's role, as long as it is deployed. */
  Optional<DeployedRole> controllerRole() {
    String arn = Controller.stacks(configuration).controllerRole();
    return sandbox.roleId(arn).map(id -> new DeployedRole(arn, id));
  }

  /**
   * A role; one that is made anew has another id, and sessions of the old one are worth nothing.
   */
  record DeployedRole(String arn, String id) {}

  AccessKey rootKey(Account account) {
    return sandbox.rootKey(account.id());
  }

  /** A session of the controller's own role. */
  AccessKey controllerKey(String roleArn) {
    return sandbox.serviceSession(roleArn, CONTROLLER_SERVICE, "deputy-controller");
  }

  /** The connection of a controller with nothing but its own role. */
  AwsConnection controller(String roleArn) {
    RefreshedSession session = new RefreshedSession(() -> controllerKey(roleArn));
    return new AwsConnection(configuration.cloud().region(), Optional.of(endpoint()), session);
  }

  @Override
  public void close() {
    sandbox.close();
    tools.close();
  }

  private AwsConnection administrator(Account account, String region) {
    AccessKey key = rootKey(account);
    return new AwsConnection(
        region,
        Optional.of(endpoint()),
        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())));
  }

  static AwsSessionCredentials session(AccessKey key) {
    return AwsSessionCredentials.create(key.id(), key.secret(), key.sessionToken().orElseThrow());
  }
}
