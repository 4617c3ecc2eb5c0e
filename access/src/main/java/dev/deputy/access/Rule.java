package dev.deputy.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A grant with its patterns made ready. */
final class Rule {
  private final Grant grant;
  private final List<NamePattern> jobs;
  private final List<NamePattern> branches;

  Rule(Grant grant) {
    this.grant = grant;
    this.jobs = grant.jobs().stream().map(NamePattern::of).toList();
    this.branches = grant.branches().stream().map(NamePattern::of).toList();
  }

  Grant grant() {
    return grant;
  }

  /** Whether everything but the template and the approvals is as the grant asks for. */
  boolean matches(AccessRequest request) {
    return matchesJob(request) && matchesBranch(request) && matchesCause(request);
  }

  /** Whether it is for the same template or the same job. */
  boolean near(AccessRequest request) {
    return grant.agents().contains(request.template()) || matchesJob(request);
  }

  /** How many of its conditions the request does not meet. */
  int distance(AccessRequest request) {
    return (grant.agents().contains(request.template()) ? 0 : 1)
        + (matchesJob(request) ? 0 : 1)
        + (matchesBranch(request) ? 0 : 1)
        + (matchesCause(request) ? 0 : 1);
  }

  private boolean matchesJob(AccessRequest request) {
    return any(jobs, request.job().value());
  }

  private boolean matchesBranch(AccessRequest request) {
    return branches.isEmpty() || request.branch().filter(b -> any(branches, b)).isPresent();
  }

  private boolean matchesCause(AccessRequest request) {
    return grant.causes().isEmpty() || grant.causes().contains(request.cause().kind());
  }

  private static boolean any(List<NamePattern> patterns, String name) {
    for (NamePattern pattern : patterns) {
      if (pattern.matches(name)) {
        return true;
      }
    }
    return false;
  }

  /** What is missing for the grant to allow the request, in words; empty where nothing is. */
  List<String> lacks(AccessRequest request) {
    var lacks = new ArrayList<String>();
    if (!grant.agents().contains(request.template())) {
      lacks.add("agents " + grant.agents() + " do not name " + request.template());
    }
    if (!matchesJob(request)) {
      lacks.add("jobs " + grant.jobs() + " do not match " + request.job());
    }
    if (!matchesBranch(request)) {
      lacks.add(branchLack(request.branch()));
    }
    if (!matchesCause(request)) {
      lacks.add("causes " + grant.causes() + " do not name " + request.cause().kind());
    }
    if (lacks.isEmpty()) {
      grant.approvals().ifPresent(rule -> lacks.add(Votes.count(rule, request).describe()));
    }
    return lacks;
  }

  private String branchLack(Optional<String> branch) {
    return branch
        .map(name -> "branches " + grant.branches() + " do not match " + Yaml.scalar(name))
        .orElse("branches " + grant.branches() + " match no build whose branch is not known");
  }
}
