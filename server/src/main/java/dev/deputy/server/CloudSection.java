package dev.deputy.server;

import dev.deputy.core.AccountName;
import dev.deputy.core.TemplateName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code cloud}: the cluster that agents run in. */
final class CloudSection {
  static final List<String> KEYS =
      List.of("name", "account", "region", "cluster", "defaultAgent", "maxAgents");

  private static final Form<String> NAME = Form.text("the cloud's name");
  private static final Form<String> CLUSTER =
      Form.matching("the cluster's name", "[A-Za-z0-9_-]{1,255}");

  private final Names<AccountName> accounts;
  private final Names<TemplateName> templates;
  private final AgentLimits limits;

  CloudSection(Names<AccountName> accounts, Names<TemplateName> templates, AgentLimits limits) {
    this.accounts = accounts;
    this.templates = templates;
    this.limits = limits;
  }

  /** The cloud; empty where it has a fault. */
  Optional<Configuration.Cloud> read(YamlMapping m) {
    m.allow(KEYS);
    Optional<String> name = m.required("name", NAME);
    Optional<AccountName> account =
        m.required("account", accounts.reference()).flatMap(Function.identity());
    Optional<String> region = m.required("region", AccountsSection.REGION);
    Optional<String> cluster = m.required("cluster", CLUSTER);
    Optional<TemplateName> defaultAgent =
        m.optional("defaultAgent", templates.reference()).flatMap(Function.identity());
    limits.cloud(m);
    if (name.isEmpty() || account.isEmpty() || region.isEmpty() || cluster.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Configuration.Cloud(
            name.get(), account.get(), region.get(), cluster.get(), defaultAgent));
  }
}
