package dev.deputy.builds;

import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records of values, separated by commas, with values in double quotes where that is needed: RFC
 * 4180. Empty lines are no records.
 */
final class CsvData {
  private final String step;
  private final String text;
  private final List<List<String>> records = new ArrayList<>();
  private List<String> values = new ArrayList<>();
  private int line = 1;

  private CsvData(String step, String text) {
    this.step = step;
    this.text = text;
  }

  /**
   * Reads records.
   *
   * @throws StepFailed where a quoted value does not end, or goes on after its end
   */
  static List<List<String>> read(String step, String text) {
    var csv = new CsvData(step, text);
    int at = 0;
    while (at < text.length()) {
      at = csv.value(at);
    }
    if (text.endsWith(",")) {
      csv.values.add("");
    }
    csv.end();
    return csv.records;
  }

  /** Reads the value that begins here, and what separates it from the next one. */
  private int value(int from) {
    boolean quoted = text.charAt(from) == '"';
    int end = quoted ? quoted(from + 1) : plain(from);
    if (end == text.length()) {
      return end;
    }
    char separator = text.charAt(end);
    if (separator != ',') {
      end();
      line++;
      return text.startsWith("\r\n", end) ? end + 2 : end + 1;
    }
    return end + 1;
  }

  private int plain(int from) {
    int end = from;
    while (end < text.length() && !separates(text.charAt(end))) {
      end++;
    }
    boolean emptyLine = values.isEmpty() && end == from && !text.startsWith(",", end);
    if (!emptyLine) {
      values.add(text.substring(from, end));
    }
    return end;
  }

  private int quoted(int from) {
    var value = new StringBuilder();
    int at = from;
    while (true) {
      int quote = text.indexOf('"', at);
      if (quote < 0) {
        throw new StepFailed(step + ": line " + line + ": a quoted value does not end");
      }
      value.append(text, at, quote);
      if (!text.startsWith("\"", quote + 1)) {
        at = quote + 1;
        break;
      }
      value.append('"');
      at = quote + 2;
    }
    if (at < text.length() && !separates(text.charAt(at))) {
      throw new StepFailed(step + ": line " + line + ": a quoted value goes on after its end");
    }
    line += (int) value.chars().filter(c -> c == '\n').count();
    values.add(value.toString());
    return at;
  }

  private static boolean separates(char c) {
    return c == ',' || c == '\n' || c == '\r';
  }

  private void end() {
    if (!values.isEmpty()) {
      records.add(values);
      values = new ArrayList<>();
    }
  }

  /**
   * Writes records, each with a line end as the RFC has it.
   *
   * @param records lists of values; a value alone is a record of one
   */
  static String write(List<? extends @Nullable Object> records) {
    return records.stream()
        .map(record -> record instanceof List<?> values ? values : Arrays.asList(record))
        .map(values -> values.stream().map(CsvData::quoted).collect(Collectors.joining(",")))
        .map(record -> (record.isEmpty() ? "\"\"" : record) + "\r\n")
        .collect(Collectors.joining());
  }

  private static String quoted(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    boolean plain =
        text.chars().noneMatch(c -> c == '"' || separates((char) c)) && text.equals(text.strip());
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
