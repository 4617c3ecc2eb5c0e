package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code currentBuild} tells of changes and causes, in Jenkins' shapes, as plain maps. */
final class BuildFacts {
  private BuildFacts() {}

  /** One set of changes per source; none where nothing was committed. */
  static List<@Nullable Object> changeSets(List<Change> changes) {
    List<@Nullable Object> sets = new ArrayList<>();
    if (!changes.isEmpty()) {
      List<@Nullable Object> items = new ArrayList<>();
      changes.forEach(change -> items.add(entry(change)));
      sets.add(map("kind", "git", "items", items));
    }
    return sets;
  }

  private static Object entry(Change change) {
    List<@Nullable Object> files = new ArrayList<>();
    List<@Nullable Object> paths = new ArrayList<>();
    for (Change.File file : change.files()) {
      files.add(map("path", file.path(), "editType", map("name", file.edit().word())));
      paths.add(file.path());
    }
    Map<@Nullable Object, @Nullable Object> entry =
        map("commitId", change.commit(), "msg", change.title(), "comment", change.message());
    entry.put("author", change.author());
    entry.put("authorName", change.author());
    entry.put("authorEmail", change.email());
    entry.put("timestamp", change.time().toEpochMilli());
    entry.put("affectedFiles", files);
    entry.put("affectedPaths", paths);
    return entry;
  }

  /**
   * Why there is this build, root first.
   *
   * @param wanted a part of the class that Jenkins has for a cause; null for all
   */
  static List<@Nullable Object> causes(List<String> names, @Nullable String wanted) {
    List<@Nullable Object> causes = new ArrayList<>();
    for (String name : names) {
      Map<@Nullable Object, @Nullable Object> cause = cause(name.toLowerCase(Locale.ROOT));
      if (wanted == null || String.valueOf(cause.get("_class")).equals(wanted)) {
        causes.add(cause);
      }
    }
    return causes;
  }

  private static Map<@Nullable Object, @Nullable Object> cause(String name) {
    return switch (name) {
      case "person", "user" -> cause("hudson.model.Cause$UserIdCause", "Started by user");
      case "timer", "schedule" ->
          cause("hudson.triggers.TimerTrigger$TimerTriggerCause", "Started by timer");
      case "push", "scm" ->
          cause("hudson.triggers.SCMTrigger$SCMTriggerCause", "Started by an SCM change");
      case "upstream" -> cause("hudson.model.Cause$UpstreamCause", "Started by upstream project");
      default -> cause("hudson.model.Cause$RemoteCause", "Started by " + name);
    };
  }

  private static Map<@Nullable Object, @Nullable Object> cause(String type, String text) {
    return map("_class", type, "shortDescription", text);
  }

  private static Map<@Nullable Object, @Nullable Object> map(Object... keysAndValues) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
