package dev.deputy.fleet;

import dev.deputy.protocol.AgentMessage.Exit;
import dev.deputy.protocol.Codec;
import dev.deputy.protocol.ControllerMessage.Ack;
import dev.deputy.protocol.ControllerMessage.Cancel;
import dev.deputy.protocol.Output;
import dev.deputy.protocol.StepId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps that run on one agent. What is taken is acknowledged; what belongs to a step that
 * nobody waits for any more is acknowledged too, so that the agent can forget it.
 */
final class StepRuns {
  private static final Logger log = LoggerFactory.getLogger(StepRuns.class);

  private final Orders orders;
  private final AgentLink link;
  private final Map<StepId, StepRun> running = new ConcurrentHashMap<>();

  StepRuns(Orders orders, AgentLink link) {
    this.orders = orders;
    this.link = link;
  }

  void add(StepRun run) {
    running.put(run.id(), run);
  }

  void remove(StepRun run) {
    running.remove(run.id(), run);
  }

  StepRun.Taken output(Output piece) {
    StepRun run = running.get(piece.step());
    if (run == null) {
      link.send(new Ack(piece.step(), piece.seq()));
      return StepRun.Taken.YES;
    }
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
    StepRun run = running.get(exit.step());
    StepRun.Taken complete = run == null ? StepRun.Taken.YES : run.end(exit.seq());
    if (complete == StepRun.Taken.YES) {
      orders.answered(exit.step(), exit);
      link.send(new Ack(exit.step(), exit.seq()));
    }
    return complete;
  }

  /**
   * Where the agent is to go on.
   *
   * @param there by step the last number that the agent has
   */
  Map<StepId, Long> acknowledged(Map<StepId, Long> there) {
    Map<StepId, Long> acknowledged = new HashMap<>(there);
    running.values().forEach(run -> acknowledged.put(run.id(), run.acknowledged()));
    return acknowledged;
  }

  /** The frame that has a step ended. */
  static String cancel(StepId step) {
    return Codec.encode(new Cancel(step));
  }
}
