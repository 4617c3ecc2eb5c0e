package dev.deputy.access;

import dev.deputy.access.AccessDecision.ApprovalMissing;
import dev.deputy.access.AccessDecision.Denied;
import dev.deputy.access.AccessDecision.Granted;
import dev.deputy.core.Cause;
import java.util.ArrayList;
import java.util.List;

/** The policy written down a second time, as plainly as the rules are told. */
final class NaivePolicy implements AccessPolicy {
  private final List<Grant> grants;

  NaivePolicy(List<Grant> grants) {
    this.grants = grants;
  }

  @Override
  public AccessDecision decide(AccessRequest request) {
    for (Grant grant : grants) {
      if (allows(grant, request) && missing(grant, request) <= 0) {
        return new Granted(
            grant, grant.approvals().isEmpty() ? List.of() : counting(grant, request));
      }
    }
    for (Grant grant : grants) {
      if (allows(grant, request) && missing(grant, request) <= candidates(grant, request).size()) {
        return new ApprovalMissing(grant, candidates(grant, request), missing(grant, request));
      }
    }
    return new Denied("");
  }

  private static boolean allows(Grant grant, AccessRequest request) {
    boolean job = grant.jobs().stream().anyMatch(p -> glob(p, request.job().value()));
    boolean branch =
        grant.branches().isEmpty()
            || (request.branch().isPresent()
                && grant.branches().stream().anyMatch(p -> glob(p, request.branch().get())));
    boolean cause =
        grant.causes().isEmpty()
            || grant.causes().stream().anyMatch(request.cause().kind()::equals);
    return job && branch && cause && grant.agents().contains(request.template());
  }

  private static boolean glob(String pattern, String name) {
    if (pattern.isEmpty()) {
      return name.isEmpty();
    }
    if (pattern.startsWith("**")) {
      return glob(pattern.substring(2), name)
          || (!name.isEmpty() && glob(pattern, name.substring(1)));
    }
    if (pattern.startsWith("*")) {
      return glob(pattern.substring(1), name)
          || (!name.isEmpty() && name.charAt(0) != '/' && glob(pattern, name.substring(1)));
    }
    return !name.isEmpty()
        && name.charAt(0) == pattern.charAt(0)
        && glob(pattern.substring(1), name.substring(1));
  }

  private static boolean mayApprove(Grant grant, AccessRequest request, String user) {
    ApprovalRule rule = grant.approvals().orElseThrow();
    boolean starter = request.cause().equals(new Cause.Person(user));
    return rule.from().contains(user) && !(rule.notStarter() && starter);
  }

  private static List<Approval> counting(Grant grant, AccessRequest request) {
    var counting = new ArrayList<Approval>();
    for (Approval approval : request.approvals()) {
      if (mayApprove(grant, request, approval.by())
          && approval.template().equals(request.template())
          && approval.scriptHash().equals(request.scriptHash())
          && approval.commit().equals(request.commit())
          && counting.stream().noneMatch(other -> other.by().equals(approval.by()))) {
        counting.add(approval);
      }
    }
    return counting;
  }

  private static int missing(Grant grant, AccessRequest request) {
    return grant.approvals().isEmpty()
        ? 0
        : grant.approvals().get().count() - counting(grant, request).size();
  }

  private static List<String> candidates(Grant grant, AccessRequest request) {
    return grant.approvals().orElseThrow().from().stream()
        .distinct()
        .filter(user -> mayApprove(grant, request, user))
        .filter(
            user -> counting(grant, request).stream().noneMatch(given -> given.by().equals(user)))
        .toList();
  }
}
