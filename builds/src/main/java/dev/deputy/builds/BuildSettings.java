package dev.deputy.builds;

import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.CredentialsMode;
import dev.deputy.core.SourceRef;
import dev.deputy.core.TemplateName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration says that builds need.
 *
 * @param templates in the order of the configuration
 * @param defaultAgent what {@code agent any} gets; empty: nothing
 * @param accounts by name; every template's account is here
 * @param local takes every need, whatever its label, without a question to access: the agents of
 *     this machine, which reach no account; empty where agents are launched
 * @param resources what the configuration lets builds use
 */
public record BuildSettings(
    List<AgentTemplate> templates,
    Optional<TemplateName> defaultAgent,
    Map<AccountName, Account> accounts,
    Optional<AgentTemplate> local,
    BuildResources resources) {
  public BuildSettings {
    templates = List.copyOf(templates);
    accounts = Map.copyOf(accounts);
  }

  /** Agents are launched as their templates say. */
  public BuildSettings(
      List<AgentTemplate> templates,
      Optional<TemplateName> defaultAgent,
      Map<AccountName, Account> accounts) {
    this(templates, defaultAgent, accounts, Optional.empty(), BuildResources.NONE);
  }

  /** Every need is served on this machine. */
  public static BuildSettings onThisMachine(BuildResources resources) {
    var template =
        new AgentTemplate(
            new TemplateName("local"),
            List.of(),
            Optional.empty(),
            CredentialsMode.NONE,
            "this machine",
            new AgentTemplate.TaskSize(0, 0, "host"),
            new SourceRef("--local", 1, 1));
    return new BuildSettings(
        List.of(), Optional.empty(), Map.of(), Optional.of(template), resources);
  }

  /** The account that a template's agents act in; empty for agents that reach none. */
  Optional<Account> account(AgentTemplate template) {
    return template.account().map(accounts::get);
  }
}
