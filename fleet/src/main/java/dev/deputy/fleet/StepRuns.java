package dev.deputy.fleet;

import dev.deputy.protocol.AgentMessage.Exit;
import dev.deputy.protocol.Codec;
import dev.deputy.protocol.ControllerMessage.Ack;
import dev.deputy.protocol.ControllerMessage.Cancel;
import dev.deputy.protocol.Output;
import dev.deputy.protocol.StepId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps that run on one agent. What is taken is acknowledged; what belongs to a step that
 * nobody waits for any more is acknowledged too, so that the agent can forget it. What belongs to a
 * step that an earlier process of the controller began is neither taken nor acknowledged until the
 * build waits for it again.
 */
final class StepRuns {
  private static final Logger log = LoggerFactory.getLogger(StepRuns.class);

  private final Orders orders;
  private final AgentLink link;
  private final boolean begunBefore;
  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final Map<StepId, StepRun> running = new HashMap<>();
  private final Set<StepId> ended = new HashSet<>();

  /** By step of an earlier process the last number that came. */
  private final Map<StepId, Long> withheld = new HashMap<>();

  private boolean forgetful;

  /**
   * @param begunBefore whether an earlier process of the controller had the agent
   */
  StepRuns(Orders orders, AgentLink link, boolean begunBefore) {
    this.orders = orders;
    this.link = link;
    this.begunBefore = begunBefore;
  }

  /** Returns whether the agent has to send something again, on another connection. */
  boolean add(StepRun run) {
    lock.lock();
    try {
      boolean again = begunBefore && !ended.contains(run.id());
      boolean missed = withheld.remove(run.id()) != null;
      if (again) {
        run.begunBefore(missed);
      }
      running.put(run.id(), run);
      return missed;
    } finally {
      lock.unlock();
    }
  }

  void remove(StepRun run) {
    lock.lock();
    try {
      if (running.remove(run.id(), run)) {
        ended.add(run.id());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is waited for any more: the agent may forget everything. */
  void forget() {
    Map<StepId, Long> all;
    lock.lock();
    try {
      forgetful = true;
      all = Map.copyOf(withheld);
      withheld.clear();
    } finally {
      lock.unlock();
    }
    all.forEach((step, seq) -> link.send(new Ack(step, seq)));
  }

  /** The run that takes what has this number; empty after it was dealt with otherwise. */
  private Optional<StepRun> taker(StepId step, long seq) {
    lock.lock();
    try {
      StepRun run = running.get(step);
      if (run != null) {
        return Optional.of(run);
      }
      if (isWithheld(step)) {
        withheld.merge(step, seq, Math::max);
        return Optional.empty();
      }
    } finally {
      lock.unlock();
    }
    link.send(new Ack(step, seq));
    return Optional.empty();
  }

  private boolean isWithheld(StepId step) {
    return begunBefore && !forgetful && !ended.contains(step);
  }

  StepRun.Taken output(Output piece) {
    Optional<StepRun> taker = taker(piece.step(), piece.seq());
    if (taker.isEmpty()) {
      return StepRun.Taken.YES;
    }
    StepRun run = taker.get();
    try {
      StepRun.Taken taken = run.take(piece);
      if (taken == StepRun.Taken.YES) {
        link.send(new Ack(piece.step(), run.acknowledged()));
      }
      return taken;
    } catch (RuntimeException e) {
      log.error("output of step {} could not be stored", piece.step(), e);
      remove(run);
      orders.failed(piece.step(), e);
      link.send(new Cancel(piece.step()));
      return StepRun.Taken.YES;
    }
  }

  StepRun.Taken exit(Exit exit) {
    Optional<StepRun> run = find(exit.step());
    if (run.isEmpty() && awaits(exit.step())) {
      return StepRun.Taken.YES; // it is said again when it is asked for
    }
    StepRun.Taken complete = run.map(r -> r.end(exit.seq())).orElse(StepRun.Taken.YES);
    if (complete == StepRun.Taken.YES) {
      orders.answered(exit.step(), exit);
      link.send(new Ack(exit.step(), exit.seq()));
    }
    return complete;
  }

  private Optional<StepRun> find(StepId step) {
    lock.lock();
    try {
      return Optional.ofNullable(running.get(step));
    } finally {
      lock.unlock();
    }
  }

  private boolean awaits(StepId step) {
    lock.lock();
    try {
      return isWithheld(step);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Where the agent is to go on.
   *
   * @param there by step the last number that the agent has
   */
  Map<StepId, Long> acknowledged(Map<StepId, Long> there) {
    List<StepRun> runs;
    Map<StepId, Long> acknowledged = new HashMap<>();
    lock.lock();
    try {
      there.forEach((step, last) -> acknowledged.put(step, isWithheld(step) ? 0 : last));
      runs = List.copyOf(running.values());
    } finally {
      lock.unlock();
    }
    runs.forEach(run -> acknowledged.put(run.id(), run.acknowledged()));
    return acknowledged;
  }

  /** The frame that has a step ended. */
  static String cancel(StepId step) {
    return Codec.encode(new Cancel(step));
  }
}
