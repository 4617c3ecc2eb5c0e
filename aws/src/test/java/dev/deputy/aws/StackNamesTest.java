package dev.deputy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.CredentialsMode;
import dev.deputy.core.SourceRef;
import dev.deputy.core.TemplateName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackNamesTest {
  @Test
  void familyIsCalledAfterTheAccount() {
    assertThat(family("production", "production")).isEqualTo("jenkins-agent-account-production");
    assertThat(family("builder", "")).isEqualTo("jenkins-agent_builder");
  }

  @Test
  void noTwoTemplatesShareAFamily() {
    assertThat(
            List.of(
                family("b-c", "a"),
                family("c", "a-b"),
                family("a-b-c", "a-b-c"),
                family("account-a-b-c", ""),
                family("a", "a"),
                family("account-a", "")))
        .doesNotHaveDuplicates();
  }

  @Test
  void namesOfRolesAreNotLongerThanIamAllows() {
    var longest = new TemplateName("t".repeat(50));
    assertThat(StackNames.deployRole(longest)).hasSize(64);
    assertThat(StackNames.agent(longest)).hasSizeLessThanOrEqualTo(64);
    assertThatThrownBy(() -> new TemplateName("t".repeat(51)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String family(String template, String account) {
    return StackNames.family(
        new AgentTemplate(
            new TemplateName(template),
            List.of(),
            account.isEmpty() ? Optional.empty() : Optional.of(new AccountName(account)),
            account.isEmpty() ? CredentialsMode.NONE : CredentialsMode.DEPLOY_ROLE,
            "deputy-agent",
            new AgentTemplate.TaskSize(128, 128, "bridge"),
            new SourceRef("deputy.yaml", 1, 1)));
  }
}
