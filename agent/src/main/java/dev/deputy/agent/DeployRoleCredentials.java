package dev.deputy.agent;

import dev.deputy.protocol.AgentMessage.CredentialRequest;
import dev.deputy.protocol.AgentMessage.CredentialsFailed;
import dev.deputy.protocol.AgentMessage.CredentialsIssued;
import dev.deputy.protocol.ControllerMessage.CredentialGrant;
import dev.deputy.protocol.ControllerMessage.CredentialRefusal;
import dev.deputy.protocol.RequestId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The deploy role's credentials: asks the controller every time, assumes the role as it says, and
 * does so again when a fifth of their life is left. A refusal ends them at once; other failures are
 * tried again while the old ones still serve.
 */
final class DeployRoleCredentials implements CredentialSource {
  private static final System.Logger LOG = System.getLogger(DeployRoleCredentials.class.getName());
  private static final Duration ANSWER_TIME = Duration.ofSeconds(30);
  private static final Duration FIRST_TIME = Duration.ofSeconds(60);
  private static final Duration MAX_PAUSE = Duration.ofMinutes(1);

  private final Uplink uplink;
  private final TaskCredentials taskCredentials;
  private final Sts sts;
  private final Secrets secrets;
  private final Optional<String> expectedRole;
  private final InstantSource clock;
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(16);
  private final ReentrantLock lock = new ReentrantLock(); // guards state
  private final Condition changed = lock.newCondition();
  private State state = new Pending();
  private int requests;

  DeployRoleCredentials(
      Uplink uplink,
      TaskCredentials taskCredentials,
      Sts sts,
      Secrets secrets,
      Optional<String> expectedRole,
      InstantSource clock) {
    this.uplink = uplink;
    this.taskCredentials = taskCredentials;
    this.sts = sts;
    this.secrets = secrets;
    this.expectedRole = expectedRole;
    this.clock = clock;
  }

  private sealed interface Event {
    /** Whether it ends the wait for the answer to this request. */
    boolean concerns(RequestId request);
  }

  private record Granted(CredentialGrant grant) implements Event {
    @Override
    public boolean concerns(RequestId request) {
      return grant.request().equals(request);
    }
  }

  private record Refused(CredentialRefusal refusal) implements Event {
    @Override
    public boolean concerns(RequestId request) {
      return refusal.request().equals(request);
    }
  }

  /** Nobody will answer what was asked before. */
  private record Unanswered() implements Event {
    @Override
    public boolean concerns(RequestId request) {
      return true;
    }
  }

  private sealed interface State {}

  private record Pending() implements State {}

  private record Issued(AwsCredentials credentials) implements State {}

  private record Failed(String reason) implements State {}

  /** Takes the controller's answer; one that was not asked for is ignored. */
  void granted(CredentialGrant grant) {
    happened(new Granted(grant));
  }

  /** Takes the controller's answer; one that was not asked for is ignored. */
  void refused(CredentialRefusal refusal) {
    happened(new Refused(refusal));
  }

  private void happened(Event event) {
    if (!events.offer(event)) {
      LOG.log(Level.WARNING, "too many answers to credential requests");
    }
  }

  @Override
  public AwsCredentials credentials() throws InterruptedException {
    State present = settled();
    if (present instanceof Issued issued) {
      if (clock.instant().isBefore(issued.credentials.expiresAt())) {
        return issued.credentials;
      }
      throw new CredentialsException("the deploy role's credentials have expired");
    }
    throw new CredentialsException(
        present instanceof Failed failed
            ? failed.reason
            : "the controller has not granted the deploy role's credentials yet");
  }

  /** The state after the first attempt. */
  private State settled() throws InterruptedException {
    lock.lock();
    try {
      long left = FIRST_TIME.toNanos();
      while (state instanceof Pending && left > 0) {
        left = changed.awaitNanos(left);
      }
      return state;
    } finally {
      lock.unlock();
    }
  }

  private void become(State next) {
    lock.lock();
    try {
      state = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A new connection: what was asked over the old one may be lost. */
  void reconnected() {
    happened(new Unanswered());
  }

  /** Keeps credentials fresh until they are refused or the thread is interrupted. */
  void run() throws InterruptedException {
    int failures = 0;
    while (true) {
      RequestId request = new RequestId("credentials-" + ++requests);
      Event answer = ask(request);
      if (answer instanceof Refused refused) {
        become(
            new Failed("the deploy role's credentials are refused: " + refused.refusal.reason()));
        return;
      } else if (answer instanceof Granted granted) {
        Duration pause;
        try {
          pause = untilRefresh(assume(granted.grant));
          failures = 0;
        } catch (CredentialsException e) {
          failed(request, e);
          pause = backOff(failures++);
        }
        awaitPause(pause);
      }
    }
  }

  /** The controller's answer, or that it must be asked again. */
  private Event ask(RequestId request) throws InterruptedException {
    events.clear();
    uplink.send(new CredentialRequest(request));
    Instant end = clock.instant().plus(ANSWER_TIME);
    while (true) {
      long left = Math.max(0, Duration.between(clock.instant(), end).toMillis());
      Event event = events.poll(left, TimeUnit.MILLISECONDS);
      if (event == null) {
        return new Unanswered();
      }
      if (event.concerns(request)) {
        return event;
      }
    }
  }

  private AwsCredentials assume(CredentialGrant grant) throws InterruptedException {
    if (expectedRole.isPresent() && !expectedRole.get().equals(grant.deployRoleArn())) {
      throw new CredentialsException(
          "the controller names "
              + grant.deployRoleArn()
              + ", but this task is for "
              + expectedRole.get());
    }
    AwsCredentials issued = sts.assumeRole(taskCredentials.credentials(), grant);
    secrets.learn(issued);
    become(new Issued(issued));
    uplink.send(
        new CredentialsIssued(
            grant.request(), issued.accessKeyId(), issued.roleArn(), issued.expiresAt()));
    return issued;
  }

  private void failed(RequestId request, CredentialsException e) throws InterruptedException {
    String message = Reason.of(e);
    LOG.log(
        Level.WARNING,
        "deploy role: " + message + (e.getCause() == null ? "" : ": " + e.getCause()));
    lock.lock();
    try {
      if (!(state instanceof Issued)) {
        become(new Failed("no credentials of the deploy role: " + message));
      }
    } finally {
      lock.unlock();
    }
    uplink.send(new CredentialsFailed(request, message));
  }

  private Duration untilRefresh(AwsCredentials credentials) {
    Duration life = Duration.between(clock.instant(), credentials.expiresAt());
    Duration pause = life.minus(life.dividedBy(5));
    return pause.isNegative() ? Duration.ofSeconds(1) : pause;
  }

  private static Duration backOff(int failures) {
    Duration pause = Duration.ofSeconds(1L << Math.min(failures, 6));
    return pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
  }

  private void awaitPause(Duration pause) throws InterruptedException {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
