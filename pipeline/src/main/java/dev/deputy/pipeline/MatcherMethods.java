package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The methods and properties of matchers and patterns. */
final class MatcherMethods {
  private MatcherMethods() {}

  static MethodTable<MatcherValue> table() {
    MethodTable<MatcherValue> table =
        new MethodTable<MatcherValue>("Matcher")
            .add("find", 0, (m, _) -> m.next())
            .add("matches", 0, (m, _) -> m.matches())
            .add("lookingAt", 0, (m, _) -> m.lookingAt())
            .add("group", 0, 1, MatcherMethods::group)
            .add("start", 0, 1, (m, a) -> m.start(a.count() == 0 ? 0 : a.integer(0)))
            .add("end", 0, 1, (m, a) -> m.end(a.count() == 0 ? 0 : a.integer(0)))
            .add("groupCount", 0, (m, _) -> m.groupCount())
            .add("hasGroup", 0, (m, _) -> m.groupCount() > 0)
            .add("reset", 0, (m, _) -> m.reset())
            .add("getCount", 0, (m, _) -> m.count())
            .add("size", 0, (m, _) -> (long) m.count())
            .add("getAt", 1, (m, a) -> m.get(a.integer(0)))
            .add(
                "replaceAll", 1, (m, a) -> Replacement.all(m.text(), with(m, "replaceAll", a), MAX))
            .add(
                "replaceFirst",
                1,
                (m, a) -> Replacement.all(m.text(), with(m, "replaceFirst", a), 1));
    for (String name : List.of("each", "collect", "eachWithIndex", "findAll", "any", "every")) {
      table.add(name, 0, 1, (m, a) -> a.run().invocations().onList(m.items(), a));
    }
    for (String name : List.of("collectEntries", "collectMany", "inject", "join")) {
      table.add(name, 0, 2, (m, a) -> a.run().invocations().onList(m.items(), a));
    }
    return table;
  }

  private static final int MAX = Integer.MAX_VALUE;

  static MethodTable<Pattern> patterns() {
    return new MethodTable<Pattern>("Pattern")
        .add("matcher", 1, (p, a) -> new MatcherValue(p, a.text(0), a.budget()))
        .add("pattern", 0, (p, _) -> p.pattern())
        .add("split", 1, 2, (p, a) -> StringMethods.split(a.text(0), swapped(p, "split", a)));
  }

  private static @Nullable Object group(MatcherValue matcher, Arguments arguments) {
    if (arguments.count() == 0) {
      return matcher.group(0);
    }
    return arguments.get(0) instanceof String name
        ? matcher.group(name)
        : matcher.group(arguments.integer(0));
  }

  private static Arguments with(MatcherValue matcher, String method, Arguments arguments) {
    List<@Nullable Object> positional = new ArrayList<>();
    positional.add(matcher.pattern());
    positional.addAll(arguments.positional());
    return new Arguments(method, positional, arguments.run(), arguments.context());
  }

  private static Arguments swapped(Pattern pattern, String method, Arguments arguments) {
    List<@Nullable Object> positional = new ArrayList<>(arguments.positional());
    positional.set(0, pattern);
    return new Arguments(method, positional, arguments.run(), arguments.context());
  }
}
