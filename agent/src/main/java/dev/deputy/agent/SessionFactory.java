package dev.deputy.agent;

import dev.deputy.protocol.AgentMessage.Ready;
import dev.deputy.protocol.ControllerMessage.Registered;
import dev.deputy.protocol.Protocol;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Builds all that a session needs when the controller has said what it is for. */
record SessionFactory(
    AgentConfig config,
    StepAccount account,
    HttpClient http,
    TaskCredentials taskCredentials,
    Sts sts,
    Secrets secrets) {
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** Makes the workspace and the session. */
  Session make(Registered registered) throws IOException {
    Uplink uplink = new Uplink();
    secrets.learn(registered.token());
    AgentFolder folder = AgentFolder.make(config.folder());
    Workspace workspace = Workspace.make(folder.workspaces(), registered.workspace(), account);
    Map<String, String> environment =
        StepEnvironment.base(config.environment(), config.passed(), registered.region(), workspace);
    AccountCommand commands =
        new AccountCommand(account, workspace.path(), String.valueOf(environment.get("PATH")));
    Optional<DeployRoleCredentials> deployRole = deployRole(registered, uplink);
    StepTools tools =
        new StepTools(
            new Attempts(folder.control()),
            folder.scripts(),
            workspace,
            account,
            commands,
            environment,
            stepCredentials(roles(registered, deployRole)),
            secrets,
            cookies(),
            GRACE,
            StepOutput.Limits.DEFAULT);
    Session.Duties duties =
        new Session.Duties(
            Guardian.startIfNeeded(cookies()),
            folder,
            new Steps(tools, uplink),
            new FileOperations(workspace, commands, secrets),
            transfers(registered, workspace, commands, folder.scripts()),
            deployRole);
    Ready ready =
        new Ready(workspace.path().toString(), workspace.temporary().toString(), environment);
    return new Session(registered, ready, duties, uplink);
  }

  /** How the cookies of this agent's steps begin. */
  private String cookies() {
    return config.launch() + '/';
  }

  private Optional<DeployRoleCredentials> deployRole(Registered registered, Uplink uplink) {
    return switch (registered.credentials()) {
      case DEPLOY_ROLE ->
          Optional.of(
              new DeployRoleCredentials(
                  uplink,
                  taskCredentials,
                  sts,
                  secrets,
                  config.deployRole(),
                  InstantSource.system()));
      case TASK_ROLE, NONE -> Optional.empty();
    };
  }

  /** Steps' identities, on from the one that they have by themselves. */
  private AssumedRoles roles(Registered registered, Optional<DeployRoleCredentials> deployRole) {
    Optional<CredentialSource> own =
        switch (registered.credentials()) {
          case DEPLOY_ROLE -> Optional.of(deployRole.orElseThrow());
          case TASK_ROLE -> Optional.of(taskCredentials);
          case NONE -> Optional.empty();
        };
    return new AssumedRoles(own, sts, secrets, InstantSource.system());
  }

  private StepCredentials stepCredentials(AssumedRoles roles) throws IOException {
    return roles.hasOwn()
        ? CredentialEndpoint.open(roles, secrets)
        : new ForeignCredentials(roles, secrets);
  }

  private Transfers transfers(
      Registered registered, Workspace workspace, AccountCommand commands, Path lists) {
    String base = config.controller().toString().replaceFirst("^ws", "http");
    return new Transfers(
        http,
        URI.create(base + Protocol.TRANSFER_PATH),
        registered.token(),
        new Archives(workspace, commands, lists));
  }
}
