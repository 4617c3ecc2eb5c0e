package dev.deputy.sandbox;

import dev.deputy.sandbox.Identity.AwsService;
import dev.deputy.sandbox.Identity.RoleSession;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sessions of roles that AWS services start, such as ECS those of a task. Thread-safe. */
final class ServiceSessions {
  /** A started session and its credentials. */
  record Issued(AccessKey key, RoleSession session) {}

  private final Dispatcher dispatcher;
  private final Keys keys;
  private final Directory directory;

  ServiceSessions(Dispatcher dispatcher, Keys keys, Directory directory) {
    this.dispatcher = dispatcher;
    this.keys = keys;
    this.directory = directory;
  }

  /** The unique id of the role with this ARN. */
  Optional<String> roleId(String roleArn) {
    return directory.roleByArn(roleArn).map(role -> role.name().id());
  }

  /**
   * Has a service assume a role, which the role's trust policy must allow; recorded in CloudTrail.
   *
   * @param service who assumes it, for which account and resource
   * @param lifetime 15 minutes to 12 hours; the role's own maximum does not limit services
   * @throws AwsException when the role does not exist or does not trust the service
   */
  Issued issue(
      AwsService service, String roleArn, String sessionName, Duration lifetime, String region) {
    ObjectNode parameters =
        Call.object()
            .put("RoleArn", roleArn)
            .put("RoleSessionName", sessionName)
            .put("DurationSeconds", lifetime.toSeconds());
    JsonNode credentials =
        dispatcher
            .invoke(Caller.of(service, region), "sts", "AssumeRole", parameters)
            .path("Credentials");
    Keys.Held held =
        keys.find(credentials.path("AccessKeyId").asString())
            .orElseThrow(() -> new IllegalStateException("a session that was just issued is gone"));
    return new Issued(held.key(), (RoleSession) held.identity());
  }
}
