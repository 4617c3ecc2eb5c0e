package dev.deputy.access;

import java.util.List;

/**
 * The approvals a grant asks for.
 *
 * @param from users who may give one
 * @param count how many different people must
 * @param notStarter whether the person who started the build is left out
 */
public record ApprovalRule(List<String> from, int count, boolean notStarter) {
  public ApprovalRule {
    from = List.copyOf(from);
    if (from.isEmpty()) {
      throw new IllegalArgumentException("approvals.from is empty (expected: at least one user)");
    }
    if (count < 1 || count > from.size()) {
      throw new IllegalArgumentException(
          "approvals.count: "
              + count
              + " (expected: 1 to "
              + from.size()
              + ", the users in 'from')");
    }
  }
}
