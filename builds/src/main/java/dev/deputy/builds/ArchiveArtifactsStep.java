package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code archiveArtifacts}: keeps files of the current directory with the build, each with its
 * SHA-256 in the journal, which is what {@code fingerprint} asks for.
 */
final class ArchiveArtifactsStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("archiveArtifacts")
        .value("artifacts", Kind.STRING)
        .optional(Kind.STRING, "excludes")
        .optional(
            Kind.BOOLEAN,
            "allowEmptyArchive",
            "caseSensitive",
            "defaultExcludes",
            "fingerprint",
            "followSymlinks",
            "onlyIfSuccessful")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("artifacts", "excludes");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    BuildResult result = step.build().currentBuild().currentResult();
    if (step.flag("onlyIfSuccessful", false) && result.compareTo(BuildResult.UNSTABLE) > 0) {
      step.say("Skipped archiving because build is not successful");
      return null;
    }
    step.say("Archiving artifacts");
    if (!step.flag("caseSensitive", true)) {
      step.say("WARNING: patterns are case sensitive, also with caseSensitive: false");
    }
    Artifacts.Kept kept = collect(step);
    kept.links().forEach(link -> step.say("Not archived, because it is a link: " + link));
    if (kept.files().isEmpty()) {
      nothing(step);
    }
    step.record("artifacts", kept.files());
    return null;
  }

  private static Artifacts.Kept collect(StepContext step) {
    String dir = step.path("");
    FilePatterns patterns =
        FilePatterns.of(
            step.text("artifacts"),
            step.filledText("excludes"),
            step.flag("defaultExcludes", true));
    Artifacts artifacts = Artifacts.of(step.build().stores().folder(step.build().id()));
    return step.onAgent(
        Artifacts.KEPT, agent -> artifacts.collect(agent, step.number(), dir, patterns));
  }

  private static void nothing(StepContext step) {
    String message =
        "No artifacts found that match the file pattern \""
            + step.text("artifacts")
            + "\". Configuration error?";
    if (!step.flag("allowEmptyArchive", false)) {
      throw new StepFailed(message);
    }
    step.say(message);
  }
}
