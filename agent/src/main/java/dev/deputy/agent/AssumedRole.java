package dev.deputy.agent;

import dev.deputy.protocol.StepIdentity.Role;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of one role, assumed when they are asked for and again when little of their life is
 * left, so that a block may take longer than a session. Safe for use by many threads.
 */
final class AssumedRole implements CredentialSource {
  private static final System.Logger LOG = System.getLogger(AssumedRole.class.getName());

  /** AWS's limit where the session before is a role's own. */
  private static final Duration CHAINED = Duration.ofHours(1);

  private final Role role;
  private final CredentialSource before;
  private final Sts sts;
  private final Secrets secrets;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock(); // guards the rest, also during a call
  private @Nullable AwsCredentials current;
  private Instant renewal = Instant.MIN;

  AssumedRole(Role role, CredentialSource before, Sts sts, Secrets secrets, InstantSource clock) {
    this.role = role;
    this.before = before;
    this.sts = sts;
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public AwsCredentials credentials() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Instant now = clock.instant();
      AwsCredentials old = current;
      if (old != null && now.isBefore(renewal)) {
        return old;
      }
      try {
        return assume(now);
      } catch (CredentialsException e) {
        if (old != null && now.isBefore(old.expiresAt())) {
          LOG.log(Level.WARNING, role.arn() + ": " + Reason.of(e));
          return old;
        }
        throw new CredentialsException("no credentials of " + role.arn() + ": " + Reason.of(e), e);
      }
    } finally {
      lock.unlock();
    }
  }

  private AwsCredentials assume(Instant now) throws InterruptedException {
    AwsCredentials base = before.credentials();
    Duration duration = role.duration();
    if (!base.sessionToken().isEmpty() && duration.compareTo(CHAINED) > 0) {
      duration = CHAINED;
    }
    AwsCredentials fresh = sts.assumeRole(base, role, duration);
    secrets.learn(fresh);
    Duration life = Duration.between(now, fresh.expiresAt());
    renewal = now.plus(life.minus(life.dividedBy(5)));
    current = fresh;
    return fresh;
  }
}
