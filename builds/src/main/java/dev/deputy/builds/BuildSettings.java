package dev.deputy.builds;

import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.TemplateName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration says about agents.
 *
 * @param templates in the order of the configuration
 * @param defaultAgent what {@code agent any} gets; empty: nothing
 * @param accounts by name; every template's account is here
 */
public record BuildSettings(
    List<AgentTemplate> templates,
    Optional<TemplateName> defaultAgent,
    Map<AccountName, Account> accounts) {
  public BuildSettings {
    templates = List.copyOf(templates);
    accounts = Map.copyOf(accounts);
  }

  /** The account that a template's agents act in; empty for agents that reach none. */
  Optional<Account> account(AgentTemplate template) {
    return template.account().map(accounts::get);
  }
}
