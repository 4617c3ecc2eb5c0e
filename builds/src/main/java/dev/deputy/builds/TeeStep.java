package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code tee}: appends what the steps of a block print to a file of the agent, when the block ends.
 * It is taken from the log, so that it is whole after a restart, and secrets are hidden in it.
 */
final class TeeStep implements Step {
  private static final byte[] ANNOTATION = "[Pipeline] ".getBytes(StandardCharsets.UTF_8);

  private static final String APPEND =
      """
      mkdir -p -- "$(dirname -- "$DEPUTY_FILE")" && cat -- "$DEPUTY_HEARD" >> "$DEPUTY_FILE"
      status=$?
      rm -f -- "$DEPUTY_HEARD"
      exit "$status"
      """;

  @Override
  public StepSignature signature() {
    return Signatures.block("tee").value("file", Kind.STRING).onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("file");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    Set<Integer> steps = new HashSet<>();
    Object value;
    try {
      value = step.body(step.block().within(step.block().inside().with(steps::add)));
    } catch (RuntimeException e) {
      step.cleanUp(() -> append(step, steps));
      throw e;
    }
    append(step, steps);
    return value;
  }

  private static void append(StepContext step, Set<Integer> steps) {
    String folder = Temporary.of(step);
    String name = "tee-" + step.number();
    Path kept = step.build().stores().folder(step.build().id());
    step.doOnAgent(agent -> {
      Path heard = Files.createTempFile(kept, name, ".part");
      try {
        try (var out = new BufferedOutputStream(Files.newOutputStream(heard))) {
          copy(step.build().stores(), step.build().id(), steps, out);
        }
        agent.deliver(step.number(), folder, out -> Packages.single(heard, name, out));
      } finally {
        Files.deleteIfExists(heard);
      }
    });
    var variables =
        Map.of(
            "DEPUTY_FILE",
            step.workplace().absolute(step.path(step.text("file"))),
            "DEPUTY_HEARD",
            folder + "/" + name);
    int status = AgentScript.only(APPEND, variables).run(step).status();
    if (status != 0) {
      throw new StepFailed("tee: " + step.text("file") + " could not be written");
    }
  }

  /** Copies what steps printed, without the lines that mark the pipeline's course. */
  private static void copy(BuildStores stores, BuildId build, Set<Integer> steps, OutputStream to)
      throws IOException {
    try (InputStream log = new BufferedInputStream(stores.logs().read(build, 0))) {
      long at = 0;
      for (LogIndex.Piece piece : LogIndex.pieces(stores.folder(build), steps)) {
        log.skipNBytes(piece.start() - at);
        byte[] printed = log.readNBytes(Math.toIntExact(piece.end() - piece.start()));
        if (!piece.pipeline() || !isAnnotation(printed)) {
          to.write(printed);
        }
        at = piece.end();
      }
    }
  }

  private static boolean isAnnotation(byte[] lines) {
    return lines.length >= ANNOTATION.length
        && Arrays.equals(lines, 0, ANNOTATION.length, ANNOTATION, 0, ANNOTATION.length);
  }
}
