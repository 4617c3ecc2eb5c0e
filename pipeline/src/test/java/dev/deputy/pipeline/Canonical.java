package dev.deputy.pipeline;

import groovy.lang.Closure;
import groovy.lang.GString;
import groovy.lang.Range;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value of real Groovy, or of pipeline code, as a text that says every type in it. */
final class Canonical {
  private static final int DEPTH = 20;

  private Canonical() {}

  static String text(@Nullable Object value) {
    return text(value, 0);
  }

  private static String text(@Nullable Object value, int depth) {
    if (depth > DEPTH) {
      return "…";
    }
    return switch (value) {
      case null -> "null";
      case String text -> "'" + text.replace("\n", "\\n") + "'";
      case Character letter -> "char '" + letter + "'";
      case GString text -> "\"" + text + "\"";
      case Range<?> range -> items("Range", range, depth);
      case RangeValue range -> items("Range", range, depth);
      case Set<?> set -> set(set, depth);
      case SetValue set -> set(set, depth);
      case Collection<?> list -> items("", list, depth);
      case Map<?, ?> map -> entries(map, depth);
      case Map.Entry<?, ?> entry -> entry(entry.getKey(), entry.getValue(), depth);
      case EntryValue entry -> entry(entry.key(), entry.value(), depth);
      case Closure<?> _, ClosureValue _ -> "Closure";
      case Matcher _, MatcherValue _ -> "Matcher";
      case Pattern pattern -> "/" + pattern + "/";
      case Throwable error -> error.getClass().getSimpleName() + "(" + error.getMessage() + ")";
      case ErrorValue error -> error.type().displayName() + "(" + error.message() + ")";
      case Class<?> type -> "class " + type.getSimpleName();
      case Type type -> "class " + type.displayName();
      case NamedClass type -> "class " + type.simpleName();
      case Object array when array.getClass().isArray() -> items("Array", list(array), depth);
      default -> value.getClass().getSimpleName() + " " + value;
    };
  }

  private static List<@Nullable Object> list(Object array) {
    List<@Nullable Object> items = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      items.add(Array.get(array, i));
    }
    return items;
  }

  private static String items(String type, Collection<?> items, int depth) {
    return items.stream()
        .map(item -> text(item, depth + 1))
        .collect(Collectors.joining(", ", type + "[", "]"));
  }

  private static String set(Collection<?> items, int depth) {
    return items.stream()
        .map(item -> text(item, depth + 1))
        .sorted()
        .collect(Collectors.joining(", ", "Set[", "]"));
  }

  private static String entries(Map<?, ?> map, int depth) {
    List<String> entries = new ArrayList<>();
    map.forEach((key, value) -> entries.add(entry(key, value, depth)));
    return entries.isEmpty() ? "[:]" : "[" + String.join(", ", entries) + "]";
  }

  private static String entry(@Nullable Object key, @Nullable Object value, int depth) {
    return text(key, depth + 1) + ": " + text(value, depth + 1);
  }
}
