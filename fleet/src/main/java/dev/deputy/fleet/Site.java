package dev.deputy.fleet;

import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.ControllerId;
import dev.deputy.core.Infrastructure;
import dev.deputy.core.Infrastructure.Deployed;
import dev.deputy.core.TemplateName;
import java.util.Map;
import java.util.Optional;

/**
 * What a fleet may launch, where, and how many: the configuration joined with what was deployed for
 * it.
 *
 * @param controller whose tasks they are
 */
public record Site(
    ControllerId controller,
    Infrastructure infrastructure,
    Map<TemplateName, AgentTemplate> templates,
    Map<AccountName, Account> accounts,
    Caps caps) {
  private static final int ARN_REGION = 3;
  private static final int ARN_ACCOUNT = 4;

  public Site {
    templates = Map.copyOf(templates);
    accounts = Map.copyOf(accounts);
    if (infrastructure.cluster().split(":", 6).length != 6) {
      throw new IllegalArgumentException(
          "cluster: \"" + infrastructure.cluster() + "\" (expected: an ARN)");
    }
  }

  /**
   * One template with all that belongs to it.
   *
   * @param account empty for agents that reach none
   * @param region that steps use
   */
  record Placement(
      AgentTemplate template, Deployed deployed, Optional<Account> account, String region) {}

  /** Empty where the template is not configured or was not deployed. */
  Optional<Placement> placement(TemplateName name) {
    AgentTemplate template = templates.get(name);
    Deployed deployed = infrastructure.templates().get(name);
    if (template == null || deployed == null) {
      return Optional.empty();
    }
    Optional<Account> account = template.account().map(accounts::get);
    if (account.isEmpty() != template.account().isEmpty()) {
      return Optional.empty();
    }
    String region = account.map(Account::region).orElse(clusterPart(ARN_REGION));
    return Optional.of(new Placement(template, deployed, account, region));
  }

  /** The account that agents of a template reach. */
  Optional<AccountName> account(TemplateName name) {
    return Optional.ofNullable(templates.get(name)).flatMap(AgentTemplate::account);
  }

  /** Id of the account that tasks and task roles are in. */
  String clusterAccount() {
    return clusterPart(ARN_ACCOUNT);
  }

  private String clusterPart(int index) {
    return infrastructure.cluster().split(":", 6)[index];
  }
}
