package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.JobName;
import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.fleet.FileSelection;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code copyArtifacts}: puts artifacts of another build of this controller, or of this one, into
 * the current directory. Which build that is stays the same when the step is run again after a
 * restart.
 */
final class CopyArtifactsStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("copyArtifacts")
        .value("projectName", Kind.STRING)
        .optional(Kind.ANY, "selector")
        .literals(BuildSelector::fault)
        .optional(Kind.STRING, "filter", "excludes", "target")
        .optional(
            Kind.BOOLEAN,
            "flatten",
            "optional",
            "fingerprintArtifacts",
            "includeBuildNumberInTargetPath")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("projectName", "filter", "excludes", "target");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String project = step.text("projectName");
    BuildSelector selector = BuildSelector.of(step.argument("selector"));
    Optional<Integer> number =
        step.note(Stored.optional(Stored.number()), () -> select(step, project, selector));
    if (number.isEmpty()) {
      return nothing(
          step,
          "Unable to find a build for artifact copy from: "
              + project
              + " (there is none, or its file does not let this job copy: copyArtifactPermission)");
    }
    BuildId build = new BuildId(job(project), number.get());
    int count = copy(step, Artifacts.of(step.build().stores().folder(build)), build.number());
    if (count == 0) {
      String filter = step.filledText("filter").orElse("**");
      return nothing(
          step, "Failed to copy artifacts from \"" + project + "\" with filter: " + filter);
    }
    step.say(
        "Copied %d artifact%s from \"%s\" build number %d"
            .formatted(count, count == 1 ? "" : "s", project, build.number()));
    step.record("build", build.toString());
    step.record("files", count);
    return null;
  }

  private static JobName job(String project) {
    try {
      return new JobName(project.startsWith("/") ? project.substring(1) : project);
    } catch (IllegalArgumentException e) {
      throw new StepFailed("copyArtifacts: projectName: " + e.getMessage());
    }
  }

  private static Optional<Integer> select(
      StepContext step, String project, BuildSelector selector) {
    BuildRecord reader = step.build().record();
    return selector
        .select(
            step.build().stores().builds(),
            job(project),
            reader,
            from -> {
              Path folder = step.build().stores().folder(from.id());
              boolean ancestor = selector instanceof BuildSelector.Upstream;
              return ArtifactReaders.of(folder).allows(from, reader, ancestor);
            })
        .map(BuildRecord::id)
        .map(BuildId::number);
  }

  private static int copy(StepContext step, Artifacts artifacts, int number) {
    String target = step.filledText("target").orElse("");
    String below = step.flag("includeBuildNumberInTargetPath", false) ? "/" + number : "";
    String dir = step.path(target.isEmpty() && !below.isEmpty() ? "." + below : target + below);
    return step.onAgent(
        Stored.number(),
        agent -> {
          Map<String, String> names = names(step, artifacts);
          if (!names.isEmpty()) {
            agent.deliver(step.number(), dir, out -> artifacts.send(names, out));
          }
          return names.size();
        });
  }

  /** The names that artifacts get, by their paths. */
  private static Map<String, String> names(StepContext step, Artifacts artifacts)
      throws IOException {
    FilePatterns patterns =
        FilePatterns.of(step.filledText("filter").orElse("**"), step.filledText("excludes"), false);
    var selection = new FileSelection(patterns.includes(), patterns.excludes());
    var names = new LinkedHashMap<String, String>();
    for (String path : artifacts.paths()) {
      if (selection.has(path)) {
        boolean flat = step.flag("flatten", false);
        names.put(path, flat ? String.valueOf(Path.of(path).getFileName()) : path);
      }
    }
    return names;
  }

  private static @Nullable Object nothing(StepContext step, String message) {
    if (!step.flag("optional", false)) {
      throw new StepFailed(message);
    }
    step.say(message);
    return null;
  }
}
