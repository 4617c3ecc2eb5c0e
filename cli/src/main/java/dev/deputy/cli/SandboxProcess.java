package dev.deputy.cli;

import dev.deputy.server.StateFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sandbox of a state as a process of its own, which goes on when the controller is killed and
 * is found again by the next one.
 */
record SandboxProcess(StateFolder state, SandboxProfiles profiles, String configuration) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(100);

  /**
   * @param configuration the options that name it, as words
   */
  static SandboxProcess of(StateFolder state, String configuration) {
    return new SandboxProcess(state, SandboxProfiles.in(state), configuration);
  }

  /** Where the sandbox of this state is; starts one where there is none. */
  URI endpoint() throws IOException, InterruptedException {
    if (isHeld()) {
      return await(Optional.empty());
    }
    Files.deleteIfExists(profiles.folder().resolve("endpoint"));
    Path output = profiles.folder().resolve("output");
    Process process =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    Files.writeString(profiles.folder().resolve("pid"), process.pid() + "\n");
    return await(Optional.of(process));
  }

  /** Ends the sandbox that was started for this state, with its tasks. */
  void end() throws IOException {
    Path file = profiles.folder().resolve("pid");
    if (Files.isRegularFile(file)) {
      long pid = Long.parseLong(Files.readString(file).strip());
      ProcessHandle.of(pid).filter(_ -> held()).ifPresent(ProcessHandle::destroy);
      Files.delete(file);
    }
  }

  private boolean held() {
    try {
      return isHeld();
    } catch (IOException _) {
      return false;
    }
  }

  private boolean isHeld() throws IOException {
    try (FileChannel _ = profiles.reserve()) {
      return false;
    } catch (CommandFailed | OverlappingFileLockException _) {
      return true;
    }
  }

  private URI await(Optional<Process> started) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      Optional<URI> endpoint = profiles.endpoint().filter(SandboxProcess::answers);
      if (endpoint.isPresent()) {
        return endpoint.get();
      }
      if (started.isPresent() && !started.get().isAlive()) {
        throw new CommandFailed(
            ExitStatus.UNAVAILABLE,
            "the sandbox ended at once: "
                + Files.readString(profiles.folder().resolve("output")).strip());
      }
      Thread.sleep(LOOK);
    }
    throw new CommandFailed(
        ExitStatus.UNAVAILABLE,
        "the sandbox of " + state.path() + " is not ready after " + PATIENCE.toSeconds() + " s");
  }

  private static boolean answers(URI endpoint) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), 1000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** This program once more, out of reach of the signals of a terminal where that can be had. */
  private List<String> command() {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      command.add("/usr/bin/setsid");
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Deputy.class.getName()));
    command.addAll(
        List.of("sandbox", "--state", state.path().toString(), "--config", configuration));
    return command;
  }
}
