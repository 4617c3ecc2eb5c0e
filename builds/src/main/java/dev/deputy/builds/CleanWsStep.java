package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.fleet.Agent;
import dev.deputy.fleet.FileSelection;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code cleanWs}: deletes what is in the workspace, or what patterns select in it, where the
 * build's result so far is one that it is to be done for.
 */
final class CleanWsStep implements Step {
  /** Names come in by a file: there may be more than arguments can hold. */
  private static final String DELETE =
      """
      while IFS= read -r name; do
        rm -rf -- "./$name"
      done < "$DEPUTY_LIST"
      rm -f -- "$DEPUTY_LIST"
      """;

  @Override
  public StepSignature signature() {
    return Signatures.step("cleanWs")
        .optional(
            Kind.BOOLEAN,
            "cleanWhenAborted",
            "cleanWhenFailure",
            "cleanWhenNotBuilt",
            "cleanWhenSuccess",
            "cleanWhenUnstable",
            "cleanupMatrixParent",
            "deleteDirs",
            "disableDeferredWipeout",
            "notFailBuild",
            "skipWhenFailed")
        .optional(Kind.LIST, "patterns")
        .optional(Kind.STRING, "externalDelete")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    step.say("[WS-CLEANUP] Deleting project workspace...");
    BuildResult result = step.build().currentBuild().currentResult();
    if (!wanted(step, result)) {
      step.say("[WS-CLEANUP] Skipped based on build state " + result);
      return null;
    }
    try {
      clean(step);
    } catch (StepFailed e) {
      if (!step.flag("notFailBuild", false)) {
        throw e;
      }
      step.say("[WS-CLEANUP] Cannot delete workspace: " + e.getMessage());
      step.say("Option not to fail the build is turned on, so let's continue");
      return null;
    }
    step.say("[WS-CLEANUP] done");
    return null;
  }

  private static boolean wanted(StepContext step, BuildResult result) {
    return switch (result) {
      case SUCCESS -> step.flag("cleanWhenSuccess", true);
      case UNSTABLE -> step.flag("cleanWhenUnstable", true);
      case FAILURE -> step.flag("cleanWhenFailure", true);
      case NOT_BUILT -> step.flag("cleanWhenNotBuilt", true);
      case ABORTED -> step.flag("cleanWhenAborted", true);
    };
  }

  private static void clean(StepContext step) {
    List<String> includes = new ArrayList<>();
    List<String> excludes = new ArrayList<>();
    for (Object item : step.list("patterns")) {
      if (!(item instanceof Map<?, ?> map) || map.get("pattern") == null) {
        throw new StepFailed("cleanWs: patterns: " + item + " (expected: [pattern: …, type: …])");
      }
      boolean exclude = "EXCLUDE".equals(String.valueOf(map.get("type")));
      (exclude ? excludes : includes).add(String.valueOf(map.get("pattern")));
    }
    if (includes.isEmpty() && excludes.isEmpty()) {
      String path = step.path("");
      step.doOnAgent(agent -> agent.deleteDir(step.number(), path));
      return;
    }
    if (includes.isEmpty()) {
      includes.add("**");
    }
    delete(step, selected(step, includes, excludes));
  }

  /** Folders only where that was asked for, and never one that holds what is to stay. */
  private static List<String> selected(
      StepContext step, List<String> includes, List<String> excludes) {
    var all = new FileListing(step, 0).matching(new FilePatterns(List.of("**"), List.of()));
    var selection = new FileSelection(includes, excludes);
    boolean folders = step.flag("deleteDirs", false);
    List<String> stay =
        all.stream()
            .filter(file -> !file.directory() && !selection.has(file.path()))
            .map(FileListing.Found::path)
            .filter(path -> excludes.isEmpty() || new FileSelection(excludes, List.of()).has(path))
            .toList();
    return all.stream()
        .filter(file -> selection.has(file.path()))
        .filter(file ->
            !file.directory()
                || (folders && stay.stream().noneMatch(s -> s.startsWith(file.path() + "/"))))
        .map(FileListing.Found::path)
        .toList();
  }

  private static void delete(StepContext step, List<String> paths) {
    if (paths.isEmpty()) {
      return;
    }
    String list = step.path(".deputy-cleanws-" + step.number());
    byte[] names = (String.join("\n", paths) + "\n").getBytes(StandardCharsets.UTF_8);
    step.doOnAgent(agent -> agent.writeFile(step.number(), list, names));
    String file = step.workplace().absolute(list);
    Agent.Result result = new AgentScript(DELETE, Map.of("DEPUTY_LIST", file), 1).run(step);
    if (result.status() != 0) {
      throw new StepFailed("cleanWs: deleting ended with exit code " + result.status());
    }
  }
}
