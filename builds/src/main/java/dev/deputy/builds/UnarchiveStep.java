package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.fleet.FileSelection;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code unarchive}: puts artifacts of this build into the current directory, under the names that
 * they are mapped to: a file by its own path to a file or into a folder, and what a pattern selects
 * into a folder. Its value is the list of their paths on the agent.
 */
final class UnarchiveStep implements Step {
  private static final Stored<List<String>> PATHS =
      Stored.of(paths -> Map.of("paths", paths), stored -> Stored.Fields.of(stored).texts("paths"));

  private static final String IS_FOLDER = "test -d \"$DEPUTY_PATH\"\n";

  @Override
  public StepSignature signature() {
    return Signatures.step("unarchive").required("mapping", Kind.MAP).onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("mapping");
  }

  /** Artifacts on their way: their names in a folder of the agent, by their paths. */
  private record Move(String dir, Map<String, String> names) {}

  @Override
  public @Nullable Object run(StepContext step) {
    Artifacts artifacts = Artifacts.of(step.build().stores().folder(step.build().id()));
    var paths = new ArrayList<String>();
    var mapping = step.argument("mapping") instanceof Map<?, ?> map ? map : Map.of();
    mapping.forEach((source, target) -> {
      Move move = move(step, artifacts, String.valueOf(source), String.valueOf(target));
      step.doOnAgent(agent ->
          agent.deliver(step.number(), move.dir(), out -> artifacts.send(move.names(), out)));
      Path folder = Path.of(step.workplace().absolute(move.dir()));
      move.names().values().forEach(name -> paths.add(folder.resolve(name).toString()));
    });
    return paths;
  }

  private static Move move(StepContext step, Artifacts artifacts, String source, String target) {
    var selection = new FileSelection(List.of(source), List.of());
    List<String> found =
        step.note(PATHS, () -> paths(artifacts)).stream().filter(selection::has).toList();
    if (found.isEmpty()) {
      throw new StepFailed("no artifacts to unarchive in " + source);
    }
    if (found.equals(List.of(source))) {
      return file(step, Path.of(source), target);
    }
    var names = new LinkedHashMap<String, String>();
    found.forEach(path -> names.put(path, path));
    return new Move(step.path(target), names);
  }

  private static List<String> paths(Artifacts artifacts) {
    try {
      return artifacts.paths();
    } catch (IOException e) {
      throw new StepFailed("the artifacts can not be read: " + e.getMessage());
    }
  }

  private static Move file(StepContext step, Path source, String target) {
    Path to = Path.of(step.path(target));
    boolean folder =
        AgentScript.only(IS_FOLDER, Map.of("DEPUTY_PATH", step.workplace().absolute(to.toString())))
                .run(step)
                .status()
            == 0;
    Path file = folder ? to.resolve(String.valueOf(source.getFileName())) : to;
    String dir = Optional.ofNullable(file.getParent()).map(Path::toString).orElse("");
    return new Move(dir, Map.of(source.toString(), String.valueOf(file.getFileName())));
  }
}
