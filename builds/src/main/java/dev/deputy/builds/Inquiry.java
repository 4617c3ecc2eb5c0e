package dev.deputy.builds;

import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.InterruptionCause;
import dev.deputy.pipeline.InterruptionCause.Other;
import dev.deputy.pipeline.InterruptionCause.Rejected;
import dev.deputy.pipeline.PipelineException.Interrupted;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts a question until it has an answer that counts: a yes by somebody who may give it, or a no by
 * anybody.
 */
record Inquiry(StepContext step) {
  /** After so many answers that did not count nobody will give one that does. */
  private static final int ATTEMPTS = 3;

  private static final Stored<Answer> ANSWER = Stored.of(Inquiry::fields, Inquiry::read);

  private static Map<String, Object> fields(Answer answer) {
    return switch (answer) {
      case Answer.Approved(String by, var values) -> Map.of("approved", by, "values", values);
      case Answer.Declined(String by) -> Map.of("declined", by);
      case Answer.Unanswerable(String reason) -> Map.of("unanswerable", reason);
    };
  }

  private static Answer read(@Nullable Object stored) {
    Stored.Fields fields = Stored.Fields.of(stored);
    Optional<String> by = fields.optionalText("approved");
    if (by.isPresent()) {
      var values = new LinkedHashMap<String, Object>();
      if (fields.values().get("values") instanceof Map<?, ?> map) {
        map.forEach((name, value) -> {
          if (value != null) {
            values.put(String.valueOf(name), value);
          }
        });
      }
      return new Answer.Approved(by.get(), values);
    }
    return fields
        .optionalText("declined")
        .<Answer>map(Answer.Declined::new)
        .orElseGet(() -> new Answer.Unanswerable(fields.text("unanswerable")));
  }

  /**
   * Returns the yes that counts.
   *
   * @param question makes the question, given why the last answer did not count
   * @throws Interrupted when somebody said no or nobody can be asked
   */
  Answer.Approved ask(Function<Optional<String>, Question> question) {
    Optional<String> refusal = Optional.empty();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Question asked = question.apply(refusal);
      Answer answer = put(asked);
      switch (answer) {
        case Answer.Approved approved -> {
          refusal = asked.objection(approved);
          if (refusal.isEmpty()) {
            return approved;
          }
        }
        case Answer.Declined(String by) -> throw aborted(new Rejected(by));
        case Answer.Unanswerable(String reason) -> throw aborted(new Other(reason));
      }
      step.say(refusal.orElseThrow());
    }
    throw aborted(new Other("No answer that counts: " + refusal.orElse("")));
  }

  private static Interrupted aborted(InterruptionCause cause) {
    return new Interrupted(BuildResult.ABORTED, cause);
  }

  private Answer put(Question question) {
    RunningBuild build = step.build();
    Instant asked = build.clock();
    build.announce(new BuildEvent.QuestionAsked(asked, build.id(), question));
    try {
      return build.whileWaiting(step, ANSWER, () -> build.questions().ask(question));
    } finally {
      build.times().approval(Duration.between(asked, build.clock()));
    }
  }
}
