package dev.deputy.access;

import dev.deputy.core.SourceRef;
import dev.deputy.core.TemplateName;
import java.util.List;
import java.util.Optional;

/**
 * One policy statement that lets some jobs use some agent templates. Nothing is allowed that no
 * grant allows.
 *
 * @param jobs patterns over full names: {@code *} stands for anything within a segment, {@code **}
 *     also across {@code /}
 * @param branches patterns of the same form; empty: any branch, also an unknown one. A build whose
 *     branch is not known matches no pattern.
 * @param causes kinds of causes; empty: any
 * @param agents templates
 * @param approvals what must be approved first; empty: nothing
 * @param source where it is written down
 */
public record Grant(
    String name,
    List<String> jobs,
    List<String> branches,
    List<String> causes,
    List<TemplateName> agents,
    Optional<ApprovalRule> approvals,
    SourceRef source) {
  public Grant {
    jobs = List.copyOf(jobs);
    branches = List.copyOf(branches);
    causes = List.copyOf(causes);
    agents = List.copyOf(agents);
  }
}
