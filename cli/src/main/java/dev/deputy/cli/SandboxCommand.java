package dev.deputy.cli;

import dev.deputy.cli.EmbeddedSandbox.DeployedRole;
import dev.deputy.core.Account;
import dev.deputy.server.Configuration;
import dev.deputy.server.StateFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deputy sandbox}: an AWS of its own that stays until it is stopped. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = {
      "Starts an AWS in one process on loopback, with the accounts of the configuration, and keeps"
          + " running.",
      "IAM policies are enforced there; what it does not know it refuses."
    },
    footer = {"", "Example:", "  deputy sandbox --port 4566"})
final class SandboxCommand implements Callable<Integer> {
  /** Sessions last an hour; the controller's profile is written anew in good time. */
  private static final long REFRESH_MILLIS = 30L * 60 * 1000;

  /** Sooner than the next command can start. */
  private static final long LOOK_MILLIS = 100;

  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "The port to listen on (default: any free one).")
  private int port;

  @Option(names = "--empty", description = "Do not deploy the stacks of the configuration.")
  private boolean empty;

  @Mixin private ConfigurationOption configurationOption = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new CommandFailed(
          ExitStatus.USAGE, "--port: " + port + " (expected: 0 to " + HIGHEST_PORT + ")");
    }
    Configuration configuration = configurationOption.load(Path.of(""));
    StateFolder state = configurationOption.stateFolder(configuration);
    SandboxProfiles profiles = SandboxProfiles.in(state);
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Interrupts.onInterrupt(stopped::countDown, closed);
    try (FileChannel _ = profiles.reserve();
        EmbeddedSandbox sandbox = EmbeddedSandbox.start(configuration, state, port)) {
      if (!empty) {
        sandbox.deploy();
      }
      Optional<DeployedRole> role = sandbox.controllerRole();
      write(profiles, configuration, sandbox, role);
      announce(configuration, sandbox, profiles);
      long age = 0;
      while (!stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        age += LOOK_MILLIS;
        Optional<DeployedRole> now = sandbox.controllerRole();
        if (age >= REFRESH_MILLIS || !now.equals(role)) {
          write(profiles, configuration, sandbox, now);
          role = now;
          age = 0;
        }
      }
    } finally {
      closed.countDown();
    }
    return ExitStatus.ABORTED.code(); // nothing else ends it
  }

  private static void write(
      SandboxProfiles profiles,
      Configuration configuration,
      EmbeddedSandbox sandbox,
      Optional<DeployedRole> role)
      throws IOException {
    try {
      profiles.write(configuration, sandbox, role.map(DeployedRole::arn));
    } catch (IllegalStateException _) {
      // The role was deleted meanwhile.
      profiles.write(configuration, sandbox, Optional.empty());
    }
  }

  private void announce(
      Configuration configuration, EmbeddedSandbox sandbox, SandboxProfiles profiles) {
    if (output.json()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("type", "sandbox-started");
      line.put("time", Clock.systemUTC().instant().toString());
      line.put("endpoint", sandbox.endpoint().toString());
      line.put("isolation", sandbox.isolation());
      line.put("configFile", profiles.configFile().toString());
      line.put("credentialsFile", profiles.credentialsFile().toString());
      List<String> names = new ArrayList<>();
      configuration.accounts().keySet().forEach(name -> names.add(name.value()));
      line.put("profiles", names);
      JsonView.print(System.out, line);
      return;
    }
    System.out.println(sandbox.where());
    System.out.println();
    System.out.printf("  %-18s %-14s %s%n", "profile", "account", "region");
    for (Account account : configuration.accounts().values()) {
      System.out.printf("  %-18s %-14s %s%n", account.name(), account.id(), account.region());
    }
    if (!empty) {
      System.out.printf(
          "  %-18s %-14s %s%n",
          SandboxProfiles.CONTROLLER, configuration.tooling().id(), configuration.cloud().region());
    }
    System.out.println();
    System.out.println("Use it from another terminal:");
    System.out.println("  export AWS_CONFIG_FILE=" + profiles.configFile().toAbsolutePath());
    System.out.println(
        "  export AWS_SHARED_CREDENTIALS_FILE=" + profiles.credentialsFile().toAbsolutePath());
    String example = configuration.accounts().keySet().iterator().next().value();
    System.out.println(
        "  aws --endpoint-url "
            + sandbox.endpoint()
            + " --profile "
            + example
            + " sts get-caller-identity");
    runnable(configuration)
        .ifPresent(script ->
            System.out.println(
                "  ./deputy run "
                    + ConfigurationOption.shown(script)
                    + configurationOption.repeated()
                    + " --endpoint-url "
                    + sandbox.endpoint()));
    System.out.println();
    System.out.println("Ctrl-C ends it and its tasks.");
    System.out.flush();
  }

  /** The script of the first job that has one: listed files may not be written yet. */
  static Optional<Path> runnable(Configuration configuration) {
    return configuration.jobs().stream()
        .map(job -> configuration.home().resolve(job.script()))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
