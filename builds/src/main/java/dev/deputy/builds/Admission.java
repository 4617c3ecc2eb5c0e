package dev.deputy.builds;

import dev.deputy.access.AccessDecision;
import dev.deputy.access.Approval;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.BuildRecord;
import dev.deputy.pipeline.PipelineException.Denied;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides which agent template a need gets, asking people for the approvals that are missing. Ends
 * before anything is launched.
 */
final class Admission {
  /** The moment of decisions that are made here, for the audit. */
  private static final String NEED = "need";

  private final StepContext step;
  private final RunningBuild build;
  private final BuildRecord record;

  Admission(StepContext step) {
    this.step = step;
    this.build = step.build();
    this.record = build.record();
  }

  /**
   * What a need may use.
   *
   * @param grant the name of the grant that decided
   */
  record Admitted(AgentTemplate template, String grant) {}

  /**
   * The template that a label expression leads to, approved by as many people as its grant asks
   * for.
   *
   * @throws Denied when no template with that label may be used
   * @throws dev.deputy.pipeline.PipelineException.Interrupted when an approval was refused
   */
  Admitted admit(Optional<String> label) {
    Instant asked = build.now();
    try {
      while (true) {
        switch (choose(label)) {
          case Choice(var template, AccessDecision.Granted(var grant, _)) -> {
            return new Admitted(template, grant.name());
          }
          case Choice(var template, AccessDecision.ApprovalMissing missing) ->
              approve(template, missing, missing.candidates(), Optional.empty());
          case Choice(_, AccessDecision.Denied(String reason)) -> throw build.deny(step, reason);
        }
      }
    } finally {
      build.times().approval(Duration.between(asked, build.now()));
    }
  }

  /**
   * Puts an {@code input} of the file that stands before a need: as the approval of that need where
   * one is missing and whoever may submit the input may give it.
   *
   * @param submitters as the file names them; empty: anybody
   * @return the answer; empty where the input is nobody's approval
   */
  Optional<Answer.Approved> approve(
      Optional<String> label, List<String> submitters, Question.Form form) {
    Choice choice = choose(label);
    return switch (choice.decision()) {
      case AccessDecision.Granted _ -> Optional.empty();
      case AccessDecision.Denied(String reason) -> throw build.deny(step, reason);
      case AccessDecision.ApprovalMissing missing -> {
        List<String> both =
            missing.candidates().stream()
                .filter(user -> submitters.isEmpty() || submitters.contains(user))
                .toList();
        yield both.isEmpty()
            ? Optional.empty()
            : Optional.of(approve(choice.template(), missing, both, Optional.of(form)));
      }
    };
  }

  /** A template and what the policy says of it. */
  private record Choice(AgentTemplate template, AccessDecision decision) {}

  /** The first template that is granted, else the first that an approval would open. */
  private Choice choose(Optional<String> label) {
    List<Choice> choices =
        candidates(label).stream()
            .map(t -> new Choice(t, build.access().decide(record, t.name())))
            .toList();
    Choice best =
        first(choices, AccessDecision.Granted.class)
            .or(() -> first(choices, AccessDecision.ApprovalMissing.class))
            .orElseGet(choices::getFirst);
    build.access().record(record, best.template().name(), NEED, best.decision(), build.now());
    return best;
  }

  private static Optional<Choice> first(
      List<Choice> choices, Class<? extends AccessDecision> kind) {
    return choices.stream().filter(c -> kind.isInstance(c.decision())).findFirst();
  }

  private List<AgentTemplate> candidates(Optional<String> label) {
    List<AgentTemplate> matching =
        build.settings().templates().stream()
            .filter(t ->
                label.isPresent()
                    ? t.labels().contains(label.get())
                    : build.settings().defaultAgent().filter(t.name()::equals).isPresent())
            .toList();
    if (matching.isEmpty()) {
      throw new StepFailed(
          label
              .map(l -> "no agent template has a label that fits '" + l + "'")
              .orElse("'agent any' needs cloud.defaultAgent in the configuration"));
    }
    return matching;
  }

  private Answer.Approved approve(
      AgentTemplate template,
      AccessDecision.ApprovalMissing missing,
      List<String> candidates,
      Optional<Question.Form> form) {
    step.say(question(template, missing, candidates, Optional.empty(), form).text());
    Answer.Approved answer =
        new Inquiry(step).ask(refusal -> question(template, missing, candidates, refusal, form));
    Approvals.give(
        build.stores().audit(),
        record.id(),
        new Approval(
            answer.by(),
            template.name(),
            record.scriptHash(),
            record.commit().orElse(""),
            build.now()));
    return answer;
  }

  private Question question(
      AgentTemplate template,
      AccessDecision.ApprovalMissing missing,
      List<String> candidates,
      Optional<String> refusal,
      Optional<Question.Form> form) {
    return new Question.AgentApproval(
        record.id(),
        "approval-" + step.number(),
        step.block().stageName(),
        template.name(),
        build.settings().account(template),
        missing.grant().name(),
        candidates,
        missing.missing(),
        refusal,
        form);
  }
}
