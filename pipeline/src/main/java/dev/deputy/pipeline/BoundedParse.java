package dev.deputy.pipeline;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reading a file's text within limits: on a thread with a stack that fits the allowed depth, and
 * for so long only.
 *
 * @param <T> what becomes of a file
 * @param read reads a text that is not too long and not too deep
 * @param refused what becomes of a file for which there is a problem
 */
record BoundedParse<T>(
    ParseLimits limits, BiFunction<Source, Findings, T> read, Function<Problem, T> refused) {
  /** Groovy's parser recurses; the file's allowed depth has to fit into this stack. */
  private static final long STACK = 64L << 20;

  T parse(String file, String source) {
    if (source.length() > limits.characters()) {
      return refused(
          Source.of(file, ""), "the file is longer than " + limits.characters() + " characters");
    }
    Source text = Source.of(file, source);
    BracketScan brackets = BracketScan.of(text.text(), limits.depth());
    if (brackets.tooDeep().isPresent()) {
      BracketScan.Opened deep = brackets.tooDeep().get();
      return tooDeep(text, text.at(deep.line(), deep.column()));
    }
    AtomicReference<@Nullable T> result = new AtomicReference<>();
    Thread parser =
        Thread.ofPlatform()
            .name("parse " + file)
            .daemon()
            .stackSize(STACK)
            .start(() -> result.set(parse(text)));
    try {
      parser.join(limits.time());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return refused(text, "parsing was interrupted");
    }
    T parsed = result.get();
    return parsed != null
        ? parsed
        : refused(text, "parsing took longer than " + limits.time().toSeconds() + " seconds");
  }

  private T parse(Source source) {
    try {
      return read.apply(source, new Findings(source));
    } catch (Translation.TooDeep deep) {
      return tooDeep(source, deep.at());
    } catch (StackOverflowError _) {
      return tooDeep(source, source.at(1, 1));
    }
  }

  private T refused(Source source, String message) {
    return refused.apply(source.problem(source.at(1, 1), message, "split the pipeline up"));
  }

  private T tooDeep(Source source, Position at) {
    return refused.apply(
        source.problem(
            at,
            "this is nested more than " + limits.depth() + " levels deep",
            "move parts of it into methods"));
  }
}
