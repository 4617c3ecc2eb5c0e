package dev.deputy.cli;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A terminal as a person sees it: carries out the sequences that Deputy uses and fails on any other
 * one.
 */
final class Screen {
  private static final Pattern SEQUENCE =
      Pattern.compile("\\u001B\\[(?:(?<up>[0-9]+)A|(?<erase>J)|(?<line>K)|(?<style>[0-9;]*m))");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  /** A terminal that shows colours and symbols, with somebody at it who types this. */
  Terminal typing(String input) {
    return new Terminal(
        out, Optional.of(new BufferedReader(new StringReader(input))), new Style(true, true), 80);
  }

  /** A terminal that shows colours and symbols. */
  Terminal live() {
    return new Terminal(out, Optional.empty(), new Style(true, true), 80);
  }

  /** No terminal: a file, or the log of another system. */
  Terminal plain() {
    return new Terminal(out, Optional.empty(), new Style(false, false), 80);
  }

  /** All that was printed. */
  String raw() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** What stands there in the end, without styles and trailing blanks. */
  String text() {
    List<StringBuilder> lines = new ArrayList<>();
    int row = 0;
    int column = 0;
    String raw = raw();
    Matcher sequence = SEQUENCE.matcher(raw);
    for (int i = 0; i < raw.length(); i++) {
      while (lines.size() <= row) {
        lines.add(new StringBuilder());
      }
      char c = raw.charAt(i);
      if (c == '\n') {
        row++;
        column = 0;
      } else if (c == '\r') {
        column = 0;
      } else if (c == '\u001B') {
        if (!sequence.region(i, raw.length()).lookingAt()) {
          throw new AssertionError("a sequence of its own at " + i + ": " + raw.substring(i));
        }
        i = sequence.end() - 1;
        if (sequence.group("up") != null) {
          row -= Integer.parseInt(sequence.group("up"));
        } else if (sequence.group("erase") != null) {
          lines.subList(row, lines.size()).clear();
        } else if (sequence.group("line") != null) {
          lines.get(row).setLength(column);
        }
      } else {
        StringBuilder line = lines.get(row);
        line.replace(column, Math.min(column + 1, line.length()), String.valueOf(c));
        column++;
      }
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.toString().stripTrailing()).append('\n'));
    return text.toString().stripTrailing() + "\n";
  }
}
