package dev.deputy.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.access.AccessDecision.ApprovalMissing;
import dev.deputy.access.AccessDecision.Denied;
import dev.deputy.access.AccessDecision.Granted;
import dev.deputy.access.TemplateChoice.Outcome;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.CredentialsMode;
import dev.deputy.core.SourceRef;
import dev.deputy.core.TemplateName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TemplateChoiceTest {
  private static final SourceRef HERE = new SourceRef("deputy.yaml", 1, 1);
  private static final Grant GRANT =
      new Grant("g", List.of("**"), List.of(), List.of(), List.of(), Optional.empty(), HERE);
  private static final AccessDecision GRANTED = new Granted(GRANT, List.of());
  private static final AccessDecision MISSING = new ApprovalMissing(GRANT, List.of("bob"), 1);

  private final AgentTemplate builder = template("builder", "linux", "builder");
  private final AgentTemplate large = template("large", "linux", "large");
  private final AgentTemplate small = template("small", "linux");
  private final TemplateChoice choice =
      new TemplateChoice(List.of(builder, large, small), Optional.of(builder.name()));

  @Test
  void firstGrantedTemplateInFileOrderIsTaken() {
    assertThat(choose("linux", Map.of("large", GRANTED, "small", GRANTED)))
        .isEqualTo(new Outcome.Decided(large, GRANTED));
  }

  @Test
  void grantedTemplateWinsOverAnEarlierOneThatMissesApprovals() {
    assertThat(choose("linux", Map.of("builder", MISSING, "small", GRANTED)))
        .isEqualTo(new Outcome.Decided(small, GRANTED));
  }

  @Test
  void firstThatOnlyMissesApprovalsComesNext() {
    assertThat(choose("linux", Map.of("large", MISSING, "small", MISSING)))
        .isEqualTo(new Outcome.Decided(large, MISSING));
  }

  @Test
  void denialTellsTheReasonsOfAll() {
    assertThat(choose("linux && !large", Map.of()))
        .isEqualTo(new Outcome.Decided(builder, new Denied("no builder\nno small")));
  }

  @Test
  void agentAnyIsTheDefaultAgentAndNoOther() {
    assertThat(choice.choose(Optional.empty(), policy(Map.of("large", GRANTED))))
        .isEqualTo(new Outcome.Decided(builder, new Denied("no builder")));
  }

  @Test
  void agentAnyWithoutDefaultIsNoAgent() {
    var none = new TemplateChoice(List.of(builder), Optional.empty());

    assertThat(none.choose(Optional.empty(), policy(Map.of("builder", GRANTED))))
        .isEqualTo(
            new Outcome.NoSuchAgent(
                "agent any needs an agent template named by cloud.defaultAgent in the"
                    + " configuration"));
  }

  @Test
  void unknownLabelIsToldWithTheKnownOnesAndTheNearest() {
    assertThat(choose("linux && Lrage", Map.of("large", GRANTED)))
        .isEqualTo(
            new Outcome.NoSuchAgent(
                "no agent template fits the label 'linux && Lrage' (known labels: builder, large,"
                    + " linux); did you mean large?"));
    assertThat(choose("windows", Map.of()))
        .isEqualTo(
            new Outcome.NoSuchAgent(
                "no agent template fits the label 'windows' (known labels: builder, large,"
                    + " linux)"));
  }

  @Test
  void templatesNameIsNoLabel() {
    assertThat(choose("small", Map.of("small", GRANTED))).isInstanceOf(Outcome.NoSuchAgent.class);
  }

  @Test
  void policyIsAskedUntilATemplateIsGranted() {
    var asked = new ArrayList<TemplateName>();
    choice.choose(
        Optional.of(LabelExpression.parse("linux")),
        template -> {
          asked.add(template);
          return template.equals(large.name()) ? GRANTED : new Denied("no");
        });

    assertThat(asked).containsExactly(builder.name(), large.name());
  }

  private Outcome choose(String label, Map<String, AccessDecision> decisions) {
    return choice.choose(Optional.of(LabelExpression.parse(label)), policy(decisions));
  }

  private static Function<TemplateName, AccessDecision> policy(
      Map<String, AccessDecision> decisions) {
    return template -> decisions.getOrDefault(template.value(), new Denied("no " + template));
  }

  private static AgentTemplate template(String name, String... labels) {
    return new AgentTemplate(
        new TemplateName(name),
        List.of(labels),
        Optional.empty(),
        CredentialsMode.NONE,
        "deputy-agent",
        new AgentTemplate.TaskSize(2048, 3584, "bridge"),
        HERE);
  }
}
