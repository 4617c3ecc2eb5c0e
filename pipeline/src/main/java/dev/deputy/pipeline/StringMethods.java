package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The methods of strings. */
final class StringMethods {
  private static final int MAX = Integer.MAX_VALUE;

  private StringMethods() {}

  static MethodTable<String> table() {
    MethodTable<String> table = new MethodTable<>("String");
    queries(table);
    changes(table);
    parts(table);
    conversions(table);
    TextShapes.addTo(table);
    return table;
  }

  private static void queries(MethodTable<String> table) {
    table
        .add("length", 0, (s, _) -> s.length())
        .add("size", 0, (s, _) -> s.length())
        .add("getBytes", 0, 1, (s, a) -> TextTypes.list(TextTypes.bytes(s, a), a))
        .add("decodeBase64", 0, (s, a) -> TextTypes.list(TextTypes.decode(s), a))
        .add("isEmpty", 0, (s, _) -> s.isEmpty())
        .add("isBlank", 0, (s, _) -> s.isBlank())
        .add("isAllWhitespace", 0, (s, _) -> s.isBlank())
        .add("contains", 1, (s, a) -> s.contains(a.text(0)))
        .add(
            "startsWith", 1, 2, (s, a) -> s.startsWith(a.text(0), a.count() > 1 ? a.integer(1) : 0))
        .add("endsWith", 1, (s, a) -> s.endsWith(a.text(0)))
        .add("indexOf", 1, 2, (s, a) -> s.indexOf(a.text(0), a.count() > 1 ? a.integer(1) : 0))
        .add(
            "lastIndexOf",
            1,
            2,
            (s, a) -> s.lastIndexOf(a.text(0), a.count() > 1 ? a.integer(1) : s.length()))
        .add("equalsIgnoreCase", 1, (s, a) -> a.get(0) instanceof String o && s.equalsIgnoreCase(o))
        .add("compareTo", 1, (s, a) -> s.compareTo(a.text(0)))
        .add("matches", 1, (s, a) -> Regex.matches(matcher(s, a)))
        .add("count", 1, (s, a) -> count(s, a.text(0)))
        .add("isNumber", 0, (s, _) -> isNumber(s, Type.DECIMAL))
        .add("isInteger", 0, (s, _) -> isNumber(s, Type.INTEGER))
        .add("isLong", 0, (s, _) -> isNumber(s, Type.LONG))
        .add("isBigDecimal", 0, (s, _) -> isNumber(s, Type.DECIMAL))
        .add("isBigInteger", 0, (s, _) -> isNumber(s, Type.BIG))
        .add("isDouble", 0, (s, _) -> isNumber(s, Type.DOUBLE))
        .add("isFloat", 0, (s, _) -> isNumber(s, Type.FLOAT))
        .add("charAt", 1, (s, a) -> Slices.of(s, a.integer(0), a.budget()))
        .add("getAt", 1, (s, a) -> Slices.of(s, a.get(0), a.budget()));
  }

  private static void changes(MethodTable<String> table) {
    table
        .add("trim", 0, (s, a) -> made(s.trim(), a))
        .add("strip", 0, (s, a) -> made(s.strip(), a))
        .add("toLowerCase", 0, (s, a) -> made(s.toLowerCase(Locale.ROOT), a))
        .add("toUpperCase", 0, (s, a) -> made(s.toUpperCase(Locale.ROOT), a))
        .add("capitalize", 0, (s, a) -> capitalized(s, a, true))
        .add("uncapitalize", 0, (s, a) -> capitalized(s, a, false))
        .add("reverse", 0, (s, a) -> made(new StringBuilder(s).reverse().toString(), a))
        .add(
            "concat",
            1,
            (s, a) -> a.run().operators().apply(Expression.Operator.PLUS, s, a.text(0)))
        .add("plus", 1, (s, a) -> a.run().operators().apply(Expression.Operator.PLUS, s, a.get(0)))
        .add(
            "minus", 1, (s, a) -> a.run().operators().apply(Expression.Operator.MINUS, s, a.get(0)))
        .add(
            "multiply",
            1,
            (s, a) -> a.run().operators().apply(Expression.Operator.MULTIPLY, s, a.get(0)))
        .add(
            "repeat",
            1,
            (s, a) -> a.run().operators().apply(Expression.Operator.MULTIPLY, s, a.get(0)))
        .add("replace", 1, 2, (s, a) -> Replacement.literal(s, a))
        .add("replaceAll", 2, (s, a) -> Replacement.all(s, a, MAX))
        .add("replaceFirst", 2, (s, a) -> Replacement.all(s, a, 1))
        .add("padLeft", 1, 2, (s, a) -> padding(s, a) + s)
        .add("padRight", 1, 2, (s, a) -> s + padding(s, a))
        .add("center", 1, 2, StringMethods::centered)
        .add("stripMargin", 0, 1, StringMethods::stripMargin)
        .add("normalize", 0, (s, a) -> made(s.replace("\r\n", "\n").replace('\r', '\n'), a));
  }

