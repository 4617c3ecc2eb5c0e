package dev.deputy.builds;

import dev.deputy.access.LabelExpression;
import dev.deputy.access.LabelSyntaxException;
import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code nodesByLabel}: a list with the label in it where an agent can have it, else an empty one.
 * Agents are launched for those who ask, so there are no others to name; {@code node} takes what is
 * in the list. Whether this job may have such an agent is not said.
 */
final class NodesByLabelStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("nodesByLabel")
        .value("label", Kind.STRING)
        .literals(Admission::labelFault)
        .optional(Kind.BOOLEAN, "offline")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public Set<String> names() {
    return Set.of("label");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String label = step.text("label");
    boolean known = step.note(Stored.done(), () -> isKnown(step.build().settings(), label));
    List<String> nodes = known ? List.of(label) : List.of();
    step.say("Found a total of " + nodes.size() + " nodes with the '" + label + "' label");
    return nodes;
  }

  private static boolean isKnown(BuildSettings settings, String label) {
    try {
      LabelExpression expression = LabelExpression.parse(label);
      return settings.local().isPresent()
          || settings.templates().stream()
              .anyMatch(template -> expression.matches(Set.copyOf(template.labels())));
    } catch (LabelSyntaxException e) {
      throw new StepFailed("nodesByLabel: " + e.getMessage());
    }
  }
}
