package dev.deputy.agent;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.AgentMessage.CredentialRequest;
import dev.deputy.protocol.AgentMessage.CredentialsFailed;
import dev.deputy.protocol.AgentMessage.CredentialsIssued;
import dev.deputy.protocol.ControllerMessage;
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
  private final BlockingQueue<ControllerMessage> answers = new ArrayBlockingQueue<>(16);
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

  private sealed interface State {}

  private record Pending() implements State {}

  private record Issued(AwsCredentials credentials) implements State {}

  private record Failed(String reason) implements State {}

  /** Takes the controller's answer; one that was not asked for is ignored. */
  void answered(ControllerMessage answer) {
    if (!answers.offer(answer)) {
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

  /** Keeps credentials fresh until they are refused or the thread is interrupted. */
  void run() throws InterruptedException {
    int failures = 0;
    while (true) {
      RequestId request = new RequestId("credentials-" + ++requests);
      Duration pause;
      try {
        Optional<AwsCredentials> issued = obtain(request);
        if (issued.isEmpty()) {
          return;
        }
        failures = 0;
        pause = untilRefresh(issued.get());
      } catch (CredentialsException e) {
        failed(request, e);
        pause = backOff(failures++);
      }
      awaitPause(pause);
    }
  }

  /** One attempt; empty where the controller refused. */
  private Optional<AwsCredentials> obtain(RequestId request) throws InterruptedException {
    answers.clear();
    uplink.send(new CredentialRequest(request));
    ControllerMessage answer = await(request);
    if (answer instanceof CredentialGrant grant) {
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
              request, issued.accessKeyId(), issued.roleArn(), issued.expiresAt()));
      return Optional.of(issued);
    }
    if (answer instanceof CredentialRefusal refusal) {
      become(new Failed("the deploy role's credentials are refused: " + refusal.reason()));
    }
    return Optional.empty();
  }

  private ControllerMessage await(RequestId request) throws InterruptedException {
    Instant end = clock.instant().plus(ANSWER_TIME);
    while (true) {
      long left = Math.max(0, Duration.between(clock.instant(), end).toMillis());
      ControllerMessage answer = answers.poll(left, TimeUnit.MILLISECONDS);
      if (answer == null) {
        throw new CredentialsException("the controller did not answer the credential request");
      }
      if (request.equals(requestOf(answer))) {
        return answer;
      }
    }
  }

  private static RequestId requestOf(ControllerMessage answer) {
    return answer instanceof CredentialGrant grant
        ? grant.request()
        : ((CredentialRefusal) answer).request();
  }

  private void failed(RequestId request, CredentialsException e) throws InterruptedException {
    String message = String.valueOf(e.getMessage());
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
    AgentMessage report = new CredentialsFailed(request, message);
    uplink.send(report);
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