  private static void parts(MethodTable<String> table) {
    table
        .add("substring", 1, 2, StringMethods::substring)
        .add("take", 1, (s, a) -> made(s.substring(0, within(s, a.integer(0))), a))
        .add("drop", 1, (s, a) -> made(s.substring(within(s, a.integer(0))), a))
        .add("takeRight", 1, (s, a) -> made(s.substring(s.length() - within(s, a.integer(0))), a))
        .add("split", 0, 2, StringMethods::split)
        .add("tokenize", 0, 1, (s, a) -> tokenize(s, a))
        .add("readLines", 0, (s, a) -> list(s.lines().toList(), a))
        .add("toList", 0, (s, a) -> new ArrayList<>(a.run().members().spreadable(s)))
        .add("each", 1, StringMethods::viaCharacters)
        .add("collect", 1, StringMethods::viaCharacters)
        .add("any", 1, StringMethods::viaCharacters)
        .add("every", 1, StringMethods::viaCharacters)
        .add("eachLine", 1, 2, StringMethods::eachLine)
        .add("find", 1, 2, (s, a) -> find(s, a))
        .add("findAll", 1, 2, (s, a) -> findAll(s, a));
  }

  private static void conversions(MethodTable<String> table) {
    table
        .add("toInteger", 0, (s, _) -> Coercion.parse(s, Type.INTEGER))
        .add("toLong", 0, (s, _) -> Coercion.parse(s, Type.LONG))
        .add("toBigDecimal", 0, (s, _) -> Coercion.parse(s, Type.DECIMAL))
        .add("toBigInteger", 0, (s, _) -> Coercion.parse(s, Type.BIG))
        .add("toDouble", 0, (s, _) -> Coercion.parse(s, Type.DOUBLE))
        .add("toFloat", 0, (s, _) -> Coercion.parse(s, Type.FLOAT))
        .add("toBoolean", 0, (s, _) -> isTrue(s));
  }

  private static boolean isTrue(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    return plain.equals("true") || plain.equals("y") || plain.equals("1");
  }

  private static boolean isNumber(String text, Type type) {
    try {
      Coercion.parse(text, type);
      return true;
    } catch (ScriptError _) {
      return false;
    }
  }

  private static String made(String result, Arguments arguments) {
    arguments.budget().string(result.length());
    return result;
  }

  private static List<@Nullable Object> list(List<String> items, Arguments arguments) {
    arguments.budget().elements(items.size(), items.size());
    return new ArrayList<>(items);
  }

  private static Matcher matcher(String text, Arguments arguments) {
    Pattern pattern = arguments.run().operators().pattern(arguments.get(0));
    return Regex.matcher(pattern, text, arguments.budget());
  }

  private static int count(String text, String part) {
    int count = 0;
    int at = part.isEmpty() ? -1 : text.indexOf(part);
    while (at >= 0) {
      count++;
      at = text.indexOf(part, at + part.length());
    }
    return count;
  }

  private static int within(String text, int count) {
    return Math.clamp(count, 0, text.length());
  }

  private static String capitalized(String text, Arguments arguments, boolean upper) {
    if (text.isEmpty()) {
      return text;
    }
    String first = text.substring(0, 1);
    return made(
        (upper ? first.toUpperCase(Locale.ROOT) : first.toLowerCase(Locale.ROOT))
            + text.substring(1),
        arguments);
  }

