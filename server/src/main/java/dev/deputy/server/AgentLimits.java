package dev.deputy.server;

import dev.deputy.core.AccountName;
import dev.deputy.core.JobName;
import dev.deputy.core.TemplateName;
import dev.deputy.fleet.Caps;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** How many agents there may be: read where what a limit is for is read, and kept together. */
final class AgentLimits {
  private static final int MOST = 100_000;

  private final Map<AccountName, Integer> accounts = new HashMap<>();
  private final Map<TemplateName, Integer> templates = new HashMap<>();
  private final Map<JobName, Integer> jobs = new HashMap<>();
  private OptionalInt overall = OptionalInt.empty();

  void cloud(YamlMapping m) {
    overall = limit(m, "maxAgents").map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  void account(YamlMapping m, Optional<AccountName> name) {
    keep(accounts, name, limit(m, "maxAgents"));
  }

  void template(YamlMapping m, Optional<TemplateName> name) {
    keep(templates, name, limit(m, "max"));
  }

  void job(YamlMapping m, Optional<JobName> name) {
    keep(jobs, name, limit(m, "maxAgents"));
  }

  Caps caps() {
    return new Caps(overall, accounts, templates, jobs);
  }

  private static <N> void keep(Map<N, Integer> limits, Optional<N> name, Optional<Integer> limit) {
    name.ifPresent(known -> limit.ifPresent(most -> limits.put(known, most)));
  }

  private static Optional<Integer> limit(YamlMapping m, String key) {
    return m.has(key) ? m.integer(key, 1, MOST, MOST) : Optional.empty();
  }
}
