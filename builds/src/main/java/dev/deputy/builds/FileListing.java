package dev.deputy.builds;

import dev.deputy.fleet.Agent;
import dev.deputy.fleet.FileSelection;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists files on the agent by its {@code find} and {@code stat}, as the steps' account. */
record FileListing(StepContext step, int part) {
  private static final String ALL =
      """
      [ -d . ] || exit 0
      exec find . -mindepth 1 -exec stat -c '%F|%s|%Y|%n' {} +
      """;

  private static final String NAMED =
      """
      set -f
      number=0
      set --
      while [ "$number" -lt "$DEPUTY_NAMES" ]; do
        eval "name=\\$DEPUTY_NAME_$number"
        [ "$#" = 0 ] || set -- "$@" -o
        set -- "$@" -name "$name"
        number=$((number + 1))
      done
      exec find . -mindepth 1 '(' "$@" ')' -exec stat -c '%F|%s|%Y|%n' {} +
      """;

  private static final String CHILDREN =
      """
      exec find . -mindepth 1 -maxdepth 1 -exec stat -c '%F|%s|%Y|%n' {} +
      """;

  /**
   * One file or folder.
   *
   * @param path relative to the folder that was listed
   * @param modified in seconds since 1970
   */
  record Found(String path, boolean directory, long length, long modified) {
    /** As steps return it: Jenkins' properties of a file. */
    Map<String, Object> value() {
      var value = new LinkedHashMap<String, Object>();
      value.put("name", path.substring(path.lastIndexOf('/') + 1));
      value.put("path", path);
      value.put("directory", directory);
      value.put("length", length);
      value.put("lastModified", modified * 1000);
      return value;
    }
  }

  /** What lies in the current folder itself, by path. */
  List<Found> children() {
    return run(CHILDREN, Map.of());
  }

  /** The files and folders below the current folder that patterns select, by path. */
  List<Found> matching(FilePatterns patterns) {
    var selection = new FileSelection(patterns.includes(), patterns.excludes());
    var names = patterns.includes().stream().map(FileListing::lastName).distinct().toList();
    List<Found> found;
    if (names.isEmpty() || names.contains("**") || names.contains("*")) {
      found = run(ALL, Map.of());
    } else {
      var variables = new LinkedHashMap<String, String>();
      variables.put("DEPUTY_NAMES", Integer.toString(names.size()));
      for (int i = 0; i < names.size(); i++) {
        variables.put("DEPUTY_NAME_" + i, names.get(i));
      }
      found = run(NAMED, variables);
    }
    return found.stream().filter(each -> selection.has(each.path())).toList();
  }

  /** The last part of a pattern, as {@code find -name} takes it: brackets stand for themselves. */
  private static String lastName(String pattern) {
    if (pattern.endsWith("/")) {
      return "**";
    }
    return pattern.substring(pattern.lastIndexOf('/') + 1).replaceAll("([\\[\\]\\\\])", "\\\\$1");
  }

  private List<Found> run(String script, Map<String, String> variables) {
    Agent.Result result = new AgentScript(script, variables, part).run(step);
    if (result.status() != 0) {
      throw new StepFailed(
          step.name() + ": the files could not be listed (exit code " + result.status() + ")");
    }
    List<Found> found = new ArrayList<>();
    result.stdout().lines().flatMap(line -> parse(line).stream()).forEach(found::add);
    found.sort(Comparator.comparing(Found::path));
    return found;
  }

  private static Optional<Found> parse(String line) {
    String[] parts = line.split("\\|", 4);
    if (parts.length < 4 || !parts[3].startsWith("./")) {
      return Optional.empty(); // the rest of a name with a line end in it
    }
    return Optional.of(
        new Found(
            parts[3].substring(2),
            parts[0].equals("directory"),
            Long.parseLong(parts[1]),
            Long.parseLong(parts[2])));
  }
}
