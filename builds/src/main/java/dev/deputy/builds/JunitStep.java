package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * {@code junit}: counts the tests of reports, keeps a summary with the build ({@code
 * tests/STEP.json}), and marks build and stage UNSTABLE where tests failed.
 */
final class JunitStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("junit")
        .value("testResults", Kind.STRING)
        .optional(
            Kind.BOOLEAN,
            "allowEmptyResults",
            "keepLongStdio",
            "keepTestNames",
            "skipMarkingBuildUnstable",
            "skipOldReports",
            "skipPublishingChecks")
        .optional(Kind.STRING, "checksName", "stdioRetention")
        .optional(Kind.ANY, "healthScaleFactor", "testDataPublishers")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("testResults", "checksName");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    step.say("Recording test results");
    Summary reports = collect(step);
    if (reports.total() == 0) {
      String message =
          reports.files() == 0
              ? "No test report files were found. Configuration error?"
              : "None of the test reports contained any result";
      if (!step.flag("allowEmptyResults", false)) {
        throw new StepFailed(message);
      }
      step.say(message);
    }
    step.record("tests", counts(reports));
    tell(step, reports);
    if (reports.failed() > 0 && !step.flag("skipMarkingBuildUnstable", false)) {
      step.build().currentBuild().setResult(BuildResult.UNSTABLE);
      step.block().stages().forEach(stage -> stage.worsen(BuildResult.UNSTABLE));
    }
    return counts(reports);
  }

  private static void tell(StepContext step, Summary reports) {
    if (reports.failed() > 0) {
      step.say("%d of %d tests failed:".formatted(reports.failed(), reports.total()));
      reports.names().forEach(name -> step.say("  " + name));
      int more = reports.failed() - reports.names().size();
      if (more > 0) {
        step.say("  and " + more + " more");
      }
    }
  }

  /**
   * How many there were.
   *
   * @param names of the first that failed
   */
  private record Summary(int files, int total, int failed, int skipped, List<String> names) {
    private static final int MOST = 10;

    static Summary of(TestReports reports) {
      return new Summary(
          reports.files(),
          reports.total(),
          reports.failed(),
          reports.skipped(),
          reports.failures().stream().limit(MOST).map(TestReports.Failure::fullName).toList());
    }

    int passed() {
      return total - failed - skipped;
    }
  }

  private static final Stored<Summary> SUMMARY =
      Stored.of(
          summary ->
              Map.of(
                  "files", summary.files(),
                  "total", summary.total(),
                  "failed", summary.failed(),
                  "skipped", summary.skipped(),
                  "names", summary.names()),
          stored -> {
            Stored.Fields fields = Stored.Fields.of(stored);
            return new Summary(
                fields.number("files"),
                fields.number("total"),
                fields.number("failed"),
                fields.number("skipped"),
                fields.texts("names"));
          });

  private static Map<String, Object> counts(Summary reports) {
    var counts = new LinkedHashMap<String, Object>();
    counts.put("totalCount", reports.total());
    counts.put("failCount", reports.failed());
    counts.put("skipCount", reports.skipped());
    counts.put("passCount", reports.passed());
    return counts;
  }

  private static Summary collect(StepContext step) {
    String dir = step.path("");
    FilePatterns patterns = FilePatterns.of(step.text("testResults"), Optional.empty(), true);
    Path folder = step.build().stores().folder(step.build().id()).resolve("tests");
    return step.onAgent(
        SUMMARY,
        agent -> {
          var reports = new TestReports();
          var fault = new AtomicReference<@Nullable IOException>();
          agent.collect(
              step.number(),
              dir,
              patterns.includes(),
              patterns.excludes(),
              archive -> fault.set(readAll(reports, archive)));
          IOException found = fault.get();
          if (found != null) {
            throw found;
          }
          keep(reports, folder, step);
          return Summary.of(reports);
        });
  }

  /** A faulty report is not the agent's fault: the transfer itself goes well. */
  private static @Nullable IOException readAll(TestReports reports, InputStream archive) {
    try {
      reports.readAll(archive);
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private static void keep(TestReports reports, Path folder, StepContext step) throws IOException {
    var summary = counts(Summary.of(reports));
    summary.put("failures", reports.failures().stream().map(TestReports.Failure::value).toList());
    Files.createDirectories(folder);
    String text = step.build().masks().hide(Json.of(summary));
    Files.writeString(folder.resolve(step.number() + ".json"), text);
  }
}
