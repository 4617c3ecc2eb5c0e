package dev.deputy.fleet;

import dev.deputy.core.FailureClass;
import dev.deputy.core.Tasks.Ended;
import dev.deputy.fleet.Endings.Manner;
import dev.deputy.fleet.LaunchAttempt.Signal;
import dev.deputy.protocol.ControllerMessage.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an agent is there: it may lose its connection and come back as long as its task lives,
 * but not for longer than the grace. Its end comes once, whoever wants it.
 */
final class AgentLife implements TaskWatch.Watcher {
  private static final Logger log = LoggerFactory.getLogger(AgentLife.class);

  private final Bond bond;
  private final LaunchAttempt attempt;
  private final AgentLink link;
  private final Orders orders;
  private final AgentTools tools;
  private final CountDownLatch bye = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock(); // guards absence and ending
  private TaskWatch.@Nullable Watch absence;
  private @Nullable Ending ending;

  AgentLife(Bond bond, LaunchAttempt attempt, AgentLink link, Orders orders, AgentTools tools) {
    this.bond = bond;
    this.attempt = attempt;
    this.link = link;
    this.orders = orders;
    this.tools = tools;
  }

  /** A connection of this agent; false where it comes too late. */
  boolean attach(AgentConnection connection, Supplier<List<String>> greeting) {
    if (!link.attach(connection, greeting)) {
      return false;
    }
    endAbsence();
    if (!link.connected()) {
      // It was lost again meanwhile, and that absence may be the one that was just ended.
      beginAbsence();
    }
    return true;
  }

  /** A connection has ended. */
  void detached(AgentConnection connection) {
    if (link.detach(connection)) {
      beginAbsence();
    }
  }

  /** It has no connection yet and is to come back. */
  void expect() {
    beginAbsence();
  }

  private void beginAbsence() {
    Instant deadline = tools.clock().instant().plus(tools.settings().connecting().grace());
    lock.lock();
    try {
      if (ending == null && absence == null) {
        absence = tools.watch().watch(bond.taskArn(), deadline, this);
      }
    } finally {
      lock.unlock();
    }
    if (link.connected()) {
      endAbsence();
    }
  }

  private void endAbsence() {
    lock.lock();
    try {
      if (absence != null) {
        absence.cancel();
        absence = null;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stopped(Ended how) {
    lost(how.kind(), "its task ended: " + how.reason(), true);
  }

  @Override
  public void overdue() {
    if (!link.connected()) {
      Duration grace = tools.settings().connecting().grace();
      lost(FailureClass.TIMEOUT, "nothing was heard of it for " + grace.toSeconds() + " s", false);
    }
  }

  /** It did what no agent of ours does, and is not trusted any more. */
  void untrusted(String reason) {
    lost(FailureClass.IDENTITY, reason, false);
  }

  private void lost(FailureClass kind, String reason, boolean taskEnded) {
    log.warn("agent of launch {} is lost: {}", bond.launch().id(), reason);
    orders.gone("the agent is lost: " + reason);
    link.sever("the agent is lost");
    attempt.signal(new Signal.Broken(kind, "the agent is lost: " + reason, taskEnded));
    end(new Manner.Fail(kind, reason));
  }

  /** The agent says that it ends. */
  void bye(String reason) {
    log.info("agent of launch {} says goodbye: {}", bond.launch().id(), reason);
    bye.countDown();
  }

  /** Begins the end, once. */
  Ending end(Manner manner) {
    orders.gone("the agent was ended: " + manner.reason());
    lock.lock();
    try {
      if (ending == null) {
        ending =
            tools
                .endings()
                .begin(bond.launch(), new Whereabouts.At(bond.taskArn()), manner, this::farewell);
      }
      return ending;
    } finally {
      lock.unlock();
    }
  }

  private boolean farewell() {
    endAbsence();
    boolean vacated = false;
    if (link.connected()) {
      link.send(new Stop());
      vacated = Threads.await(bye, tools.settings().stopping().byeGrace());
    }
    link.sever("the launch has ended");
    return vacated;
  }
}
