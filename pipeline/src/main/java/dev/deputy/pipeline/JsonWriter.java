package dev.deputy.pipeline;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as JSON. */
final class JsonWriter {
  private static final int MAX_NESTING = 100;
  private static final String INDENT = "    ";

  private final Interpreter run;
  private final boolean pretty;

  /** The last character that stands for itself. */
  private final char last;

  private final StringBuilder json = new StringBuilder();

  private JsonWriter(Interpreter run, boolean pretty, char last) {
    this.run = run;
    this.pretty = pretty;
    this.last = last;
  }

  /** As Groovy's {@code JsonOutput} writes: in ASCII. */
  JsonWriter(Interpreter run, boolean pretty) {
    this(run, pretty, '~');
  }

  /** On one line, for people. */
  static JsonWriter readable(Interpreter run) {
    return new JsonWriter(run, false, Character.MAX_VALUE);
  }

  String write(@Nullable Object value) {
    write(value, 0);
    return json.toString();
  }

  private void write(@Nullable Object value, int depth) {
    run.budget().operation();
    if (depth > MAX_NESTING) {
      throw new BudgetExceeded("the pipeline wrote a value as JSON that is nested too deeply");
    }
    switch (value) {
      case null -> append("null");
      case Number _, Boolean _ -> append(value.toString());
      case List<?> list -> writeAll(list.iterator(), '[', ']', depth);
      case Map<?, ?> map -> writeAll(map.entrySet().iterator(), '{', '}', depth);
      case EntryValue entry ->
          writeAll(
              Map.of(key(entry.key()), String.valueOf(entry.value())).entrySet().iterator(),
              (char) 123,
              (char) 125,
              depth);
      case ObjectValue object when object.constant() == null ->
          writeAll(object.fields().entrySet().iterator(), '{', '}', depth);
      default -> quote(run.values().text(value));
    }
  }

  private String key(@Nullable Object key) {
    return run.values().text(key);
  }

  private void writeAll(Iterator<?> items, char open, char close, int depth) {
    json.append(open);
    String separator = "";
    boolean any = items.hasNext();
    while (items.hasNext()) {
      append(separator);
      separator = ",";
      line(depth + 1);
      Object item = items.next();
      if (item instanceof Map.Entry<?, ?> entry) {
        quote(key(entry.getKey()));
        append(pretty ? ": " : ":");
        write(entry.getValue(), depth + 1);
      } else {
        write(item, depth + 1);
      }
    }
    if (!any) {
      line(depth + 1);
    }
    line(depth);
    json.append(close);
  }

  private void line(int depth) {
    if (pretty) {
      append("\n" + INDENT.repeat(depth));
    }
  }

  private void append(String text) {
    run.budget().append(json, text);
  }

  private void quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\b' -> quoted.append("\\b");
        case '\f' -> quoted.append("\\f");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ' || c > last) {
            quoted.append("\\u%04x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    append(quoted.append('"').toString());
  }
}
