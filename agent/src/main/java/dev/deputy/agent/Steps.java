package dev.deputy.agent;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.AgentMessage.Exit;
import dev.deputy.protocol.AgentMessage.StepStarted;
import dev.deputy.protocol.ControllerMessage.Ack;
import dev.deputy.protocol.ControllerMessage.Start;
import dev.deputy.protocol.Outcome;
import dev.deputy.protocol.StepId;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** All steps of a session: started at most once, delivered, ended. Safe for use by many threads. */
final class Steps {
  private static final System.Logger LOG = System.getLogger(Steps.class.getName());

  /** How long a step whose processes have ended may take, which is held up only by its output. */
  private static final long END_SECONDS = 2;

  private final StepTools tools;
  private final Uplink uplink;
  private final ReentrantLock lock = new ReentrantLock(); // guards running and ending
  private final Map<StepId, Running> steps = new LinkedHashMap<>();
  private boolean ending;

  Steps(StepTools tools, Uplink uplink) {
    this.tools = tools;
    this.uplink = uplink;
  }

  private record Running(StepOutput output, Step step, CountDownLatch over) {}

  /**
   * Starts a step, or repeats what is known of it: a step whose attempt is on record is never
   * started again.
   */
  void start(Start order) throws IOException, InterruptedException {
    tools.secrets().learn(order.masks().toArray(new String[0]));
    Optional<Running> known = find(order.step());
    if (known.isPresent()) {
      offer(new StepStarted(order.step(), Optional.empty()));
      Optional<Exit> exit = known.get().output.sentExit();
      if (exit.isPresent()) {
        offer(exit.get());
      }
    } else {
      begin(order);
    }
  }

  private void begin(Start order) throws IOException {
    StepId id = order.step();
    boolean first = tools.attempts().begin(id);
    Spool spool = Spool.open(tools.attempts().spool(id));
    StepOutput output = new StepOutput(id, spool, tools.limits());
    Step step = new Step(order, tools, output);
    CountDownLatch over = new CountDownLatch(first ? 1 : 0);
    lock.lock();
    try {
      if (ending) {
        step.cancel();
      }
      steps.put(id, new Running(output, step, over));
    } finally {
      lock.unlock();
    }
    uplink.link().ifPresent(link -> output.attach(link, 0));
    Threads.start("delivery of " + id, output::run);
    if (first) {
      Threads.start(
          "step " + id,
          () -> {
            try {
              run(id, step, output);
            } finally {
              over.countDown();
            }
          });
    } else {
      recover(id, output);
    }
  }

  private void run(StepId id, Step step, StepOutput output)
      throws IOException, InterruptedException {
    Outcome outcome;
    try {
      outcome = step.run(this::offer);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "step " + id, e);
      outcome = new Outcome.Unknown("the agent failed: " + Reason.of(e));
    }
    Exit exit = new Exit(id, output.seal(), outcome, step.captured());
    try {
      tools.attempts().end(exit);
    } finally {
      output.exit(exit);
    }
    output.deliverNow();
    LOG.log(Level.INFO, "step " + id + ' ' + outcome.getClass().getSimpleName());
  }

  /** Answers for an attempt of an agent program before this one. */
  private void recover(StepId id, StepOutput output) throws IOException {
    Optional<Exit> before = tools.attempts().ended(id);
    output.exit(
        new Exit(
            id,
            output.seal(),
            before
                .map(Exit::outcome)
                .orElse(new Outcome.Unknown("the agent was started again while the step ran")),
            before.flatMap(Exit::captured)));
  }

  /** Says something that a resumed session says again, if anybody listens. */
  private void offer(AgentMessage message) throws InterruptedException {
    Optional<Link> link = uplink.link();
    if (link.isPresent()) {
      try {
        link.get().send(message);
      } catch (ConnectionLostException e) {
        LOG.log(Level.DEBUG, "no connection");
      }
    }
  }

  /** Ends a step's processes. */
  void cancel(StepId id) {
    find(id).ifPresent(running -> running.step.cancel());
  }

  /** Takes note of what the controller has stored. */
  void acknowledge(Ack ack) {
    find(ack.step()).ifPresent(running -> running.output.acknowledge(ack.seq()));
  }

  /** By step the last number that exists, for those that are not fully acknowledged. */
  Map<StepId, Long> undelivered() {
    Map<StepId, Long> undelivered = new LinkedHashMap<>();
    snapshot()
        .forEach((id, running) ->
            running.output.undelivered().ifPresent(seq -> undelivered.put(id, seq)));
    return undelivered;
  }

  /** Goes on over a new connection, after what the controller has stored. */
  void attach(Link link, Map<StepId, Long> acknowledged) {
    snapshot()
        .forEach((id, running) -> running.output.attach(link, acknowledged.getOrDefault(id, 0L)));
  }

  /** Ends all steps and what they left behind; waits that long for their exits' delivery. */
  void end(Duration delivery) throws InterruptedException {
    lock.lock();
    try {
      ending = true;
    } finally {
      lock.unlock();
    }
    Map<StepId, Running> all = snapshot();
    all.values().forEach(running -> running.step.cancel());
    long deadline = System.nanoTime() + delivery.toNanos();
    for (Running running : all.values()) {
      running.output.awaitDelivery(deadline - System.nanoTime());
    }
    ProcessTree.ofCookies(tools.cookie()).end(tools.grace());
    for (Map.Entry<StepId, Running> each : all.entrySet()) {
      if (!each.getValue().over.await(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "step " + each.getKey() + " is given up");
      }
    }
  }

  private Optional<Running> find(StepId id) {
    lock.lock();
    try {
      return Optional.ofNullable(steps.get(id));
    } finally {
      lock.unlock();
    }
  }

  private Map<StepId, Running> snapshot() {
    lock.lock();
    try {
      return new LinkedHashMap<>(steps);
    } finally {
      lock.unlock();
    }
  }
}
