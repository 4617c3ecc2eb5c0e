package dev.deputy.server;

import dev.deputy.access.NamePattern;
import dev.deputy.core.Credential;
import dev.deputy.core.CredentialStore;
import dev.deputy.core.JobName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The credentials of a configuration, each for the jobs that it names. */
public final class ConfiguredCredentials implements CredentialStore {
  private static final long LARGEST = 1 << 20;

  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final List<Configuration.ScopedCredential> credentials;
  private final Map<String, String> environment;
  private final boolean everyJob;

  /**
   * @param environment of the controller process
   * @param everyJob whether every job may use all of them: whoever runs files on their own machine
   *     uses what is theirs
   */
  public ConfiguredCredentials(
      Configuration configuration, Map<String, String> environment, boolean everyJob) {
    this.credentials = configuration.credentials();
    this.environment = Map.copyOf(environment);
    this.everyJob = everyJob;
  }

  @Override
  public Optional<Credential> find(JobName job, String id) {
    return credentials.stream()
        .filter(scoped -> scoped.credential().id().equals(id) && allowed(scoped, job))
        .map(Configuration.ScopedCredential::credential)
        .findFirst();
  }

  @Override
  public List<String> ids(JobName job) {
    return credentials.stream()
        .filter(scoped -> allowed(scoped, job))
        .map(scoped -> scoped.credential().id())
        .toList();
  }

  private boolean allowed(Configuration.ScopedCredential scoped, JobName job) {
    return everyJob
        || scoped.jobs().stream().anyMatch(pattern -> NamePattern.of(pattern).matches(job.value()));
  }

  @Override
  public byte[] read(Credential.Value value) throws IOException {
    return switch (value) {
      case Credential.Value.Plain(String text) -> text.getBytes(StandardCharsets.UTF_8);
      case Credential.Value.Environment(String name) -> variable(name);
      case Credential.Value.File(String path) -> file(Path.of(path));
      case Credential.Value.SecretsManager _, Credential.Value.Parameter _ ->
          throw new IOException("only agents read it");
    };
  }

  private byte[] variable(String name) throws IOException {
    String text = environment.get(name);
    if (text == null || text.isEmpty()) {
      throw new IOException("environment variable " + name + " of the controller is not set");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] file(Path path) throws IOException {
    try {
      if (!Files.isRegularFile(path)) {
        throw new IOException("file " + path + " is not there");
      }
      boolean open = Files.getPosixFilePermissions(path).stream().anyMatch(OF_OTHERS::contains);
      if (open) {
        throw new IOException(
            "file " + path + " can be used by others than its owner: chmod 600 " + path);
      }
      if (Files.size(path) > LARGEST) {
        throw new IOException("file " + path + " is larger than 1 MiB");
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException _) {
      throw new IOException("file " + path + " is not there");
    }
  }
}
