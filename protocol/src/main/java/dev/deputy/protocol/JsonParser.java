package dev.deputy.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A strict parser for one JSON text (RFC 8259): no duplicate names, bounded depth. */
final class JsonParser {
  private static final int MAX_DEPTH = 16;

  private final String text;
  private int at;

  JsonParser(String text) {
    this.text = text;
  }

  /**
   * Reads the text as one object; see {@link Json#object}.
   *
   * @throws ProtocolException where it is not exactly that, saying at which character
   */
  Map<String, Object> parse() {
    skipSpace();
    if (peek() != '{') {
      throw error("expected an object");
    }
    Map<String, Object> object = object(1);
    skipSpace();
    if (at < text.length()) {
      throw error("text after the object");
    }
    return object;
  }

  private Object value(int depth) {
    if (depth > MAX_DEPTH) {
      throw error("nested too deeply");
    }
    skipSpace();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", Json.Null.NULL);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    expect('{');
    skipSpace();
    if (accept('}')) {
      return members;
    }
    do {
      skipSpace();
      String name = string();
      skipSpace();
      expect(':');
      if (members.put(name, value(depth + 1)) != null) {
        throw error("duplicate name");
      }
      skipSpace();
    } while (accept(','));
    expect('}');
    return members;
  }

  private List<Object> array(int depth) {
    List<Object> elements = new ArrayList<>();
    expect('[');
    skipSpace();
    if (accept(']')) {
      return elements;
    }
    do {
      elements.add(value(depth + 1));
      skipSpace();
    } while (accept(','));
    expect(']');
    return elements;
  }

  private String string() {
    expect('"');
    int start = at;
    while (at < text.length() && isPlain(text.charAt(at))) {
      at++;
    }
    if (accept('"')) {
      return text.substring(start, at - 1);
    }
    StringBuilder value = new StringBuilder().append(text, start, at);
    while (!accept('"')) {
      char c = next();
      if (c == '\\') {
        value.append(escape());
      } else if (c < ' ') {
        throw error("control character in a string");
      } else {
        value.append(c);
      }
    }
    requirePairs(value);
    return value.toString();
  }

  private static boolean isPlain(char c) {
    return c != '"' && c != '\\' && c >= ' ' && !Character.isSurrogate(c);
  }

  private char escape() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw error("unknown escape");
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = next();
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw error("expected four hexadecimal digits");
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private void requirePairs(CharSequence value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw error("half of a surrogate pair in a string");
      }
    }
  }

  private Object number() {
    int start = at;
    accept('-');
    boolean zero = peek() == '0';
    int digits = digits();
    boolean good = digits > 0 && (!zero || digits == 1);
    boolean whole = true;
    if (accept('.')) {
      whole = false;
      good &= digits() > 0;
    }
    if (accept('e') || accept('E')) {
      whole = false;
      if (!accept('+')) {
        accept('-');
      }
      good &= digits() > 0;
    }
    if (!good) {
      throw error("expected a value");
    }
    String number = text.substring(start, at);
    try {
      return whole ? (Object) Long.valueOf(number) : (Object) Double.valueOf(number);
    } catch (NumberFormatException e) {
      throw error("number too large");
    }
  }

  private int digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return at - start;
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw error("expected a value");
    }
    at += word.length();
    return value;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private char next() {
    if (at == text.length()) {
      throw error("ends too early");
    }
    return text.charAt(at++);
  }

  private boolean accept(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    if (there) {
      at++;
    }
    return there;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw error("expected '" + c + "'");
    }
  }

  private ProtocolException error(String what) {
    return new ProtocolException("JSON: " + what + " at character " + at);
  }
}
