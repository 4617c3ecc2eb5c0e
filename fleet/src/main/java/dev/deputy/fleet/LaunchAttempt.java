package dev.deputy.fleet;

import dev.deputy.core.FailureClass;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import dev.deputy.core.LaunchState.Event;
import dev.deputy.core.Tasks;
import dev.deputy.core.Tasks.Ended;
import dev.deputy.core.Tasks.RunRequest;
import dev.deputy.core.Wish;
import dev.deputy.fleet.Endings.Farewell;
import dev.deputy.fleet.Endings.Manner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One launch, from its place in the queue to an agent that is ready. It runs on a thread that
 * nobody interrupts; what happens meanwhile reaches it as signals.
 */
final class LaunchAttempt implements LaunchQueue.Waiter {
  private final Need need;
  private final Site.Placement placement;
  private final long arrival;
  private final AgentEvents events;
  private final LaunchTools tools;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final Wish wish = new Wish();
  private final CountDownLatch submitted = new CountDownLatch(1);
  private volatile Launch launch;
  private volatile @Nullable RemoteAgent agent;
  private Whereabouts where = new Whereabouts.Nowhere();

  /**
   * @param arrival its need's place in the order of needs
   */
  LaunchAttempt(
      Need need, Site.Placement placement, long arrival, AgentEvents events, LaunchTools tools) {
    this.need = need;
    this.placement = placement;
    this.arrival = arrival;
    this.events = events;
    this.tools = tools;
    this.launch = draft(LaunchBook.newId());
  }

  private Launch draft(LaunchId id) {
    return tools.book().draft(id, need, placement.deployed().taskDefinition());
  }

  /** One that an earlier process of the controller brought to an agent. */
  static LaunchAttempt resumed(
      Launch launch, Need need, Site.Placement placement, AgentEvents events, LaunchTools tools) {
    var attempt = new LaunchAttempt(need, placement, 0, events, tools);
    attempt.launch = launch;
    launch.state().task().ifPresent(task -> attempt.where = new Whereabouts.At(task));
    attempt.submitted.countDown();
    return attempt;
  }

  /** What happens while an attempt waits. */
  sealed interface Signal {
    /** It may be launched. */
    record Turn() implements Signal {}

    /** It may not be launched yet. */
    record Waits(Standing standing) implements Signal {}

    /** The agent can run steps. */
    record Ready(RemoteAgent agent) implements Signal {}

    /** Access refused the assignment. */
    record Denied(String reason) implements Signal {}

    /**
     * The task or its agent is gone, or nothing came in time.
     *
     * @param taskEnded whether AWS says that the task has ended
     */
    record Broken(FailureClass kind, String reason, boolean taskEnded) implements Signal {}

    record Cancelled() implements Signal {}
  }

  /** What came of it. Except for the first, launch and task have ended. */
  sealed interface Outcome {
    record Acquired(RemoteAgent agent) implements Outcome {}

    record Denied(String reason) implements Outcome {}

    /**
     * @param taskEnded whether there was a task, and AWS says that it has ended
     */
    record Failed(FailureClass kind, String reason, boolean taskEnded) implements Outcome {}

    record Cancelled() implements Outcome {}
  }

  LaunchId id() {
    return launch.id();
  }

  Launch launch() {
    return launch;
  }

  Site.Placement placement() {
    return placement;
  }

  AgentEvents events() {
    return events;
  }

