package dev.deputy.agent;

import dev.deputy.protocol.AgentMessage.Exit;
import dev.deputy.protocol.Codec;
import dev.deputy.protocol.StepId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What was attempted and how it ended, on disk, so that a step runs at most once even if the agent
 * program is started again in the same task.
 */
final class Attempts {
  private final Path folder;
  private final Fifos fifos;

  Attempts(Path folder) {
    this.folder = folder;
    this.fifos = new Fifos(folder);
  }

  /** Records the attempt; false where there is one, now or from an agent before. */
  boolean begin(StepId step) throws IOException {
    try {
      Files.createFile(file(step, "attempt"));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Records how the step ended. */
  void end(Exit exit) throws IOException {
    Path fresh = file(exit.step(), "exit-new");
    Files.writeString(fresh, Codec.encode(exit));
    Files.move(fresh, file(exit.step(), "exit"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** How an attempted step ended; empty where that is not known. */
  Optional<Exit> ended(StepId step) throws IOException {
    try {
      String text = Files.readString(file(step, "exit"));
      return Codec.agentMessage(text) instanceof Exit exit ? Optional.of(exit) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  Path spool(StepId step) {
    return file(step, "out");
  }

  /** A named pipe of the step, made anew. */
  Path pipe(StepId step, String name) throws IOException, InterruptedException {
    Path pipe = file(step, name);
    fifos.put(pipe);
    return pipe;
  }

  private Path file(StepId step, String kind) {
    return folder.resolve(step.value() + '.' + kind);
  }
}
