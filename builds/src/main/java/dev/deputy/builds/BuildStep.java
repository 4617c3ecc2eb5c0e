package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code build}: a build of another job, with the cause of this one. Access is asked for with the
 * other job's own name. Its value is a map with Jenkins' properties of a build.
 */
final class BuildStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("build")
        .value("job", Kind.STRING)
        .optional(Kind.LIST, "parameters")
        .optional(Kind.BOOLEAN, "wait", "propagate", "waitForStart")
        .optional(Kind.INTEGER, "quietPeriod")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("job");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    Map<String, String> parameters = parameters(step);
    BuildRequest request = request(step, parameters);
    step.say("Scheduling project: " + request.job());
    int number = step.note(Stored.number(), () -> step.build().createChild(request).id().number());
    var child = new Child(step.build(), request, new BuildId(request.job(), number));
    step.build().started(child);
    if (!step.flag("wait", true)) {
      return null;
    }
    BuildOutcome outcome = step.await(BuildOutcome.STORED, child::end);
    String name = request.job() + " #" + outcome.build().number();
    step.say("Build " + name + " completed: " + outcome.state());
    step.record("build", outcome.build().toString());
    if (outcome.state() != BuildState.SUCCESS && step.flag("propagate", true)) {
      if (outcome.state() == BuildState.UNSTABLE) {
        step.build().currentBuild().setResult(BuildResult.UNSTABLE);
        step.block().stages().forEach(stage -> stage.worsen(BuildResult.UNSTABLE));
      } else {
        throw new StepFailed(
            name + " completed with status " + outcome.state() + " (propagate: false to ignore)");
      }
    }
    return value(request, outcome, parameters);
  }

  private static BuildRequest request(StepContext step, Map<String, String> parameters) {
    BuildRequest own = step.build().request();
    try {
      return own.others()
          .request(own, step.text("job"), parameters)
          .orElseThrow(() ->
              new StepFailed(
                  "build: no such job: %s (expected: one of %s)"
                      .formatted(step.text("job"), own.others().names())));
    } catch (IllegalArgumentException e) {
      throw new StepFailed("build: " + step.text("job") + ": " + e.getMessage());
    }
  }

  private static Map<String, String> parameters(StepContext step) {
    var parameters = new LinkedHashMap<String, String>();
    for (Object item : step.list("parameters")) {
      if (!(item instanceof Map<?, ?> map) || map.get("name") == null) {
        throw new StepFailed("build: parameters: expected string(name: …, value: …) and the like");
      }
      parameters.put(String.valueOf(map.get("name")), String.valueOf(map.get("value")));
    }
    return parameters;
  }

  private static Map<String, Object> value(
      BuildRequest request, BuildOutcome outcome, Map<String, String> parameters) {
    var value = new LinkedHashMap<String, Object>();
    value.put("number", outcome.build().number());
    value.put("id", Integer.toString(outcome.build().number()));
    value.put("result", outcome.state().name());
    value.put("currentResult", outcome.state().name());
    value.put("projectName", request.job().value());
    value.put("fullProjectName", request.job().value());
    value.put("displayName", "#" + outcome.build().number());
    value.put("fullDisplayName", request.job() + " #" + outcome.build().number());
    value.put("absoluteUrl", outcome.logFile().toUri().toString());
    value.put("duration", outcome.duration().toMillis());
    value.put("buildVariables", new LinkedHashMap<>(parameters));
    return value;
  }

  /** A build that another one started; runs on a thread of its own. */
  static final class Child {
    private final BuildRequest request;
    private final Thread thread;
    private volatile @Nullable BuildOutcome outcome;

    /**
     * @param id of the build, which may have begun or ended before the controller was started again
     */
    Child(RunningBuild parent, BuildRequest request, BuildId id) {
      this.request = request;
      this.thread =
          Thread.ofVirtual()
              .name("build " + request.job())
              .start(() -> outcome = parent.runChild(request, id));
    }

    /** Waits for it; whoever is interrupted meanwhile aborts it first. */
    BuildOutcome end() throws InterruptedException {
      try {
        thread.join();
      } catch (InterruptedException e) {
        request.abort().abort("the build that started it");
        thread.join();
        throw e;
      }
      BuildOutcome end = outcome;
      if (end == null) {
        throw new StepFailed("build: a fault of Deputy ended the build of " + request.job());
      }
      return end;
    }
  }
}
