package dev.deputy.cli;

import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.sandbox.AccessKey;
import dev.deputy.server.Configuration;
import dev.deputy.server.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSupplier;

/**
 * AWS profiles for a sandbox that runs on its own: one per account, named after it, and one of the
 * controller's role. Files are readable by their owner only.
 */
record SandboxProfiles(Path folder) {
  /** The profile of the controller's role. */
  static final String CONTROLLER = "deputy-controller";

  static SandboxProfiles in(StateFolder state) {
    return new SandboxProfiles(state.sandbox());
  }

  Path configFile() {
    return folder.resolve("config");
  }

  Path credentialsFile() {
    return folder.resolve("credentials");
  }

  /**
   * Keeps other sandboxes from writing profiles here, until closed or until the process ends.
   *
   * @throws CommandFailed where another one does so
   */
  FileChannel reserve() throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new CommandFailed(
          ExitStatus.UNAVAILABLE,
          "a sandbox of this state runs already"
              + endpoint().map(there -> " at " + there).orElse("")
              + ": use it, or give another --state");
    }
    return channel;
  }

  /** Writes everything anew; whoever reads meanwhile sees the old files or the new ones. */
  void write(Configuration configuration, EmbeddedSandbox sandbox, Optional<String> controllerRole)
      throws IOException {
    Map<String, AccessKey> keys = new LinkedHashMap<>();
    Map<String, String> regions = new LinkedHashMap<>();
    for (Account account : configuration.accounts().values()) {
      keys.put(account.name().value(), sandbox.rootKey(account));
      regions.put(account.name().value(), account.region());
    }
    controllerRole.ifPresent(role -> {
      keys.put(CONTROLLER, sandbox.controllerKey(role));
      regions.put(CONTROLLER, configuration.cloud().region());
    });
    StringBuilder credentials = new StringBuilder();
    StringBuilder config = new StringBuilder();
    keys.forEach((profile, key) -> {
      credentials.append("[").append(profile).append("]\n");
      credentials.append("aws_access_key_id = ").append(key.id()).append('\n');
      credentials.append("aws_secret_access_key = ").append(key.secret()).append('\n');
      key.sessionToken()
          .ifPresent(
              token -> credentials.append("aws_session_token = ").append(token).append('\n'));
      credentials.append('\n');
      config.append("[profile ").append(profile).append("]\n");
      config.append("region = ").append(regions.get(profile)).append('\n');
      config.append("endpoint_url = ").append(sandbox.endpoint()).append("\n\n");
    });
    Files.createDirectories(folder);
    replace(credentialsFile(), credentials.toString());
    replace(configFile(), config.toString());
    replace(folder.resolve("endpoint"), sandbox.endpoint() + "\n");
  }

  /** Where the sandbox is that wrote the profiles last; it may have ended. */
  Optional<URI> endpoint() {
    try {
      Path written = folder.resolve("endpoint");
      return Files.isRegularFile(written)
          ? Optional.of(URI.create(Files.readString(written).strip()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /**
   * The controller's credentials, where the sandbox at this endpoint is the one that wrote the
   * profiles. They are read again whenever it writes them anew.
   *
   * @throws CommandFailed where that sandbox has no controller's role
   */
  Optional<AwsCredentialsProvider> controller(URI endpoint) {
    if (endpoint().filter(written -> same(written, endpoint)).isEmpty()) {
      return Optional.empty();
    }
    ProfileFile written =
        ProfileFile.builder().content(credentialsFile()).type(ProfileFile.Type.CREDENTIALS).build();
    if (written.profile(CONTROLLER).isEmpty()) {
      throw new CommandFailed(
          ExitStatus.UNAVAILABLE,
          "Deputy's stacks are not deployed on the sandbox at "
              + endpoint
              + ": deploy them with deputy infra deploy --endpoint-url "
              + endpoint);
    }
    return Optional.of(
        ProfileCredentialsProvider.builder()
            .profileFile(
                ProfileFileSupplier.reloadWhenModified(
                    credentialsFile(), ProfileFile.Type.CREDENTIALS))
            .profileName(CONTROLLER)
            .build());
  }

  /**
   * The credentials of an account's root user, where the sandbox at this endpoint is the one that
   * wrote the profiles and has the account.
   */
  Optional<AwsCredentialsProvider> account(URI endpoint, AccountName account) {
    if (endpoint().filter(written -> same(written, endpoint)).isEmpty()) {
      return Optional.empty();
    }
    ProfileFile written =
        ProfileFile.builder().content(credentialsFile()).type(ProfileFile.Type.CREDENTIALS).build();
    return written
        .profile(account.value())
        .map(profile ->
            ProfileCredentialsProvider.builder()
                .profileFile(written)
                .profileName(profile.name())
                .build());
  }

  /** Whether both are one port of this machine: it has two names. */
  private static boolean same(URI one, URI other) {
    return one.getPort() == other.getPort() && host(one).equals(host(other));
  }

  private static String host(URI endpoint) {
    String host = String.valueOf(endpoint.getHost());
    return host.equalsIgnoreCase("localhost") ? "127.0.0.1" : host;
  }

  private static void replace(Path file, String content) throws IOException {
    Path next =
        Files.createTempFile(
            file.getParent(),
            file.getFileName().toString(),
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(next, content);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
