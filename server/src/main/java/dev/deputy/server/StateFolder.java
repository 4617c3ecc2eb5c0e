package dev.deputy.server;

import dev.deputy.builds.Origin;
import dev.deputy.core.BuildId;
import dev.deputy.core.JobName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where a controller keeps its state on disk: readable by its own user only, and ignored by git.
 *
 * @param path the folder
 */
public record StateFolder(Path path) {
  /** The folder beside a configuration. */
  public static final String NAME = ".deputy";

  private static final int LAST_PORT = 65_535;

  /** Makes the folder where it is missing. */
  public static StateFolder open(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Path ignore = path.resolve(".gitignore");
    if (!Files.exists(ignore)) {
      Files.writeString(ignore, "*\n");
    }
    return new StateFolder(path);
  }

  Path database() {
    return path.resolve("deputy.db");
  }

  Path builds() {
    return path.resolve("builds");
  }

  /**
   * What a build that has not ended was made of.
   *
   * @return empty where there is no such build, or it has ended
   * @throws IOException when it can not be read
   */
  public Optional<Origin> origin(BuildId build) throws IOException {
    return Origin.find(builds(), build);
  }

  /** Where a running controller says how commands reach it. */
  Path control() {
    return path.resolve("control");
  }

  private Path agentPortFile() {
    return path.resolve("agent-port");
  }

  /**
   * The port that agents find the controller at, also after it was started again; empty where none
   * was kept.
   *
   * @throws IOException when the file can not be read or holds no port
   */
  Optional<Integer> agentPort() throws IOException {
    Path file = agentPortFile();
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String text = Files.readString(file).strip();
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port <= LAST_PORT) {
        return Optional.of(port);
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new IOException(
        "%s: \"%s\" (expected: the port where agents know this controller; without the file they can"
                .formatted(file, text)
            + " not come back)");
  }

  void keepAgentPort(int port) throws IOException {
    keep(agentPortFile(), port + "\n");
  }

  /**
   * Has a small file of the folder hold a text: this one or the one before, and never half of it.
   */
  void keep(Path file, String text) throws IOException {
    Path next =
        Files.createTempFile(
            path,
            file.getFileName().toString(),
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * A build by the name that people see, such as {@code shop/main#12}.
   *
   * @throws IllegalArgumentException when it is no such name
   */
  public static BuildId build(String name) {
    int mark = name.lastIndexOf('#');
    try {
      return new BuildId(
          new JobName(name.substring(0, Math.max(mark, 0))),
          Integer.parseInt(name.substring(mark + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " is no build (expected: such as shop/main#12)", e);
    }
  }

  /** Where agents of this machine have their folders. */
  public Path agents() {
    return path.resolve("agents");
  }

  /** Copies of the repositories of shared libraries. */
  Path libraries() {
    return path.resolve("libraries");
  }

  /** What the sandbox leaves for people and their tools: profiles and its endpoint. */
  public Path sandbox() {
    return path.resolve("sandbox");
  }
}
