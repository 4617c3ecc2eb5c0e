package dev.deputy.builds;

import dev.deputy.access.Approval;
import dev.deputy.core.AuditLog;
import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import dev.deputy.core.TemplateName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The approvals of builds. An approval is its audit record: there is none without the other, and it
 * counts for every later decision from the moment at which it is durable.
 */
final class Approvals {
  private static final String ACTION = "approval-given";

  private Approvals() {}

  /** Returns once it is durable. */
  static void give(AuditLog audit, BuildId build, Approval approval) {
    audit.append(
        new AuditRecord(
            approval.at(),
            ACTION,
            approval.by(),
            Optional.of(build),
            Map.of(
                "template", approval.template().value(),
                "scriptHash", approval.scriptHash(),
                "commit", approval.commit())));
  }

  /** All that were given for a build. */
  static List<Approval> of(AuditLog audit, BuildId build) {
    return audit.ofBuild(build).stream()
        .filter(record -> record.action().equals(ACTION))
        .map(Approvals::read)
        .toList();
  }

  private static Approval read(AuditRecord record) {
    Map<String, String> details = record.details();
    return new Approval(
        record.actor(),
        new TemplateName(detail(details, "template")),
        detail(details, "scriptHash"),
        detail(details, "commit"),
        record.at());
  }

  private static String detail(Map<String, String> details, String name) {
    String value = details.get(name);
    if (value == null) {
      throw new IllegalStateException("approval without " + name);
    }
    return value;
  }
}
