package dev.deputy.access;

import dev.deputy.core.TemplateName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says why nothing allows a request, and what would. */
final class Denial {
  /** So many near grants are named, the nearest first. */
  private static final int SHOWN = 5;

  private final AccessRequest request;
  private final List<Rule> rules;

  private Denial(AccessRequest request, List<Rule> rules) {
    this.request = request;
    this.rules = rules;
  }

  /**
   * @param rules all there are, in file order
   */
  static String of(AccessRequest request, List<Rule> rules) {
    return String.join("\n", new Denial(request, rules).lines());
  }

  private record Near(Rule rule, int distance) {}

  private List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(
        "job "
            + request.job()
            + " may not use agent template "
            + request.template()
            + " ("
            + request.branch().map(b -> "branch " + Yaml.scalar(b)).orElse("branch not known")
            + ", cause "
            + request.cause().kind()
            + " "
            + Yaml.scalar(request.cause().actor())
            + "): no grant allows it.");
    List<Near> near =
        rules.stream()
            .filter(rule -> rule.near(request))
            .map(rule -> new Near(rule, rule.distance(request)))
            .sorted(Comparator.comparingInt(Near::distance))
            .toList();
    near.stream().limit(SHOWN).forEach(grant -> lines.add(lack(grant.rule())));
    if (near.isEmpty()) {
      lines.add("  No grant names this template or matches this job.");
    } else if (near.size() > SHOWN) {
      lines.add("  … and " + (near.size() - SHOWN) + " more near grants.");
    }
    lines.addAll(missingGrant());
    return lines;
  }

  private String lack(Rule rule) {
    Grant grant = rule.grant();
    String lacks = String.join("; ", rule.lacks(request));
    return "  grant " + grant.name() + " (" + grant.source() + "): " + lacks;
  }

  /** The smallest grant that would do, with the approvals that this template asks others for. */
  private List<String> missingGrant() {
    var lines = new ArrayList<String>();
    lines.add(
        "Whether to allow it is for those to decide who answer for "
            + request.template()
            + ". The smallest grant that would:");
    lines.add("  - name: " + Yaml.scalar(freeName()));
    lines.add("    jobs: " + Yaml.list(List.of(request.job().value())));
    lines.add(
        request
            .branch()
            .map(branch -> "    branches: " + Yaml.list(List.of(branch)))
            .orElse(
                "    # the branch is not known, and only a grant without branches allows that"));
    lines.add("    causes: " + Yaml.list(List.of(request.cause().kind())));
    lines.add("    agents: " + Yaml.list(List.of(request.template().value())));
    usualApprovals()
        .ifPresent(rule ->
            lines.add(
                "    approvals: {from: "
                    + Yaml.list(rule.from())
                    + ", count: "
                    + rule.count()
                    + ", notStarter: "
                    + rule.notStarter()
                    + "}"));
    return lines;
  }

  private Optional<ApprovalRule> usualApprovals() {
    TemplateName template = request.template();
    return rules.stream()
        .map(Rule::grant)
        .filter(grant -> grant.agents().contains(template))
        .flatMap(grant -> grant.approvals().stream())
        .findFirst();
  }

  private String freeName() {
    String name = request.job().value().replace('/', '-') + "-" + request.template();
    String free = name;
    for (int i = 2; taken(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  private boolean taken(String name) {
    return rules.stream().anyMatch(rule -> rule.grant().name().equals(name));
  }
}
