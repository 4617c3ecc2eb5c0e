package dev.deputy.aws;

import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.TemplateName;
import java.util.List;

/**
 * What the stacks and the things in them are called: the names that both the templates and the
 * controller rely on.
 */
final class StackNames {
  static final String TOOLING = "deputy-tooling";
  static final String PERMISSIONS = "deputy-permissions";

  private static final String AGENT = "deputy-agent-";
  private static final String DEPLOY_ROLE = "deputy-deploy-";

  /** In the order in which stacks of these names can be deleted. */
  private static final List<String> DELETED_IN_ORDER =
      List.of(AGENT, DEPLOY_ROLE, PERMISSIONS, TOOLING);

  private StackNames() {}

  /** Whether it is the stack of an agent template; the task role has its name. */
  static boolean isAgent(String stack) {
    return stack.startsWith(AGENT);
  }

  /** Whether a stack of this name may be Deputy's. */
  static boolean isOurs(String stack) {
    return stack.equals(TOOLING)
        || stack.equals(PERMISSIONS)
        || stack.startsWith(AGENT)
        || stack.startsWith(DEPLOY_ROLE);
  }

  /** Sorts stacks so that each is deleted before what it depends on. */
  static int deletedAt(String stack) {
    for (int i = 0; i < DELETED_IN_ORDER.size(); i++) {
      if (stack.startsWith(DELETED_IN_ORDER.get(i))) {
        return i;
      }
    }
    return DELETED_IN_ORDER.size();
  }

  static String agent(TemplateName template) {
    return AGENT + template;
  }

  static String deployRole(TemplateName template) {
    return DEPLOY_ROLE + template;
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