  private static String substring(String text, Arguments arguments) {
    int from = arguments.integer(0);
    int to = arguments.count() > 1 ? arguments.integer(1) : text.length();
    if (from < 0 || to > text.length() || from > to) {
      throw ScriptError.of(
          Type.TEXT_OUT_OF_BOUNDS,
          "Range [%d, %d) out of bounds for length %d".formatted(from, to, text.length()));
    }
    return made(text.substring(from, to), arguments);
  }

  private static String padding(String text, Arguments arguments) {
    return filler(Math.max(0, arguments.integer(0) - text.length()), arguments);
  }

  private static String filler(int width, Arguments arguments) {
    String fill = arguments.count() > 1 ? arguments.text(1) : " ";
    if (fill.isEmpty()) {
      throw ScriptError.of(Type.ILLEGAL_ARGUMENT, "the padding is empty");
    }
    arguments.budget().string((long) width + fill.length());
    return fill.repeat(width / fill.length() + 1).substring(0, width);
  }

  private static String centered(String text, Arguments arguments) {
    int width = Math.max(0, arguments.integer(0) - text.length());
    return filler(width / 2, arguments) + text + filler(width - width / 2, arguments);
  }

  private static String stripMargin(String text, Arguments arguments) {
    String margin = arguments.count() > 0 ? arguments.text(0) : "|";
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String stripped = line.stripLeading();
      lines.add(stripped.startsWith(margin) ? stripped.substring(margin.length()) : line);
    }
    return made(String.join("\n", lines), arguments);
  }

  /** By a regular expression as in Java, whose empty last parts are left out. */
  static Object split(String text, Arguments arguments) {
    if (arguments.count() == 0) {
      return tokenize(text, arguments);
    }
    int limit = arguments.count() > 1 ? arguments.integer(1) : 0;
    Matcher matcher = matcher(text, arguments);
    List<String> parts = new ArrayList<>();
    int start = 0;
    while ((limit <= 0 || parts.size() < limit - 1) && Regex.find(matcher)) {
      if (matcher.end() > 0) {
        parts.add(text.substring(start, matcher.start()));
        start = matcher.end();
      }
    }
    boolean none = parts.isEmpty();
    parts.add(text.substring(start));
    while (limit == 0 && !none && !parts.isEmpty() && parts.getLast().isEmpty()) {
      parts.removeLast();
    }
    return list(parts, arguments);
  }

  private static Object tokenize(String text, Arguments arguments) {
    String delimiters = arguments.count() > 0 ? arguments.text(0) : " \t\n\r\f";
    arguments.budget().operations(text.length());
    List<String> tokens = new ArrayList<>();
    StringTokenizer tokenizer = new StringTokenizer(text, delimiters);
    while (tokenizer.hasMoreTokens()) {
      tokens.add(tokenizer.nextToken());
    }
    return list(tokens, arguments);
  }

  private static @Nullable Object viaCharacters(String text, Arguments arguments) {
    List<?> characters = arguments.run().members().spreadable(text);
    return arguments.run().invocations().onList(characters, arguments);
  }

  private static @Nullable Object eachLine(String text, Arguments arguments) {
    Object last = null;
    ClosureValue closure = arguments.closure(arguments.count() - 1);
    int number = arguments.count() > 1 ? arguments.integer(0) : 0;
    for (String line : text.lines().toList()) {
      last =
          closure.arity() == 2
              ? arguments.call(closure, line, number++)
              : arguments.call(closure, line);
    }
    return last;
  }

  private static @Nullable Object find(String text, Arguments arguments) {
    if (arguments.count() == 1 && arguments.endsWithClosure()) {
      return ListMethods.find(arguments.run().members().spreadable(text), arguments);
    }
    Matcher matcher = matcher(text, arguments);
    return Regex.find(matcher) ? part(matcher, arguments) : null;
  }

  private static @Nullable Object part(Matcher matcher, Arguments arguments) {
    return arguments.count() == 2
        ? Replacement.called(matcher, arguments.closure(1), arguments)
        : matcher.group();
  }

  private static Object findAll(String text, Arguments arguments) {
    List<@Nullable Object> found = new ArrayList<>();
    Matcher matcher = matcher(text, arguments);
    while (Regex.find(matcher)) {
      arguments.budget().elements(found.size() + 1L, 1);
      found.add(part(matcher, arguments));
    }
    return found;
  }
}
