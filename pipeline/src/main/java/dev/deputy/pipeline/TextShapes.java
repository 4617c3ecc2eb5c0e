package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The rarer methods of strings: parts before and after something, tabs, single characters. */
final class TextShapes {
  private static final int TAB = 8;

  private TextShapes() {}

  static void addTo(MethodTable<String> table) {
    edges(table);
    parts(table);
    letters(table);
  }

  private static void edges(MethodTable<String> table) {
    table
        .add("stripLeading", 0, (s, a) -> made(s.stripLeading(), a))
        .add("stripTrailing", 0, (s, a) -> made(s.stripTrailing(), a))
        .add("startsWithAny", 1, 20, (s, a) -> anyOf(a, part -> s.startsWith(part)))
        .add("endsWithAny", 1, 20, (s, a) -> anyOf(a, part -> s.endsWith(part)))
        .add("containsIgnoreCase", 1, (s, a) -> lower(s).contains(lower(a.text(0))))
        .add("startsWithIgnoreCase", 1, (s, a) -> lower(s).startsWith(lower(a.text(0))))
        .add("endsWithIgnoreCase", 1, (s, a) -> lower(s).endsWith(lower(a.text(0))))
        .add("compareToIgnoreCase", 1, (s, a) -> s.compareToIgnoreCase(a.text(0)))
        .add("stripIndent", 0, 1, TextShapes::stripIndent)
        .add("expand", 0, 1, TextShapes::expand)
        .add("unexpand", 0, 1, TextShapes::unexpand)
        .add("denormalize", 0, (s, _) -> s)
        .add("translateEscapes", 0, (s, a) -> made(s.translateEscapes(), a))
        .add("formatted", 0, 20, (s, a) -> StaticMethods.format(s, a, 0));
  }

  private static void parts(MethodTable<String> table) {
    table
        .add("dropRight", 1, (s, a) -> made(s.substring(0, s.length() - within(s, a)), a))
        .add("takeWhile", 1, (s, a) -> made(s.substring(0, run(s, a)), a))
        .add("dropWhile", 1, (s, a) -> made(s.substring(run(s, a)), a))
        .add("takeBefore", 1, (s, a) -> made(before(s, a.text(0)), a))
        .add("takeAfter", 1, (s, a) -> made(after(s, a.text(0)), a))
        .add(
            "takeBetween",
            1,
            2,
            (s, a) -> made(before(after(s, a.text(0)), a.text(a.count() - 1)), a))
        .add("eachMatch", 2, TextShapes::eachMatch)
        .add("splitEachLine", 2, TextShapes::splitEachLine)
        .add("collectReplacements", 1, TextShapes::collectReplacements);
  }

  private static void letters(MethodTable<String> table) {
    table
        .add("tr", 2, TextShapes::translate)
        .add("next", 0, (s, a) -> made(stepped(s, 1), a))
        .add("previous", 0, (s, a) -> made(stepped(s, -1), a))
        .add("codePointAt", 1, (s, a) -> Slices.of(s, a.integer(0), a.budget()).codePointAt(0))
        .add("toCharArray", 0, (s, a) -> a.values().characters(s))
        .add("hashCode", 0, (s, _) -> s.hashCode());
    for (String name : List.of("inject", "eachWithIndex", "collectEntries", "collectMany", "sum")) {
      table.add(name, 0, 2, TextShapes::viaCharacters);
    }
    for (String name : List.of("toSet", "toUnique", "toSorted", "groupBy", "countBy")) {
      table.add(name, 0, 2, TextShapes::viaCharacters);
    }
  }

  private static @Nullable Object viaCharacters(String text, Arguments arguments) {
    return arguments.run().invocations().onList(arguments.values().characters(text), arguments);
  }

  private static String made(String result, Arguments arguments) {
    arguments.budget().string(result.length());
    return result;
  }

