package dev.deputy.fleet;

import dev.deputy.core.AccountName;
import dev.deputy.core.JobName;
import dev.deputy.core.TemplateName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many agents there may be at one time. What is absent has no limit. Counted is a launch, from
 * the decision to launch until its task is known to be gone.
 *
 * @param overall of this controller
 */
public record Caps(
    OptionalInt overall,
    Map<AccountName, Integer> accounts,
    Map<TemplateName, Integer> templates,
    Map<JobName, Integer> jobs) {
  /** No limits. */
  public static final Caps NONE = new Caps(OptionalInt.empty(), Map.of(), Map.of(), Map.of());

  public Caps {
    accounts = Map.copyOf(accounts);
    templates = Map.copyOf(templates);
    jobs = Map.copyOf(jobs);
  }

  /** One limit, and whom it is for. */
  sealed interface Cap {
    int max();

    record OfJob(JobName job, int max) implements Cap {}

    record OfTemplate(TemplateName template, int max) implements Cap {}

    record OfAccount(AccountName account, int max) implements Cap {}

    record Overall(int max) implements Cap {}

    /** Who has as many agents as may be, with the key that says so. */
    default String words() {
      return switch (this) {
        case OfJob(JobName job, _) -> "job " + job + " has " + agents() + " (maxAgents)";
        case OfTemplate(TemplateName template, _) ->
            "agent template " + template + " has " + agents() + " (max)";
        case OfAccount(AccountName account, _) ->
            "account " + account + " has " + agents() + " (maxAgents)";
        case Overall _ -> "the cloud has " + agents() + " (maxAgents)";
      };
    }

    private String agents() {
      return max() == 1 ? "its one agent" : "its " + max() + " agents";
    }
  }

  /** Those that a launch counts for, the narrowest first. */
  List<Cap> of(Demand demand) {
    List<Cap> all = new ArrayList<>();
    Optional.ofNullable(jobs.get(demand.job()))
        .ifPresent(max -> all.add(new Cap.OfJob(demand.job(), max)));
    Optional.ofNullable(templates.get(demand.template()))
        .ifPresent(max -> all.add(new Cap.OfTemplate(demand.template(), max)));
    demand
        .account()
        .filter(accounts::containsKey)
        .ifPresent(name -> all.add(new Cap.OfAccount(name, accounts.getOrDefault(name, 0))));
    overall.ifPresent(max -> all.add(new Cap.Overall(max)));
    return all;
  }
}