  /** Waits until RunTask's answer is stored; false when that takes too long. */
  boolean awaitSubmitted(Duration atMost) throws InterruptedException {
    return submitted.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The agent has proven itself: from now on it is part of the launch. */
  void registered(RemoteAgent proven) {
    agent = proven;
  }

  void signal(Signal signal) {
    signals.add(signal);
  }

  /** Ends it in whatever state it is, also after it was acquired. Does not wait. */
  void cancel(String reason) {
    RemoteAgent present = agent;
    if (present != null) {
      present.end(new Manner.Stop(reason));
    }
    signals.add(new Signal.Cancelled());
    wish.end();
  }

  @Override
  public void turn() {
    signals.add(new Signal.Turn());
  }

  @Override
  public void waits(Standing standing) {
    signals.add(new Signal.Waits(standing));
  }

  /** Runs the attempt to its outcome. */
  Outcome run() {
    try {
      return queued() ? launched() : new Outcome.Cancelled();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a launch", e);
    }
  }

  /** Waits for its turn; false where it was cancelled first, and nothing is left of it. */
  private boolean queued() throws InterruptedException {
    LaunchId id = launch.id();
    var demand =
        new Demand(id, need.build(), need.template(), placement.template().account(), arrival);
    tools.queue().enter(demand, this);
    while (true) {
      Signal signal = signals.take();
      if (signal instanceof Signal.Waits(Standing standing)) {
        events.waiting(launch, standing.words());
      } else if (signal instanceof Signal.Turn && wanted(Duration.ZERO)) {
        launch = draft(id);
        return true;
      } else {
        tools.queue().leave(id);
        return false;
      }
    }
  }

  private Outcome launched() throws InterruptedException {
    tools.roster().enter(this);
    try {
      tools.book().create(launch, need.grant());
    } catch (RuntimeException e) {
      tools.roster().release(launch.id());
      tools.queue().leave(launch.id()); // it may be stored, but RunTask was not called
      throw e;
    }
    try {
      return pursue();
    } catch (RuntimeException e) {
      end(new Manner.Fail(FailureClass.UNKNOWN, "the controller failed: " + e.getClass()));
      throw e;
    }
  }

  private Outcome pursue() throws InterruptedException {
    Optional<String> refusal = tools.access().refusal(launch, AccessGate.Moment.LAUNCH);
    if (refusal.isPresent()) {
      return denied(refusal.get());
    }
    var submission =
        new Submission(
            tools.tasks(),
            tools.settings().retries(),
            tools.clock(),
            this::wanted,
            wish,
            reason -> events.waiting(launch, reason));
    if (!wanted(Duration.ZERO)) {
      return broken(FailureClass.CANCELLED, "not needed any more", false);
    }
    where = new Whereabouts.Unknown();
    return switch (submission.run(request())) {
      case Submission.Result.Accepted(String arn) -> accepted(arn);
      case Submission.Result.GivenUp(FailureClass kind, String reason, boolean unsure) -> {
        where = unsure ? where : new Whereabouts.Nowhere();
        Outcome outcome = broken(kind, reason, false);
        if (unsure) {
          tools.sweep().run();
        }
        yield outcome;
      }
    };
  }

  /** Waits; false as soon as it was cancelled. */
  private boolean wanted(Duration pause) throws InterruptedException {
    Signal signal = signals.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
    if (signal == null) {
      return true;
    }
    signals.add(signal);
    return !(signal instanceof Signal.Cancelled);
  }

  private Outcome accepted(String arn) throws InterruptedException {
    where = new Whereabouts.At(arn);
    Optional<Launch> moved = tools.book().advance(launch.id(), new Event.Submit(arn), Map.of());
    if (moved.isEmpty()) {
      return broken(FailureClass.CANCELLED, "it was ended by somebody else", false);
    }
    launch = moved.get();
    submitted.countDown();
    events.launching(launch, arn);
    Instant deadline = tools.clock().instant().plus(tools.settings().timeout());
    TaskWatch.Watch watch = tools.watch().watch(arn, deadline, new Lookout());
    try {
      return switch (signals.take()) {
        case Signal.Ready(RemoteAgent ready) -> new Outcome.Acquired(ready);
        case Signal.Denied(String reason) -> denied(reason);
        case Signal.Broken(FailureClass kind, String reason, boolean taskEnded) ->
            broken(kind, reason, taskEnded);
        case Signal.Cancelled() -> broken(FailureClass.CANCELLED, "not needed any more", false);
        case Signal.Turn _, Signal.Waits _ -> throw new IllegalStateException("it had its turn");
      };
    } finally {
      watch.cancel();
    }
  }

  private RunRequest request() {
    Map<String, String> environment =
        Map.of(
            "DEPUTY_URL",
            tools.url().toString(),
            "DEPUTY_SERVER",
            tools.controller().value(),
            Tasks.LAUNCH_VARIABLE,
            launch.id().value());
    Map<String, String> tags =
        Map.of(
            "deputy:job", SessionNames.tag(need.build().job().value()),
            "deputy:build", Integer.toString(need.build().number()),
            "deputy:stage", SessionNames.tag(need.stage()),
            "deputy:template", need.template().value(),
            "deputy:launch", launch.id().value());
    return new RunRequest(
        launch.id(), tools.controller(), launch.taskDefinition(), environment, tags);
  }

  private Outcome denied(String reason) {
    end(new Manner.Fail(FailureClass.ACCESS, "access was refused: " + reason));
    return new Outcome.Denied(reason);
  }

  private Outcome broken(FailureClass kind, String reason, boolean taskEnded) {
    if (kind == FailureClass.CANCELLED) {
      end(new Manner.Stop(reason));
      return new Outcome.Cancelled();
    }
    end(new Manner.Fail(kind, reason));
    return new Outcome.Failed(kind, reason, taskEnded);
  }

  /** Ends the launch, and its agent where there is one, and waits for it. */
  private void end(Manner manner) {
    RemoteAgent present = agent;
    Ending ending =
        present != null
            ? present.end(manner)
            : tools.endings().begin(launch, where, manner, Farewell.NONE);
    ending.awaitOver();
  }

  /** Waits for the agent on the watch's thread. */
  private final class Lookout implements TaskWatch.Watcher {
    @Override
    public void stopped(Ended how) {
      String reason = "the task ended before its agent was ready: " + how.reason();
      signals.add(new Signal.Broken(how.kind(), reason, true));
    }

    @Override
    public void overdue() {
      long seconds = tools.settings().timeout().toSeconds();
      String reason = "no agent was ready " + seconds + " s after its task was accepted";
      signals.add(new Signal.Broken(FailureClass.TIMEOUT, reason, false));
    }
  }
}
