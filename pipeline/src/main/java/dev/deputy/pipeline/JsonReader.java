package dev.deputy.pipeline;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as values of pipeline code: whole numbers are Integer or Long, others BigDecimal. */
final class JsonReader {
  private static final int MAX_NESTING = 200;
  private static final int LONGEST_NUMBER = 1_000;

  private final String text;
  private final Budget budget;
  private int at;

  JsonReader(String text, Budget budget) {
    this.text = text;
    this.budget = budget;
  }

  /**
   * The one value that the text is.
   *
   * @throws ScriptError if it is not JSON
   */
  @Nullable Object read() {
    budget.operations(text.length() >> 4);
    @Nullable Object value = value(0);
    space();
    if (at < text.length()) {
      throw wrong("the end");
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    if (depth > MAX_NESTING) {
      throw new BudgetExceeded("the pipeline read JSON that is nested too deeply");
    }
    space();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<@Nullable Object, @Nullable Object> object(int depth) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    at++;
    space();
    while (peek() != '}') {
      if (!map.isEmpty()) {
        expect(',');
        space();
      }
      String key = string();
      space();
      expect(':');
      map.put(key, value(depth + 1));
      budget.elements(map.size(), 2);
      space();
    }
    at++;
    return map;
  }

  private List<@Nullable Object> array(int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    at++;
    space();
    while (peek() != ']') {
      if (!list.isEmpty()) {
        expect(',');
      }
      list.add(value(depth + 1));
      budget.elements(list.size(), 1);
      space();
    }
    at++;
    return list;
  }

  private String string() {
    expect('"');
    StringBuilder string = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      string.append(c == '\\' ? escaped() : c);
    }
    at++;
    budget.string(string.length());
    return string.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an escape");
    };
  }

  private char unicode() {
    String digits = text.substring(at, Math.min(at + 4, text.length()));
    if (!digits.matches("[0-9a-fA-F]{4}")) {
      throw wrong("four hexadecimal digits");
    }
    at += 4;
    return (char) Integer.parseInt(digits, 16);
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong("a value");
    }
    at += word.length();
    return value;
  }

  private Number number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    if (!digits.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?")
        || digits.length() > LONGEST_NUMBER) {
      at = start;
      throw wrong("a value");
    }
    BigDecimal number = new BigDecimal(digits);
    if (digits.matches("-?\\d{1,18}")) {
      long whole = number.longValueExact();
      return (int) whole == whole ? (Number) (int) whole : (Number) whole;
    }
    return number;
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("more");
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw wrong("'" + c + "'");
    }
    at++;
  }

  private ScriptError wrong(String expected) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end of the text";
    return ScriptError.of(
        Type.JSON,
        "this is not JSON: expected %s, found %s at character %d"
            .formatted(expected, found, at + 1));
  }
}
