package dev.deputy.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where pipeline code may differ from Groovy, and why: {@code allowed.txt}. A line is
 *
 * <ul>
 *   <li>{@code message TYPE | reason}: errors of this type may say something else;
 *   <li>{@code type THERE = HERE | reason}: Groovy's error type and what it is here;
 *   <li>{@code text gstring | reason}: a text with values in it is one like any other;
 *   <li>{@code snippet TOPIC/TITLE | reason}: this program differs, and has to.
 * </ul>
 */
final class AllowedDifferences {
  private final Map<String, String> messages = new TreeMap<>();
  private final Map<String, String> types = new TreeMap<>();
  private final Map<String, String> snippets = new LinkedHashMap<>();
  private boolean textsAreTexts;

  static AllowedDifferences read() {
    AllowedDifferences allowed = new AllowedDifferences();
    try {
      Files.readAllLines(Snippets.FOLDER.resolve("allowed.txt")).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(allowed::add);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return allowed;
  }

  private void add(String line) {
    String[] ruleAndReason = line.split(" \\| ", 2);
    if (ruleAndReason.length != 2 || ruleAndReason[1].isBlank()) {
      throw new IllegalStateException("allowed.txt: a difference without a reason: " + line);
    }
    String[] kindAndWhat = ruleAndReason[0].strip().split(" ", 2);
    String what = kindAndWhat[1].strip();
    switch (kindAndWhat[0]) {
      case "message" -> messages.put(what, ruleAndReason[1]);
      case "type" -> types.put(what.split(" = ")[0], what.split(" = ")[1]);
      case "text" -> textsAreTexts = true;
      case "snippet" -> snippets.put(what, ruleAndReason[1]);
      default -> throw new IllegalStateException("allowed.txt: " + line);
    }
  }

  /** Titles of snippets that differ. */
  Map<String, String> snippets() {
    return snippets;
  }

  /** {@link #same}, also where a text with values in it is of a type of its own. */
  boolean alike(Observed there, Observed here) {
    return same(
        textsAreTexts && there.value() != null
            ? new Observed(
                there.value().replace('"', '\''), there.output(), there.error(), there.message())
            : there,
        here);
  }

  boolean same(Observed there, Observed here) {
    String type = there.error() == null ? null : types.getOrDefault(there.error(), there.error());
    return Objects.equals(there.value(), here.value())
        && there.output().equals(here.output())
        && Objects.equals(type, here.error())
        && (isOwnMessage(type) || Objects.equals(there.message(), here.message()));
  }

  private boolean isOwnMessage(@Nullable String type) {
    return type != null && messages.containsKey(type);
  }
}