  private static boolean anyOf(Arguments arguments, java.util.function.Predicate<String> test) {
    for (int i = 0; i < arguments.count(); i++) {
      if (test.test(arguments.text(i))) {
        return true;
      }
    }
    return false;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static int within(String text, Arguments arguments) {
    return Math.clamp(arguments.integer(0), 0, text.length());
  }

  private static int run(String text, Arguments arguments) {
    int end = 0;
    while (end < text.length()
        && arguments.test(arguments.closure(0), text.substring(end, end + 1))) {
      end++;
    }
    return end;
  }

  private static String before(String text, String part) {
    int at = part.isEmpty() ? -1 : text.indexOf(part);
    return at < 0 ? "" : text.substring(0, at);
  }

  private static String after(String text, String part) {
    int at = part.isEmpty() ? -1 : text.indexOf(part);
    return at < 0 ? "" : text.substring(at + part.length());
  }

  /** The last character goes one on or back; what a string's {@code ++} does. */
  static String stepped(String text, int by) {
    if (text.isEmpty()) {
      return by > 0 ? "\0" : "";
    }
    int last = text.length() - 1;
    return text.substring(0, last) + (char) (text.charAt(last) + by);
  }

  private static String stripIndent(String text, Arguments arguments) {
    return arguments.count() == 0
        ? made(text.stripIndent(), arguments)
        : eachLine(text, arguments, line -> withoutIndent(line, arguments.integer(0)));
  }

  private static String withoutIndent(String line, int most) {
    int spaces = 0;
    while (spaces < Math.min(most, line.length()) && Character.isWhitespace(line.charAt(spaces))) {
      spaces++;
    }
    return line.substring(spaces);
  }

  private static String eachLine(
      String text, Arguments arguments, java.util.function.UnaryOperator<String> change) {
    StringBuilder result = new StringBuilder();
    String separator = "";
    for (String line : text.split("\n", -1)) {
      arguments.budget().append(result, separator);
      arguments.budget().append(result, change.apply(line));
      separator = "\n";
    }
    return result.toString();
  }

  private static int tab(Arguments arguments) {
    return arguments.count() == 0 ? TAB : Math.clamp(arguments.integer(0), 1, 1_000);
  }

  private static String expand(String text, Arguments arguments) {
    int tab = tab(arguments);
    return eachLine(
        text,
        arguments,
        line -> {
          StringBuilder expanded = new StringBuilder();
          for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            int width = tab - expanded.length() % tab;
            arguments.budget().append(expanded, c == '\t' ? " ".repeat(width) : String.valueOf(c));
          }
          return expanded.toString();
        });
  }

  private static String unexpand(String text, Arguments arguments) {
    int tab = tab(arguments);
    return eachLine(
        expandAll(text, arguments),
        arguments,
        line -> {
          StringBuilder packed = new StringBuilder();
          for (int start = 0; start < line.length(); start += tab) {
            String column = line.substring(start, Math.min(line.length(), start + tab));
            String shown = column.stripTrailing();
            boolean whole = column.length() == tab && shown.length() < tab;
            packed.append(whole ? shown + "\t" : column);
          }
          return packed.toString();
        });
  }

  private static String expandAll(String text, Arguments arguments) {
    return text.indexOf('\t') < 0 ? text : expand(text, arguments);
  }

  private static @Nullable Object eachMatch(String text, Arguments arguments) {
    Matcher matcher = matcher(text, arguments);
    while (Regex.find(matcher)) {
      Replacement.called(matcher, arguments.closure(1), arguments);
    }
    return text;
  }

  private static Matcher matcher(String text, Arguments arguments) {
    return Regex.matcher(
        arguments.run().operators().pattern(arguments.get(0)), text, arguments.budget());
  }

  private static @Nullable Object splitEachLine(String text, Arguments arguments) {
    Object last = null;
    for (String line : text.lines().toList()) {
      Object parts =
          StringMethods.split(
              line,
              new Arguments(
                  "split", List.of(arguments.text(0)), arguments.run(), arguments.context()));
      last = arguments.call(arguments.closure(1), parts);
    }
    return last;
  }

  private static String collectReplacements(String text, Arguments arguments) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      String letter = text.substring(i, i + 1);
      Object other = arguments.call(arguments.closure(0), letter);
      arguments.budget().append(result, other == null ? letter : arguments.values().text(other));
    }
    return result.toString();
  }

  private static String translate(String text, Arguments arguments) {
    String from = spelledOut(arguments.text(0));
    String to = spelledOut(arguments.text(1));
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      int at = from.indexOf(text.charAt(i));
      char c = at < 0 || to.isEmpty() ? text.charAt(i) : to.charAt(Math.min(at, to.length() - 1));
      arguments.budget().append(result, String.valueOf(c));
    }
    return result.toString();
  }

  /** {@code a-d} is abcd. */
  private static String spelledOut(String set) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < set.length(); i++) {
      boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
      char last = range ? set.charAt(i + 2) : set.charAt(i);
      for (char c = set.charAt(i); c <= last && letters.length() < 1_000; c++) {
        letters.append(c);
      }
      i += range ? 2 : 0;
    }
    return letters.toString();
  }

  /** {@code replace(a: '1', b: '2')}: all at once, from the left. */
  static String replaceEach(String text, Map<?, ?> replacements, Arguments arguments) {
    List<String> keys = new ArrayList<>();
    replacements.keySet().forEach(key -> keys.add(arguments.values().text(key)));
    StringBuilder result = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      int at = i;
      arguments.budget().operations(keys.size());
      String key =
          keys.stream().filter(k -> !k.isEmpty() && text.startsWith(k, at)).findFirst().orElse("");
      String shown =
          key.isEmpty() ? text.substring(i, i + 1) : arguments.values().text(replacements.get(key));
      arguments.budget().append(result, shown);
      i += Math.max(1, key.length());
    }
    return result.toString();
  }
}
