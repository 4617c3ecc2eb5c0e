package dev.deputy.cli;

import dev.deputy.server.Configuration;
import dev.deputy.server.ConfigurationLoader;
import dev.deputy.server.InvalidConfiguration;
import dev.deputy.server.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Sandbox and controller in the JVM of the test, set up as {@code deputy sandbox} does it; only the
 * tasks are processes of their own.
 */
public final class SystemInOneProcess implements AutoCloseable {
  private final EmbeddedSandbox sandbox;
  private final Configuration configuration;

  private SystemInOneProcess(EmbeddedSandbox sandbox, Configuration configuration) {
    this.sandbox = sandbox;
    this.configuration = configuration;
  }

  /** Starts a sandbox with the set-up and the profiles of a checkout's configuration. */
  public static SystemInOneProcess start(Path checkout)
      throws IOException, InvalidConfiguration, InterruptedException {
    Path file = checkout.resolve(ConfigurationLoader.FILE_NAME);
    Configuration configuration = ConfigurationLoader.load(file.toString(), file);
    StateFolder state = StateFolder.open(checkout.resolve(StateFolder.NAME));
    SandboxProfiles profiles = SandboxProfiles.in(state);
    EmbeddedSandbox sandbox = EmbeddedSandbox.start(configuration, state, 0);
    try {
      profiles.write(configuration, sandbox, Optional.of(sandbox.deploy()));
      return new SystemInOneProcess(sandbox, configuration);
    } catch (IOException | InterruptedException | RuntimeException e) {
      sandbox.close();
      throw e;
    }
  }

  public URI endpoint() {
    return sandbox.endpoint();
  }

  /** The root user of an account. */
  public AwsCredentialsProvider root(String accountName) {
    return configuration.accounts().values().stream()
        .filter(account -> account.name().value().equals(accountName))
        .map(sandbox::rootKey)
        .map(key -> AwsBasicCredentials.create(key.id(), key.secret()))
        .map(StaticCredentialsProvider::create)
        .findFirst()
        .orElseThrow();
  }

  /** {@code deputy run} with these arguments on this sandbox; returns the exit status. */
  public int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("run", "--endpoint-url", endpoint().toString()));
    all.addAll(List.of(arguments));
    return Deputy.commandLine().execute(all.toArray(String[]::new));
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
