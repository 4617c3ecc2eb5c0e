package dev.deputy.fleet;

import dev.deputy.core.Account;
import dev.deputy.core.AuditLog;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.BuildStore;
import dev.deputy.core.CredentialsMode;
import dev.deputy.core.Launch;
import dev.deputy.protocol.AgentMessage.CredentialsFailed;
import dev.deputy.protocol.AgentMessage.CredentialsIssued;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.ControllerMessage.CredentialGrant;
import dev.deputy.protocol.ControllerMessage.CredentialRefusal;
import dev.deputy.protocol.RequestId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells agents how to assume the deploy role; the credentials themselves never come here. Access is
 * asked each time, and what is granted is in the audit log before the agent hears of it.
 */
final class CredentialIssue {
  private static final Logger log = LoggerFactory.getLogger(CredentialIssue.class);

  /** The most that role chaining allows, whatever the role's own maximum. */
  private static final Duration LIFETIME = Duration.ofHours(1);

  private static final Pattern ACCESS_KEY_ID = Pattern.compile("[A-Z0-9]{16,128}");
  private static final int MAX_ERROR = 1000;

  private final AccessGate access;
  private final LaunchBook book;
  private final BuildStore builds;
  private final AuditLog audit;

  CredentialIssue(AccessGate access, LaunchBook book, BuildStore builds, AuditLog audit) {
    this.access = access;
    this.book = book;
    this.builds = builds;
    this.audit = audit;
  }

  /** Answers a request: a grant or a refusal. */
  ControllerMessage decide(RequestId request, Launch launch, Site.Placement placement) {
    Optional<String> deployRole = placement.deployed().deployRole();
    if (placement.template().credentials() != CredentialsMode.DEPLOY_ROLE || deployRole.isEmpty()) {
      return new CredentialRefusal(request, "this agent's template has no deploy role to give");
    }
    Optional<String> refusal = access.refusal(launch, AccessGate.Moment.CREDENTIALS);
    if (refusal.isPresent()) {
      return new CredentialRefusal(request, "access was refused: " + refusal.get());
    }
    try {
      CredentialGrant grant = grant(request, deployRole.get(), launch, placement);
      Map<String, String> details = new HashMap<>(Map.of("role", grant.deployRoleArn()));
      details.put("session", grant.sessionName());
      details.put("duration", grant.duration().toString());
      grant.sourceIdentity().ifPresent(identity -> details.put("sourceIdentity", identity));
      audit.append(book.record(launch, "credentials-granted", details));
      return grant;
    } catch (RuntimeException e) {
      log.error("credentials for launch {} could not be granted", launch.id(), e);
      return new CredentialRefusal(request, "the controller failed; see its log");
    }
  }

  private CredentialGrant grant(
      RequestId request, String deployRole, Launch launch, Site.Placement placement) {
    String name = SessionNames.of(launch.build());
    boolean named = placement.account().map(Account::sourceIdentity).orElse(false);
    Map<String, String> tags = new HashMap<>();
    tags.put("deputy:job", SessionNames.tag(launch.build().job().value()));
    tags.put("deputy:build", Integer.toString(launch.build().number()));
    tags.put("deputy:stage", SessionNames.tag(launch.stage()));
    tags.put("deputy:template", launch.template().value());
    builds
        .find(launch.build())
        .flatMap(BuildRecord::branch)
        .ifPresent(branch -> tags.put("deputy:branch", SessionNames.tag(branch)));
    return new CredentialGrant(
        request,
        deployRole,
        name,
        named ? Optional.of(name) : Optional.empty(),
        placement.deployed().externalId(),
        tags,
        LIFETIME);
  }

  /**
   * The agent has them.
   *
   * @return what is wrong with it: then this agent cannot be trusted
   */
  Optional<String> issued(CredentialsIssued issued, Launch launch, Site.Placement placement) {
    String expected =
        placement
            .deployed()
            .deployRole()
            .map(role -> sessionArn(role, SessionNames.of(launch.build())))
            .orElse("");
    if (!issued.assumedRoleArn().equals(expected)
        || !ACCESS_KEY_ID.matcher(issued.accessKeyId()).matches()) {
      audit.append(book.record(launch, "credentials-mismatch", Map.of("expected", expected)));
      return Optional.of("the agent reports credentials of another role than it was granted");
    }
    audit.append(
        book.record(
            launch,
            "credentials-issued",
            Map.of(
                "roleSession", issued.assumedRoleArn(),
                "accessKeyId", issued.accessKeyId(),
                "expires", issued.expiresAt().toString())));
    return Optional.empty();
  }

  /** The agent could not assume the role; returns what its build should read. */
  String failed(CredentialsFailed failed, Launch launch) {
    String error = failed.error().substring(0, Math.min(MAX_ERROR, failed.error().length()));
    audit.append(book.record(launch, "credentials-failed", Map.of("error", error)));
    return "the deploy role could not be assumed: " + error;
  }

  /** How STS names a session of a role: without the role's path. */
  private static String sessionArn(String role, String session) {
    String[] parts = role.split(":", 6);
    String name = role.substring(role.lastIndexOf('/') + 1);
    return "arn:" + parts[1] + ":sts::" + parts[4] + ":assumed-role/" + name + "/" + session;
  }
}
