package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code publishHTML}: keeps a folder of the workspace as a report with the build, below {@code
 * htmlreports/NAME}.
 */
final class PublishHtmlStep implements Step {
  private static final String[] TEXTS = {
    "reportDir", "reportFiles", "reportName", "reportTitles", "includes", "icon"
  };
  private static final String[] FLAGS = {
    "allowMissing",
    "alwaysLinkToLastBuild",
    "keepAll",
    "escapeUnderscores",
    "useWrapperFileDirectly",
    "numberOfWorkers"
  };

  @Override
  public StepSignature signature() {
    return Signatures.step("publishHTML")
        .optional(Kind.ANY, "target", "numberOfWorkers")
        .optional(Kind.STRING, TEXTS)
        .optional(
            Kind.BOOLEAN,
            "allowMissing",
            "alwaysLinkToLastBuild",
            "keepAll",
            "escapeUnderscores",
            "useWrapperFileDirectly")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    Map<String, Object> target = target(step);
    String name = text(target, "reportName").orElse("HTML Report");
    String reportDir = text(target, "reportDir").orElse("");
    step.say("[htmlpublisher] Archiving HTML reports...");
    step.say(
        "[htmlpublisher] Archiving at BUILD level "
            + step.workplace().absolute(step.path(reportDir))
            + " to "
            + folder(name));
    Artifacts.Kept kept = collect(step, reportDir, text(target, "includes").orElse("**/*"), name);
    List<String> missing = new ArrayList<>();
    for (String file : text(target, "reportFiles").orElse("index.html").split(",")) {
      if (!kept.files().containsKey(file.strip()) && !file.contains("*")) {
        missing.add(file.strip());
      }
    }
    if (kept.files().isEmpty() || !missing.isEmpty()) {
      String what =
          kept.files().isEmpty()
              ? "Specified HTML directory '" + reportDir + "' does not exist or is empty"
              : "missing in the report: " + String.join(", ", missing);
      if (!Boolean.parseBoolean(String.valueOf(target.get("allowMissing")))) {
        throw new StepFailed("publishHTML: " + what);
      }
      step.say("[htmlpublisher] " + what);
    }
    step.record("report", name);
    step.record("files", kept.files().size());
    return null;
  }

  private static Map<String, Object> target(StepContext step) {
    var target = new LinkedHashMap<String, Object>();
    if (step.argument("target") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> {
        if (value != null) {
          target.put(String.valueOf(key), value);
        }
      });
    }
    for (String[] names : List.of(TEXTS, FLAGS)) {
      for (String name : names) {
        Object value = step.argument(name);
        if (value != null) {
          target.put(name, value);
        }
      }
    }
    return target;
  }

  private static Optional<String> text(Map<String, Object> target, String key) {
    return Optional.ofNullable(target.get(key))
        .map(value -> value.toString().strip())
        .filter(value -> !value.isEmpty());
  }

  private static Artifacts.Kept collect(
      StepContext step, String reportDir, String includes, String name) {
    String dir = step.path(reportDir);
    FilePatterns patterns = FilePatterns.of(includes, Optional.empty(), true);
    Path folder =
        step.build()
            .stores()
            .folder(step.build().id())
            .resolve("htmlreports")
            .resolve(folder(name));
    var artifacts = new Artifacts(folder);
    return step.onAgent(
        Artifacts.KEPT,
        agent ->
            dir.isEmpty() || agent.exists(step.number(), dir)
                ? artifacts.collect(agent, step.number(), dir, patterns)
                : Artifacts.Kept.NOTHING);
  }

  /** A name for a folder; other names stay apart from each other. */
  private static String folder(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9-]", "_");
    String cut = plain.length() > 80 ? plain.substring(0, 80) : plain;
    return cut.equals(name) ? cut : cut + "-" + Digests.hex(name).substring(0, 8);
  }
}
