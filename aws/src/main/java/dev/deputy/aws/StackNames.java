package dev.deputy.aws;

import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.TemplateName;

/**
 * What the stacks and the things in them are called: the names that both the templates and the
 * controller rely on.
 */
final class StackNames {
  static final String TOOLING = "deputy-tooling";
  static final String PERMISSIONS = "deputy-permissions";

  private StackNames() {}

  static String agent(TemplateName template) {
    return "deputy-agent-" + template;
  }

  static String deployRole(TemplateName template) {
    return "deputy-deploy-" + template;
  }

  /**
   * Family of the task definition: after the account, as in the practice that Deputy implements. No
   * two templates share one: {@code _} is in no name.
   */
  static String family(AgentTemplate template) {
    String name = template.name().value();
    return template
        .account()
        .map(AccountName::value)
        .map(account ->
            "jenkins-agent-account-" + (account.equals(name) ? account : account + "_" + name))
        .orElse("jenkins-agent_" + name);
  }
}
