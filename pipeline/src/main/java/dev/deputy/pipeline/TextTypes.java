package dev.deputy.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts that grow, and encodings of texts. Bytes are lists of numbers. */
final class TextTypes {
  private TextTypes() {}

  static void addTo(KnownTypes types) {
    types.statics(Type.TEXT_BUILDER).add("new", 0, 1, TextTypes::builder);
    types
        .methods(Type.TEXT_BUILDER)
        .add("append", 1, TextTypes::append)
        .add("leftShift", 1, TextTypes::append)
        .add("length", 0, (b, _) -> of(b).length())
        .add("size", 0, (b, _) -> of(b).length())
        .add("isEmpty", 0, (b, _) -> of(b).isEmpty())
        .add("insert", 2, TextTypes::insert)
        .add("setLength", 1, TextTypes::setLength)
        .add("deleteCharAt", 1, (b, a) -> delete(b, a.integer(0), a.integer(0) + 1))
        .add("delete", 2, (b, a) -> delete(b, a.integer(0), a.integer(1)))
        .add("reverse", 0, (b, _) -> same(b, of(b).reverse()));
    types
        .statics(Type.BASE64)
        .add("getEncoder", 0, (t, _) -> new KnownValue(t, "encoder"))
        .add("getDecoder", 0, (t, _) -> new KnownValue(t, "decoder"))
        .add("getUrlEncoder", 0, (t, _) -> new KnownValue(t, "url"));
    types
        .methods(Type.BASE64)
        .add("encodeToString", 1, (e, a) -> encoder(e).encodeToString(bytes(a.get(0), a)))
        .add("encode", 1, (e, a) -> list(encoder(e).encode(bytes(a.get(0), a)), a))
        .add("decode", 1, (_, a) -> decoded(a));
    types.statics(Type.URL_ENCODER).add("encode", 1, 2, (_, a) -> urlEncoded(a));
  }

  @SuppressWarnings("UnnecessaryStringBuilder") // it is what pipeline code asked for
  private static Object builder(Type type, Arguments arguments) {
    boolean text = arguments.count() == 1 && !(arguments.get(0) instanceof Number);
    return new KnownValue(
        type,
        text ? new StringBuilder(arguments.values().text(arguments.get(0))) : new StringBuilder());
  }

  private static StringBuilder of(KnownValue builder) {
    return (StringBuilder) builder.content();
  }

  private static Object append(KnownValue builder, Arguments arguments) {
    arguments.budget().append(of(builder), arguments.values().text(arguments.get(0)));
    return builder;
  }

  private static Object insert(KnownValue builder, Arguments arguments) {
    String text = arguments.values().text(arguments.get(1));
    arguments.budget().string((long) of(builder).length() + text.length());
    int at = arguments.integer(0);
    check(builder, at, at);
    of(builder).insert(at, text);
    return builder;
  }

  private static @Nullable Object setLength(KnownValue builder, Arguments arguments) {
    int length = arguments.integer(0);
    check(builder, 0, length);
    of(builder).setLength(length);
    return null;
  }

  private static Object delete(KnownValue builder, int from, int to) {
    check(builder, from, Math.min(to, of(builder).length()));
    of(builder).delete(from, to);
    return builder;
  }

  private static void check(KnownValue builder, int from, int to) {
    if (from < 0 || to < from || to > of(builder).length()) {
      throw ScriptError.of(
          Type.TEXT_OUT_OF_BOUNDS, "index " + from + ", length " + of(builder).length());
    }
  }

  @SuppressWarnings("UnusedVariable") // done for its effect
  private static Object same(KnownValue builder, StringBuilder done) {
    return builder;
  }

  private static Base64.Encoder encoder(KnownValue which) {
    return which.content().equals("url") ? Base64.getUrlEncoder() : Base64.getEncoder();
  }

  private static Object decoded(Arguments arguments) {
    String text =
        arguments.get(0) instanceof String given
            ? given
            : new String(bytes(arguments.get(0), arguments), StandardCharsets.US_ASCII);
    return list(decode(text), arguments);
  }

  static String base64(List<?> bytes, Arguments arguments) {
    String text = Base64.getEncoder().encodeToString(bytes(bytes, arguments));
    arguments.budget().string(text.length());
    return text;
  }

  static byte[] decode(String text) {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException broken) {
      throw ScriptError.of(Type.ILLEGAL_ARGUMENT, String.valueOf(broken.getMessage()));
    }
  }

  /** The bytes of a text or of a list of numbers. */
  static byte[] bytes(@Nullable Object value, Arguments arguments) {
    if (!(value instanceof List<?> list)) {
      return arguments.values().text(value).getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[list.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = list.get(i) instanceof Number number ? number.byteValue() : 0;
    }
    return bytes;
  }

  static List<@Nullable Object> list(byte[] bytes, Arguments arguments) {
    arguments.budget().elements(bytes.length, bytes.length);
    List<@Nullable Object> list = new ArrayList<>(bytes.length);
    for (byte each : bytes) {
      list.add((int) each);
    }
    return list;
  }

  /** As forms are encoded: letters, digits and {@code .-*_} stay, a space is a plus. */
  private static String urlEncoded(Arguments arguments) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : bytes(arguments.text(0), arguments)) {
      char c = (char) (each & 0xFF);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || ".-*_".indexOf(c) >= 0);
      encoded.append(plain ? String.valueOf(c) : c == ' ' ? "+" : "%%%02X".formatted((int) c));
    }
    arguments.budget().string(encoded.length());
    return encoded.toString();
  }
}
