package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code replace}, {@code replaceAll} and {@code replaceFirst} of strings, under the budget. */
final class Replacement {
  private Replacement() {}

  static String literal(String text, Arguments arguments) {
    if (arguments.count() == 1) {
      return TextShapes.replaceEach(text, arguments.map(0), arguments);
    }
    String from = arguments.text(0);
    String to = arguments.text(1);
    StringBuilder result = new StringBuilder();
    int start = 0;
    int at = text.indexOf(from);
    while (at >= 0) {
      append(result, text.substring(start, at) + to, arguments);
      start = at + from.length();
      if (from.isEmpty() && at < text.length()) {
        result.append(text.charAt(at));
        start = at + 1;
      }
      at = at < text.length() ? text.indexOf(from, Math.max(start, at + 1)) : -1;
    }
    append(result, text.substring(Math.min(start, text.length())), arguments);
    return result.toString();
  }

  /** The text without the first place that a pattern matches. */
  static String without(String text, Pattern pattern, Budget budget) {
    Matcher matcher = Regex.matcher(pattern, text, budget);
    if (!Regex.find(matcher)) {
      return text;
    }
    budget.string(text.length());
    return text.substring(0, matcher.start()) + text.substring(matcher.end());
  }

  /** With a regular expression; the replacement is a text with {@code $1}, or a closure. */
  static String all(String text, Arguments arguments, int most) {
    Pattern pattern = arguments.run().operators().pattern(arguments.get(0));
    Matcher matcher = Regex.matcher(pattern, text, arguments.budget());
    StringBuilder result = new StringBuilder();
    int start = 0;
    for (int i = 0; i < most && Regex.find(matcher); i++) {
      append(result, text.substring(start, matcher.start()), arguments);
      append(result, replacement(matcher, arguments), arguments);
      start = matcher.end();
    }
    append(result, text.substring(start), arguments);
    return result.toString();
  }

  private static String replacement(Matcher matcher, Arguments arguments) {
    if (!arguments.endsWithClosure()) {
      return expanded(arguments.text(1), matcher);
    }
    return arguments.values().text(called(matcher, arguments.closure(1), arguments));
  }

  /** Calls a closure with a match and its groups, as many as it takes. */
  static @Nullable Object called(Matcher matcher, ClosureValue closure, Arguments arguments) {
    @Nullable Object[] groups = new @Nullable Object[Math.max(1, closure.arity())];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = i <= matcher.groupCount() ? matcher.group(i) : null;
    }
    if (closure.arity() == 1 && matcher.groupCount() > 0) {
      List<@Nullable Object> all = new ArrayList<>();
      for (int i = 0; i <= matcher.groupCount(); i++) {
        all.add(matcher.group(i));
      }
      return arguments.call(closure, all);
    }
    return arguments.call(closure, groups);
  }

  /** {@code $1} is a group, {@code \x} is x. */
  private static String expanded(String template, Matcher matcher) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      boolean last = i + 1 == template.length();
      if (c == '\\' && !last) {
        result.append(template.charAt(++i));
      } else if (c == '$' && !last && Character.isDigit(template.charAt(i + 1))) {
        int group = template.charAt(++i) - '0';
        if (group > matcher.groupCount()) {
          throw ScriptError.of(Type.OUT_OF_BOUNDS, "No group " + group);
        }
        String text = matcher.group(group);
        result.append(text == null ? "" : text);
      } else if (c == '$' || c == '\\') {
        throw ScriptError.of(
            Type.ILLEGAL_ARGUMENT, "illegal group reference in '" + template + "'");
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }

  private static void append(StringBuilder result, String text, Arguments arguments) {
    arguments.budget().operation();
    arguments.budget().append(result, text);
  }
}
