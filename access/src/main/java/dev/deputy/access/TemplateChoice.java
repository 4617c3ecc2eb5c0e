package dev.deputy.access;

import dev.deputy.core.AgentTemplate;
import dev.deputy.core.Nearest;
import dev.deputy.core.TemplateName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the agent template for what a Jenkinsfile asks for. Immutable.
 *
 * @param templates in file order
 * @param defaultAgent what {@code agent any} gets; empty: nothing
 */
public record TemplateChoice(List<AgentTemplate> templates, Optional<TemplateName> defaultAgent) {
  private static final String NO_DEFAULT =
      "agent any needs an agent template named by cloud.defaultAgent in the configuration";

  public TemplateChoice {
    templates = List.copyOf(templates);
  }

  /** What came out. */
  public sealed interface Outcome {
    /**
     * A template, with what the policy says of it; where all that fit are denied, the first of them
     * with the reasons of all.
     */
    record Decided(AgentTemplate template, AccessDecision decision) implements Outcome {}

    /**
     * There is no such template, whatever is granted.
     *
     * @param reason for people: the labels that there are, and the one that was probably meant
     */
    record NoSuchAgent(String reason) implements Outcome {}
  }

  /**
   * The first template in file order that fits and is granted, else the first that only misses
   * approvals, else a denial.
   *
   * @param label empty for {@code agent any}
   * @param policy what is said of a template; asked once for each that fits, until one is granted
   */
  public Outcome choose(
      Optional<LabelExpression> label, Function<TemplateName, AccessDecision> policy) {
    List<AgentTemplate> fitting = templates.stream().filter(t -> fits(t, label)).toList();
    if (fitting.isEmpty()) {
      return new Outcome.NoSuchAgent(label.map(this::unknown).orElse(NO_DEFAULT));
    }
    Optional<Outcome> approvable = Optional.empty();
    var reasons = new ArrayList<String>();
    for (AgentTemplate template : fitting) {
      AccessDecision decision = policy.apply(template.name());
      switch (decision) {
        case AccessDecision.Granted _ -> {
          return new Outcome.Decided(template, decision);
        }
        case AccessDecision.ApprovalMissing _ ->
            approvable = approvable.or(() -> Optional.of(new Outcome.Decided(template, decision)));
        case AccessDecision.Denied(String reason) -> reasons.add(reason);
      }
    }
    return approvable.orElseGet(() ->
        new Outcome.Decided(
            fitting.getFirst(), new AccessDecision.Denied(String.join("\n", reasons))));
  }

  private boolean fits(AgentTemplate template, Optional<LabelExpression> label) {
    return label
        .map(expression -> expression.matches(Set.copyOf(template.labels())))
        .orElseGet(() -> defaultAgent.filter(template.name()::equals).isPresent());
  }

  private String unknown(LabelExpression expression) {
    Set<String> known =
        templates.stream()
            .flatMap(template -> template.labels().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    String hint =
        expression.labels().stream()
            .filter(label -> !known.contains(label))
            .flatMap(label -> Nearest.to(label, known).stream())
            .map(label -> "; did you mean " + label + "?")
            .findFirst()
            .orElse("");
    return "no agent template fits the label '"
        + expression
        + "' (known labels: "
        + String.join(", ", known)
        + ")"
        + hint;
  }
}
