package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.ParameterDefinition;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code input}: asks a person. Where it stands before a need for an agent whose grant asks for an
 * approval, the answer is that approval as well; the question then says so.
 */
final class InputStep implements Step {
  /**
   * What the interpreter adds to a stage's {@code input}: the label expression of the stage's
   * agent, blank for any; null where it has none of its own or its label depends on the answer.
   */
  private static final String FOR_AGENT = "forAgent";

  @Override
  public StepSignature signature() {
    return Signatures.step("input")
        .value("message", Kind.STRING)
        .optional(Kind.STRING, "id", "ok", "submitter", "submitterParameter")
        .optional(Kind.LIST, "parameters")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("id", "submitter", "submitterParameter", FOR_AGENT);
  }

  @Override
  public @Nullable Object run(StepContext step) {
    List<ParameterDefinition> parameters =
        step.list("parameters").stream().map(p -> InputParameters.read(step.name(), p)).toList();
    var form =
        new Question.Form(
            step.build().masks().hide(step.text("message")),
            step.filledText("ok").orElse("Proceed"),
            parameters);
    List<String> submitters = submitters(step);
    Answer.Approved answer =
        step.optionalText(FOR_AGENT)
            .flatMap(label ->
                new Admission(step)
                    .approve(Optional.of(label).filter(l -> !l.isBlank()), submitters, form))
            .orElseGet(() -> ask(step, submitters, form));
    step.record("by", answer.by());
    return value(step, parameters, answer);
  }

  private static List<String> submitters(StepContext step) {
    return step.filledText("submitter").stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .filter(user -> !user.isEmpty())
        .toList();
  }

  private static Answer.Approved ask(
      StepContext step, List<String> submitters, Question.Form form) {
    step.say(
        form.message()
            + "\n"
            + (form.parameters().isEmpty() ? form.ok() + " or Abort" : "Input requested"));
    Set<String> asked = step.build().inputs();
    String id = free(step.filledText("id").orElse("input-" + step.number()), asked);
    asked.add(id);
    try {
      Answer.Approved answer =
          new Inquiry(step)
              .ask(refusal -> new Question.Input(step.build().id(), id, submitters, refusal, form));
      step.say("Approved by " + answer.by());
      return answer;
    } finally {
      asked.remove(id);
    }
  }

  /** A matrix asks the same in each of its cells; an answer has to say which is meant. */
  private static String free(String id, Set<String> asked) {
    return Stream.iterate(1, n -> n + 1)
        .map(n -> n == 1 ? id : id + "-" + n)
        .filter(candidate -> !asked.contains(candidate))
        .findFirst()
        .orElseThrow();
  }

  /** As in Jenkins: nothing, the one value, or a map of all. */
  private static @Nullable Object value(
      StepContext step, List<ParameterDefinition> parameters, Answer.Approved answer) {
    BuildParameters bound = bind(parameters, answer);
    step.build().masks().add(bound.secrets());
    step.block()
        .workplace()
        .ifPresent(workplace -> workplace.agent().mask(step.build().masks().secrets()));
    var values = new LinkedHashMap<String, Object>(bound.values());
    step.filledText("submitterParameter").ifPresent(name -> values.put(name, answer.by()));
    return switch (values.size()) {
      case 0 -> null;
      case 1 -> values.values().iterator().next();
      default -> values;
    };
  }

  private static BuildParameters bind(
      List<ParameterDefinition> parameters, Answer.Approved answer) {
    var texts = new LinkedHashMap<String, String>();
    answer.values().forEach((name, value) -> texts.put(name, value.toString()));
    try {
      return BuildParameters.of(parameters, Map.copyOf(texts));
    } catch (IllegalArgumentException e) {
      throw new StepFailed("input: " + e.getMessage());
    }
  }
}
