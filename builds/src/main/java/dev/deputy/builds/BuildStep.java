package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.JobName;
import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
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

  /**
   * What came of the wish for a build.
   *
   * @param build empty where there can not be one
   * @param refusal why not
   */
  private record Scheduled(Optional<BuildId> build, Optional<String> refusal) {
    static final Stored<Scheduled> STORED = Stored.of(Scheduled::fields, Scheduled::read);

    static Scheduled refused(String why) {
      return new Scheduled(Optional.empty(), Optional.of(why));
    }

    private Map<String, Object> fields() {
      return build
          .<Map<String, Object>>map(id -> Map.of("job", id.job().value(), "number", id.number()))
          .orElseGet(() -> Map.of("refusal", refusal.orElse("")));
    }

    private static Scheduled read(@Nullable Object stored) {
      Stored.Fields fields = Stored.Fields.of(stored);
      return new Scheduled(
          fields
              .optionalText("job")
              .map(job -> new BuildId(new JobName(job), fields.number("number"))),
          fields.optionalText("refusal"));
    }
  }

  @Override
  public @Nullable Object run(StepContext step) {
    Map<String, String> parameters = parameters(step);
    var made = new AtomicReference<@Nullable BuildRequest>();
    Scheduled scheduled = step.note(Scheduled.STORED, () -> schedule(step, parameters, made));
    BuildId id =
        scheduled.build().orElseThrow(() -> new StepFailed(scheduled.refusal().orElse("")));
    step.say("Scheduling project: " + id.job());
    var child = new Child(step.build(), id, Optional.ofNullable(made.get()));
    step.build().started(child);
    if (!step.flag("wait", true)) {
      return null;
    }
    BuildOutcome outcome = step.await(BuildOutcome.STORED, child::end);
    String name = id.job() + " #" + id.number();
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
    return value(outcome, parameters);
  }

  /**
   * @param made gets what the build is made of, where it is made now
   */
  private static Scheduled schedule(
      StepContext step,
      Map<String, String> parameters,
      AtomicReference<@Nullable BuildRequest> made) {
    BuildRequest own = step.build().request();
    String job = step.text("job");
    try {
      Optional<BuildRequest> request = own.others().request(own, job, parameters);
      if (request.isEmpty()) {
        return Scheduled.refused(
            "build: no such job: %s (expected: one of %s)".formatted(job, own.others().names()));
      }
      BuildRunner.Child child = step.build().createChild(request.get(), step.number());
      if (child.now()) {
        made.set(request.get());
      }
      return new Scheduled(Optional.of(child.id()), Optional.empty());
    } catch (IllegalArgumentException e) {
      return Scheduled.refused("build: " + job + ": " + e.getMessage());
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

  private static Map<String, Object> value(BuildOutcome outcome, Map<String, String> parameters) {
    BuildId id = outcome.build();
    var value = new LinkedHashMap<String, Object>();
    value.put("number", id.number());
    value.put("id", Integer.toString(id.number()));
    value.put("result", outcome.state().name());
    value.put("currentResult", outcome.state().name());
    value.put("projectName", id.job().value());
    value.put("fullProjectName", id.job().value());
    value.put("displayName", "#" + id.number());
    value.put("fullDisplayName", id.job() + " #" + id.number());
    value.put("absoluteUrl", outcome.logFile().toUri().toString());
    value.put("duration", outcome.duration().toMillis());
    value.put("buildVariables", new LinkedHashMap<>(parameters));
    return value;
  }

  /** A build that another one started; runs on a thread of its own. */
  static final class Child {
    private final BuildId id;
    private final AbortSignal abort;
    private final Thread thread;
    private volatile @Nullable BuildOutcome outcome;

    /**
     * @param made what the build was made of just now; empty where an earlier process made it, and
     *     it may have begun or ended before the controller was started again
     */
    Child(RunningBuild parent, BuildId id, Optional<BuildRequest> made) {
      this.id = id;
      this.abort = made.map(BuildRequest::abort).orElseGet(AbortSignal::new);
      this.thread =
          Thread.ofVirtual()
              .name("build " + id)
              .start(() ->
                  outcome =
                      made.map(request -> parent.runChild(request, id))
                          .orElseGet(() -> parent.continueChild(id, abort)));
    }

    /** Waits for it; whoever is interrupted meanwhile aborts it first. */
    BuildOutcome end() throws InterruptedException {
      try {
        thread.join();
      } catch (InterruptedException e) {
        abort.abort("the build that started it");
        thread.join();
        throw e;
      }
      BuildOutcome end = outcome;
      if (end == null) {
        throw new StepFailed("build: a fault of Deputy ended the build " + id);
      }
      return end;
    }
  }
}
