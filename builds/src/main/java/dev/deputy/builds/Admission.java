package dev.deputy.builds;

import dev.deputy.access.AccessDecision;
import dev.deputy.access.Approval;
import dev.deputy.access.LabelExpression;
import dev.deputy.access.LabelSyntaxException;
import dev.deputy.access.TemplateChoice;
import dev.deputy.access.TemplateChoice.Outcome.Decided;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.TemplateName;
import dev.deputy.pipeline.PipelineException.Denied;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    Optional<AgentTemplate> local = build.settings().local();
    if (local.isPresent()) {
      List<String> labels =
          label.map(Admission::expression).map(Admission::fitting).orElse(List.of());
      return new Admitted(local.get().labelled(labels), "local");
    }
    while (true) {
      switch (choose(label)) {
        case Choice.Granted(TemplateName template, String grant) -> {
          return new Admitted(template(template), grant);
        }
        case Choice.Approvable missing -> approve(missing, missing.candidates(), Optional.empty());
        case Choice.Denied(String reason) -> throw build.deny(step, reason);
        case Choice.NoSuchAgent(String reason) -> throw new StepFailed(reason);
      }
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
    if (build.settings().local().isPresent()) {
      return Optional.empty();
    }
    return switch (choose(label)) {
      case Choice.Granted _ -> Optional.empty();
      case Choice.Denied(String reason) -> throw build.deny(step, reason);
      case Choice.NoSuchAgent(String reason) -> throw new StepFailed(reason);
      case Choice.Approvable missing -> {
        List<String> both =
            missing.candidates().stream()
                .filter(user -> submitters.isEmpty() || submitters.contains(user))
                .toList();
        yield both.isEmpty()
            ? Optional.empty()
            : Optional.of(approve(missing, both, Optional.of(form)));
      }
    };
  }

  /** What the policy says of the templates that a label expression means, audited. */
  private Choice choose(Optional<String> label) {
    Optional<LabelExpression> expression = label.map(Admission::expression);
    return step.note(Choice.STORED, () -> Choice.of(decide(expression)));
  }

  private TemplateChoice.Outcome decide(Optional<LabelExpression> label) {
    var templates =
        new TemplateChoice(build.settings().templates(), build.settings().defaultAgent());
    TemplateChoice.Outcome outcome =
        templates.choose(label, name -> build.access().decide(record, name));
    if (outcome instanceof Decided(AgentTemplate template, AccessDecision decision)) {
      build.access().record(record, template.name(), NEED, decision, build.clock());
    }
    return outcome;
  }

  private AgentTemplate template(TemplateName name) {
    return build.settings().templates().stream()
        .filter(template -> template.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Diverged("agent template " + name + " is not configured any more"));
  }

  private static LabelExpression expression(String label) {
    try {
      return LabelExpression.parse(label);
    } catch (LabelSyntaxException e) {
      throw new StepFailed(String.valueOf(e.getMessage()));
    }
  }

  /** Labels of an agent that the expression means: those it names, without those it excludes. */
  private static List<String> fitting(LabelExpression expression) {
    List<String> named = expression.labels();
    return named.stream()
        .filter(label -> {
          var others = new LinkedHashSet<>(named);
          others.remove(label);
          return expression.matches(Set.copyOf(named)) || !expression.matches(others);
        })
        .toList();
  }

  /** What is wrong with a label expression that is written out; a blank one asks for nothing. */
  static Optional<String> labelFault(Object label) {
    String text = label.toString().strip();
    try {
      if (!text.isEmpty()) {
        LabelExpression.parse(text);
      }
      return Optional.empty();
    } catch (LabelSyntaxException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  private Answer.Approved approve(
      Choice.Approvable missing, List<String> candidates, Optional<Question.Form> form) {
    step.say(question(missing, candidates, Optional.empty(), form).text());
    Answer.Approved answer =
        new Inquiry(step).ask(refusal -> question(missing, candidates, refusal, form));
    step.note(Stored.done(), () -> give(missing.template(), answer.by()));
    step.say("Approved by " + answer.by());
    return answer;
  }

  private boolean give(TemplateName template, String by) {
    Approvals.give(
        build.stores().audit(),
        record.id(),
        new Approval(by, template, record.scriptHash(), record.commit().orElse(""), build.clock()));
    return true;
  }

  private Question question(
      Choice.Approvable missing,
      List<String> candidates,
      Optional<String> refusal,
      Optional<Question.Form> form) {
    return new Question.AgentApproval(
        record.id(),
        "approval-" + step.number(),
        step.block().stageName(),
        missing.template(),
        build.settings().account(template(missing.template())),
        record.commit(),
        missing.grant(),
        candidates,
        missing.missing(),
        refusal,
        form);
  }
}
