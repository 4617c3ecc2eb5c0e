package dev.deputy.access;

import dev.deputy.core.Cause;
import dev.deputy.core.JobName;
import dev.deputy.core.TemplateName;
import java.util.List;
import java.util.Optional;

/**
 * May this build use this agent template? Holds nothing that a Jenkinsfile's author controls.
 *
 * @param branch where known for certain
 * @param cause the root cause
 * @param scriptHash of the Jenkinsfile as it runs, which approvals must have been given for
 * @param commit as it runs; empty outside of git
 */
public record AccessRequest(
    JobName job,
    Optional<String> branch,
    Cause cause,
    TemplateName template,
    String scriptHash,
    String commit,
    List<Approval> approvals) {
  public AccessRequest {
    approvals = List.copyOf(approvals);
  }
}
