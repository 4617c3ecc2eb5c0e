package dev.deputy.access;

import java.util.List;

/** The answer to an {@link AccessRequest}. */
public sealed interface AccessDecision {
  /**
   * @param approvals those that counted; empty where the grant asks for none
   */
  record Granted(Grant grant, List<Approval> approvals) implements AccessDecision {}

  /**
   * A grant matches, but more people have to say yes first.
   *
   * @param candidates users who may still give one
   * @param missing how many more are needed
   */
  record ApprovalMissing(Grant grant, List<String> candidates, int missing)
      implements AccessDecision {}

  /**
   * @param reason one or more lines: job, template, what each near grant lacks, and the grant that
   *     would be needed
   */
  record Denied(String reason) implements AccessDecision {}
}
