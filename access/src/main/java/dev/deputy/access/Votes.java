package dev.deputy.access;

import dev.deputy.core.Cause;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The approvals of one request that count for one rule.
 *
 * @param given one for each person
 * @param candidates who may still give one
 * @param missing how many more are needed
 */
record Votes(ApprovalRule rule, List<Approval> given, List<String> candidates, int missing) {
  static Votes count(ApprovalRule rule, AccessRequest request) {
    Set<String> allowed = new LinkedHashSet<>(rule.from());
    if (rule.notStarter()) {
      allowed.remove(starter(request.cause()));
    }
    Map<String, Approval> given = new LinkedHashMap<>();
    for (Approval approval : request.approvals()) {
      if (allowed.contains(approval.by()) && isFor(approval, request)) {
        given.putIfAbsent(approval.by(), approval);
      }
    }
    allowed.removeAll(given.keySet());
    return new Votes(
        rule,
        List.copyOf(given.values()),
        List.copyOf(allowed),
        Math.max(0, rule.count() - given.size()));
  }

  /** Given for this template and for exactly what runs. */
  private static boolean isFor(Approval approval, AccessRequest request) {
    return approval.template().equals(request.template())
        && !request.scriptHash().isEmpty()
        && approval.scriptHash().equals(request.scriptHash())
        && approval.commit().equals(request.commit());
  }

  private static String starter(Cause cause) {
    return switch (cause) {
      case Cause.Person(String user) -> user;
    };
  }

  boolean enough() {
    return missing == 0;
  }

  /** Whether there are still enough people who may. */
  boolean possible() {
    return missing <= candidates.size();
  }

  String describe() {
    return "approvals: "
        + missing
        + " more needed, and of "
        + rule.from()
        + " only "
        + candidates
        + " may still give one"
        + (rule.notStarter() ? " (not whoever started the build)" : "");
  }
}
