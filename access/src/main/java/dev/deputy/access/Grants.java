package dev.deputy.access;

import dev.deputy.access.AccessDecision.ApprovalMissing;
import dev.deputy.access.AccessDecision.Denied;
import dev.deputy.access.AccessDecision.Granted;
import dev.deputy.core.TemplateName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The policy that a list of grants makes: what no grant allows is denied. The first grant in file
 * order that matches and misses no approval decides; where there is none, the first that only
 * misses approvals. Kinds of causes that no build has never match. Immutable.
 */
public final class Grants implements AccessPolicy {
  private final List<Rule> rules;
  private final Map<TemplateName, List<Rule>> byTemplate;

  /**
   * @param grants in file order
   * @throws IllegalArgumentException when a name is there twice or a pattern is none
   */
  public Grants(List<Grant> grants) {
    var rules = new ArrayList<Rule>();
    var byName = new HashMap<String, Grant>();
    var byTemplate = new HashMap<TemplateName, List<Rule>>();
    for (Grant grant : grants) {
      Grant other = byName.putIfAbsent(grant.name(), grant);
      if (other != null) {
        throw new IllegalArgumentException(
            "grant \""
                + grant.name()
                + "\" is there twice: "
                + other.source()
                + " and "
                + grant.source());
      }
      var rule = new Rule(grant);
      rules.add(rule);
      for (TemplateName template : Set.copyOf(grant.agents())) {
        byTemplate.computeIfAbsent(template, _ -> new ArrayList<>()).add(rule);
      }
    }
    this.rules = List.copyOf(rules);
    this.byTemplate = Map.copyOf(byTemplate);
  }

  @Override
  public AccessDecision decide(AccessRequest request) {
    Optional<ApprovalMissing> missing = Optional.empty();
    for (Rule rule : byTemplate.getOrDefault(request.template(), List.of())) {
      if (!rule.matches(request)) {
        continue;
      }
      Grant grant = rule.grant();
      if (grant.approvals().isEmpty()) {
        return new Granted(grant, List.of());
      }
      Votes votes = Votes.count(grant.approvals().get(), request);
      if (votes.enough()) {
        return new Granted(grant, votes.given());
      }
      if (missing.isEmpty() && votes.possible()) {
        missing = Optional.of(new ApprovalMissing(grant, votes.candidates(), votes.missing()));
      }
    }
    return missing
        .<AccessDecision>map(decision -> decision)
        .orElseGet(() -> new Denied(Denial.of(request, rules)));
  }
}
