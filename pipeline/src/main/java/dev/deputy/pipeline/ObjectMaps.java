package dev.deputy.pipeline;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Maps that steps and the build give where Jenkins gives objects: builds, causes, changes, files
 * that were found, models of Maven. Their properties also have getters, and those of models
 * setters.
 */
final class ObjectMaps {
  /** Keys that such objects have, and hardly another map. */
  private static final Set<String> MARKS =
      Set.of("fullProjectName", "_class", "commitId", "lastModified", "modelVersion", "artifactId");

  private static final Set<String> MODELS = Set.of("modelVersion", "artifactId");

  private static final Set<String> PROPERTIES = properties();

  private ObjectMaps() {}

  private static Set<String> properties() {
    Set<String> properties = new TreeSet<>(Globals.BUILD_PROPERTIES);
    String others =
        """
        affectedFiles affectedPaths artifactId author authorEmail authorName build classifier
        comment commitId dependencies dependencyManagement directory editType exclusions
        executions groupId id items kind lastModified length modelVersion modules msg name optional
        organization packaging parent path pluginManagement plugins profiles properties refspec
        relativePath repositories scm scope shortDescription timestamp type upstreamBuild
        upstreamProject upstreamUrl url userId userName version\
        """;
    properties.addAll(Arrays.asList(others.split("\\s+")));
    return properties;
  }

  /** Whether some map may have this method. */
  static boolean isMethod(String name) {
    boolean set = name.startsWith("set") && name.length() > 3;
    return (set || Builtins.isGetter(name)) && PROPERTIES.contains(Instances.property(name));
  }

  /** Whether this map has it, as the call is made. */
  static boolean has(Map<?, ?> map, Arguments call) {
    if (!isMethod(call.method())) {
      return false;
    }
    return call.method().startsWith("set")
        ? call.count() == 1 && MODELS.stream().anyMatch(map::containsKey)
        : call.count() == 0
            && (map.containsKey(Instances.property(call.method()))
                || MARKS.stream().anyMatch(map::containsKey));
  }

  /** Reads or sets the property. */
  static @Nullable Object call(Map<?, ?> map, Arguments call) {
    String property = Instances.property(call.method());
    if (call.method().startsWith("set")) {
      call.run().members().set(map, property, call.get(0), call.context());
      return null;
    }
    return map.get(property);
  }
}
