package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code text =~ pattern}: all the places where the pattern was found. */
final class MatcherValue {
  private final Pattern pattern;
  private final String text;
  private final Budget budget;
  private final List<MatchResult> found = new ArrayList<>();
  private int next;
  private @Nullable MatchResult current;

  MatcherValue(Pattern pattern, String text, Budget budget) {
    this.pattern = pattern;
    this.text = text;
    this.budget = budget;
    Matcher matcher = Regex.matcher(pattern, text, budget);
    while (Regex.find(matcher)) {
      budget.elements(found.size() + 1L, 2L + matcher.groupCount());
      found.add(matcher.toMatchResult());
    }
  }

  Pattern pattern() {
    return pattern;
  }

  String text() {
    return text;
  }

  /** Groups of each match, the whole match first. */
  List<List<@Nullable String>> found() {
    return found.stream().map(MatcherValue::groups).toList();
  }

  /**
   * What loops go over: each match, or its groups where there are any. As in Groovy the matcher has
   * gone through all of them then.
   */
  List<@Nullable Object> items() {
    List<@Nullable Object> items = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      items.add(get(i));
    }
    goThrough();
    return items;
  }

  /** How many matches there are; it has gone through all of them then. */
  int count() {
    goThrough();
    return found.size();
  }

  private void goThrough() {
    next = found.size();
    current = null;
  }

  private static List<@Nullable String> groups(MatchResult match) {
    List<@Nullable String> groups = new ArrayList<>();
    for (int i = 0; i <= match.groupCount(); i++) {
      groups.add(match.group(i));
    }
    return groups;
  }

  int groupCount() {
    return pattern.matcher("").groupCount();
  }

  /** Goes on to the next match. */
  boolean next() {
    current = next < found.size() ? found.get(next++) : null;
    return current != null;
  }

  /** Starts again. */
  MatcherValue reset() {
    next = 0;
    current = null;
    return this;
  }

  /** Whether the whole text matches; groups are then those of that match. */
  boolean matches() {
    Matcher matcher = Regex.matcher(pattern, text, budget);
    current = Regex.matches(matcher) ? matcher.toMatchResult() : null;
    return current != null;
  }

  /** Whether the text begins with a match. */
  boolean lookingAt() {
    Matcher matcher = Regex.matcher(pattern, text, budget);
    current = Regex.lookingAt(matcher) ? matcher.toMatchResult() : null;
    return current != null;
  }

  @Nullable String group(int index) {
    return match(index).group(index);
  }

  @Nullable String group(String name) {
    MatchResult match = match(0);
    if (!match.namedGroups().containsKey(name)) {
      throw ScriptError.of(Type.ILLEGAL_ARGUMENT, "No group with name <" + name + ">");
    }
    return match.group(name);
  }

  int start(int index) {
    return match(index).start(index);
  }

  int end(int index) {
    return match(index).end(index);
  }

  private MatchResult match(int group) {
    if (current == null) {
      throw ScriptError.of(Type.ILLEGAL_STATE, "No match found");
    }
    if (group < 0 || group > current.groupCount()) {
      throw ScriptError.of(Type.OUT_OF_BOUNDS, "No group " + group);
    }
    return current;
  }

  /**
   * As {@code matcher[index]}: the match, or its groups where there are any. It stands at that
   * match then.
   */
  @Nullable Object get(int index) {
    int place = index < 0 ? found.size() + index : index;
    if (place < 0 || place >= found.size()) {
      throw ScriptError.of(
          Type.OUT_OF_BOUNDS,
          "index is out of range %d..%d (index = %d)"
              .formatted(-found.size(), found.size() - 1, index)
              .replace("-0..", "0.."));
    }
    next = place + 1;
    current = found.get(place);
    List<@Nullable String> groups = groups(found.get(place));
    return groups.size() == 1 ? groups.getFirst() : groups;
  }
}
