package dev.deputy.sandbox;

import dev.deputy.sandbox.Identity.AwsService;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a role that ECS has taken on for one task: renewed before they expire, unknown
 * to the sandbox once the task is over. Thread-safe.
 */
final class TaskCredentials {
  private static final Duration LIFETIME = Duration.ofHours(6);
  private static final Duration RENEWED_BEFORE = Duration.ofMinutes(30);

  private final ServiceSessions sessions;
  private final Keys keys;
  private final Clock clock;
  private final EcsTaskSpec task;
  private final String roleArn;
  private final List<AccessKey> issued = new ArrayList<>();
  private ServiceSessions.@Nullable Issued current;
  private boolean ended;

  TaskCredentials(
      ServiceSessions sessions, Keys keys, Clock clock, EcsTaskSpec task, String roleArn) {
    this.sessions = sessions;
    this.keys = keys;
    this.clock = clock;
    this.task = task;
    this.roleArn = roleArn;
  }

  String roleArn() {
    return roleArn;
  }

  /**
   * Credentials that last for a while.
   *
   * @throws AwsException when the role is gone or does not trust ECS, or the task is over
   */
  synchronized ServiceSessions.Issued current() {
    if (ended) {
      throw AwsException.of("AccessDenied", "The task is over.");
    }
    ServiceSessions.Issued known = current;
    if (known == null || clock.instant().isAfter(known.session().expires().minus(RENEWED_BEFORE))) {
      known = sessions.issue(ecsTasks(), roleArn, task.id(), LIFETIME, task.region());
      issued.add(known.key());
      current = known;
    }
    return known;
  }

  private AwsService ecsTasks() {
    String account = task.arn().split(":")[4];
    return new AwsService(
        EcsAccess.TASKS_PRINCIPAL,
        account,
        "arn:aws:ecs:%s:%s:*".formatted(task.region(), account));
  }

  /** Ends all credentials that were issued. */
  synchronized void end() {
    ended = true;
    issued.forEach(keys::revoke);
    issued.clear();
    current = null;
  }
}
