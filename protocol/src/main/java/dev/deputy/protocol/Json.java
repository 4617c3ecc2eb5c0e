package dev.deputy.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON as plain values: String, Long, Double, Boolean, {@link Null}, List and Map. Small and quick
 * to start, for both ends of the protocol.
 */
public final class Json {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Json() {}

  /** The value {@code null}. */
  enum Null {
    NULL
  }

  /**
   * Reads a text that is one object.
   *
   * @return the members in their order; the map may be changed
   * @throws ProtocolException for anything else, saying at which character
   */
  public static Map<String, Object> object(String text) {
    return new JsonParser(text).parse();
  }

  /** The member of this name where it is a string. */
  public static Optional<String> string(Map<String, Object> object, String name) {
    return object.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Writes an object; its values are of the types above. */
  public static String text(Map<String, Object> object) {
    StringBuilder out = new StringBuilder(256);
    write(object, out);
    return out.toString();
  }

  /** Writes a value of the types above. */
  private static void write(Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> members) {
      writeObject(members, out);
    } else if (value instanceof List<?> elements) {
      char separator = '[';
      for (Object element : elements) {
        write(element, out.append(separator));
        separator = ',';
      }
      out.append(elements.isEmpty() ? "[]" : "]");
    } else if (value instanceof String text) {
      quote(text, out);
    } else {
      out.append(value == Null.NULL ? "null" : value);
    }
  }

  private static void writeObject(Map<?, ?> members, StringBuilder out) {
    char separator = '{';
    for (Map.Entry<?, ?> member : members.entrySet()) {
      quote((String) member.getKey(), out.append(separator));
      write(member.getValue(), out.append(':'));
      separator = ',';
    }
    out.append(members.isEmpty() ? "{}" : "}");
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
