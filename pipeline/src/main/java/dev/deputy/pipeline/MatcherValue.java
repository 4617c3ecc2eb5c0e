package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code text =~ pattern}: all the places where the pattern was found. */
final class MatcherValue {
  private final @Nullable List<@Nullable String> whole;
  private final List<List<@Nullable String>> found = new ArrayList<>();
  private int next;
  private @Nullable List<@Nullable String> current;

  MatcherValue(Pattern pattern, String text, Budget budget) {
    Matcher all = Regex.matcher(pattern, text, budget);
    this.whole = Regex.matches(all) ? groups(all) : null;
    Matcher matcher = Regex.matcher(pattern, text, budget);
    while (Regex.find(matcher)) {
      List<@Nullable String> groups = groups(matcher);
      budget.elements(found.size() + 1L, 1L + groups.size());
      found.add(groups);
    }
  }

  private static List<@Nullable String> groups(Matcher matcher) {
    List<@Nullable String> groups = new ArrayList<>();
    for (int i = 0; i <= matcher.groupCount(); i++) {
      groups.add(matcher.group(i));
    }
    return groups;
  }

  /** Groups of each match, the whole match first. */
  List<List<@Nullable String>> found() {
    return found;
  }

  /** Goes on to the next match. */
  boolean next() {
    current = next < found.size() ? found.get(next++) : null;
    return current != null;
  }

  /** Whether the whole text matches; groups are then those of that match. */
  boolean matches() {
    current = whole;
    return whole != null;
  }

  @Nullable String group(int index) {
    if (current == null) {
      throw ScriptError.of(Type.ILLEGAL_STATE, "No match found");
    }
    if (index < 0 || index >= current.size()) {
      throw ScriptError.of(Type.OUT_OF_BOUNDS, "No group " + index);
    }
    return current.get(index);
  }

  /** As {@code matcher[index]}: the match, or its groups where there are any. */
  @Nullable Object get(int index) {
    int place = index < 0 ? found.size() + index : index;
    if (place < 0 || place >= found.size()) {
      throw ScriptError.of(Type.OUT_OF_BOUNDS, "there is no match " + index);
    }
    List<@Nullable String> groups = found.get(place);
    return groups.size() == 1 ? groups.getFirst() : groups;
  }
}
