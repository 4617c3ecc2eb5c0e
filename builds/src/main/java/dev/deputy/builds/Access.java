package dev.deputy.builds;

import dev.deputy.access.AccessDecision;
import dev.deputy.access.AccessPolicy;
import dev.deputy.access.AccessRequest;
import dev.deputy.access.Approval;
import dev.deputy.core.AuditLog;
import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.TemplateName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the policy with what is stored of a build, and audits every answer. Nothing that a
 * Jenkinsfile says gets into the question, except which template it is about.
 */
record Access(AccessPolicy policy, AuditLog audit) {
  /** May the build use the template, as things stand? */
  AccessDecision decide(BuildRecord build, TemplateName template) {
    return policy.decide(request(build, template, Approvals.of(audit, build.id())));
  }

  static AccessRequest request(BuildRecord build, TemplateName template, List<Approval> approvals) {
    return new AccessRequest(
        build.id().job(),
        build.branch(),
        build.cause(),
        template,
        build.scriptHash(),
        build.commit().orElse(""),
        approvals);
  }

  /**
   * Returns once the answer is durable.
   *
   * @param moment when it was asked: at the need, or later by the fleet
   */
  void record(
      BuildRecord build,
      TemplateName template,
      String moment,
      AccessDecision decision,
      Instant at) {
    var details = new HashMap<>(Map.of("template", template.value(), "moment", moment));
    String action =
        switch (decision) {
          case AccessDecision.Granted(var grant, var approvals) -> {
            details.put("grant", grant.name());
            details.put("source", grant.source().toString());
            details.put(
                "approvals", String.join(", ", approvals.stream().map(Approval::by).toList()));
            yield "access-granted";
          }
          case AccessDecision.ApprovalMissing(var grant, _, int missing) -> {
            details.put("grant", grant.name());
            details.put("source", grant.source().toString());
            details.put("missing", Integer.toString(missing));
            yield "approval-missing";
          }
          case AccessDecision.Denied(String reason) -> {
            details.put("reason", reason);
            yield "access-denied";
          }
        };
    audit.append(new AuditRecord(at, action, actor(build), Optional.of(build.id()), details));
  }

  private static String actor(BuildRecord build) {
    return build.id().toString();
  }
}
