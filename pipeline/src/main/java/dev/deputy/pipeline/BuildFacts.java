package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code currentBuild} tells of changes and causes, in Jenkins' shapes, as plain maps. */
final class BuildFacts {
  private static final String UPSTREAM = "hudson.model.Cause$UpstreamCause";

  /** The class of causes below it that the step {@code build} makes. */
  private static final String BUILD_STEP =
      "org.jenkinsci.plugins.workflow.support.steps.build.BuildUpstreamCause";

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
   * Why there is this build.
   *
   * @param wanted the class that Jenkins has for a cause, or one above it; null for all
   */
  static List<@Nullable Object> causes(List<StartCause> all, @Nullable String wanted) {
    List<@Nullable Object> causes = new ArrayList<>();
    for (StartCause each : all) {
      Map<@Nullable Object, @Nullable Object> cause = cause(each);
      boolean above = each instanceof StartCause.Upstream && UPSTREAM.equals(wanted);
      if (wanted == null || above || wanted.equals(cause.get("_class"))) {
        causes.add(cause);
      }
    }
    return causes;
  }

  private static Map<@Nullable Object, @Nullable Object> cause(StartCause cause) {
    return switch (cause) {
      case StartCause.Person(String user) -> {
        var person = cause("hudson.model.Cause$UserIdCause", "Started by user " + user);
        person.put("userId", user);
        person.put("userName", user);
        yield person;
      }
      case StartCause.Upstream(String project, int build) -> {
        var text = "Started by upstream project \"" + project + "\" build number " + build;
        var upstream = cause(BUILD_STEP, text);
        upstream.put("upstreamBuild", build);
        upstream.put("upstreamProject", project);
        upstream.put("upstreamUrl", "job/" + project.replace("/", "/job/") + "/");
        yield upstream;
      }
      case StartCause.Other(String name) -> other(name.toLowerCase(Locale.ROOT));
    };
  }

  private static Map<@Nullable Object, @Nullable Object> other(String name) {
    return switch (name) {
      case "timer", "schedule" ->
          cause("hudson.triggers.TimerTrigger$TimerTriggerCause", "Started by timer");
      case "push", "scm" ->
          cause("hudson.triggers.SCMTrigger$SCMTriggerCause", "Started by an SCM change");
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
