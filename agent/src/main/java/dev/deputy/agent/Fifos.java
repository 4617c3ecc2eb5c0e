package dev.deputy.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Named pipes that only the agent can open. Java has no call that makes one, and a process for each
 * would be a third of what a short step takes; so one process makes a number of them. Thread-safe.
 */
final class Fifos {
  private static final int AT_ONCE = 16;

  private final Path folder;
  private final Deque<Path> spare = new ArrayDeque<>();
  private int made;

  /**
   * @param folder where spare ones lie, which only the agent can enter
   */
  Fifos(Path folder) {
    this.folder = folder;
  }

  /** Puts a pipe there, in place of whatever there was. */
  void put(Path name) throws IOException, InterruptedException {
    Path pipe;
    synchronized (this) {
      if (spare.isEmpty()) {
        supply();
      }
      pipe = spare.remove();
    }
    Files.move(pipe, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void supply() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mkfifo", "-m", "600", "--"));
    List<Path> names = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      Path name = folder.resolve("spare-" + made++ + ".fifo");
      Files.deleteIfExists(name);
      names.add(name);
      command.add(name.toString());
    }
    Process mkfifo = new ProcessBuilder(command).start();
    if (!mkfifo.waitFor(10, TimeUnit.SECONDS) || mkfifo.exitValue() != 0) {
      throw new IOException("mkfifo failed");
    }
    spare.addAll(names);
  }
}
