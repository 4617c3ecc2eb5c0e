package dev.deputy.builds;

import dev.deputy.pipeline.PipelineException.StepFailed;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text that a step which reads or writes data is about. */
final class DataText {
  private DataText() {}

  /** What {@code file} holds, or {@code text} says; one of them is to be there. */
  static String given(StepContext step) {
    Optional<String> file = step.filledText("file");
    Optional<String> text = step.optionalText("text");
    if (file.isPresent() == text.filter(t -> !t.isEmpty()).isPresent()) {
      throw new StepFailed(
          "Need to specify either file or text to "
              + step.name()
              + (file.isPresent() ? ", can't do both." : "."));
    }
    return file.map(path -> read(step, path)).orElseGet(() -> text.orElse(""));
  }

  /** A file of the workspace, in UTF-8. */
  static String read(StepContext step, String file) {
    return find(step, file)
        .orElseThrow(() -> new StepFailed(step.name() + ": no such file: " + file));
  }

  /** A file of the workspace, in UTF-8; empty where there is none. */
  static Optional<String> find(StepContext step, String file) {
    return step.readFile(step.path(file))
        .map(found -> withoutMark(new String(found.content(), StandardCharsets.UTF_8)));
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  static void write(StepContext step, String file, String text) {
    String path = step.path(file);
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    step.doOnAgent(agent -> agent.writeFile(step.number(), path, content));
  }

  /** Gives the text back with {@code returnText}, or writes it to {@code file}. */
  static @Nullable Object deliver(StepContext step, String text) {
    boolean back = step.flag("returnText", false);
    Optional<String> file = step.filledText("file");
    if (back == file.isPresent()) {
      throw new StepFailed(
          step.name() + (back ? ": cannot provide both returnText and file" : " needs 'file'"));
    }
    if (back) {
      return text;
    }
    write(step, file.orElseThrow(), text);
    return null;
  }
}
