package dev.deputy.builds;

import dev.deputy.fleet.Agent;
import dev.deputy.fleet.AgentEvents;
import dev.deputy.fleet.Agents;
import dev.deputy.fleet.LaunchFailed;
import dev.deputy.fleet.Need;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Agents that outlive the controller: a script goes on when nobody listens, is never started twice,
 * and whoever gives the same order again gets what it printed meanwhile. Thread-safe.
 */
final class SurvivingAgents {
  private final LocalAgents agents;
  private final Map<String, Survivor> survivors = new ConcurrentHashMap<>();

  SurvivingAgents(LocalAgents agents) {
    this.agents = agents;
  }

  Survivor acquire(Need need, AgentEvents events)
      throws InterruptedException, LaunchFailed, Agents.AccessRefused {
    var survivor = new Survivor((LocalAgent) agents.acquire(need, events));
    survivors.put(survivor.local().launch().id().value(), survivor);
    return survivor;
  }

  Survivor resume(Need need, Agents.Assigned assigned, AgentEvents events) {
    return Objects.requireNonNull(survivors.get(assigned.launch().value()));
  }

  /** Closes all but those with these launches. */
  void closeOthers(Set<String> launches) {
    survivors.forEach((launch, survivor) -> {
      if (!launches.contains(launch)) {
        survivor.local().close();
      }
    });
  }

  /** All agents die, with whatever runs there. */
  void die() {
    survivors.values().forEach(Survivor::die);
  }

  /** One agent. */
  static final class Survivor {
    private final LocalAgent local;
    private final Map<String, Script> scripts = new HashMap<>();
    private volatile boolean gone;

    Survivor(LocalAgent local) {
      this.local = local;
    }

    LocalAgent local() {
      return local;
    }

    private void die() {
      gone = true;
      synchronized (scripts) {
        scripts.values().forEach(script -> script.thread.interrupt());
      }
      local.close();
    }

    Agent.Result sh(Agent.Order order, Agent.Output output, Incarnation listener)
        throws InterruptedException, Agent.ResultUnknown, Agent.Gone {
      listener.requireAlive();
      if (gone) {
        throw new Agent.Gone("the agent is gone: it was killed");
      }
      Script script;
      synchronized (scripts) {
        script = scripts.computeIfAbsent(order.id(), _ -> new Script(local, order));
      }
      return script.follow(output, listener);
    }
  }

  /** One script, from its start on. */
  private static final class Script {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Thread thread;
    private Agent.@Nullable Result result;
    private boolean ended;

    Script(LocalAgent agent, Agent.Order order) {
      thread = Thread.ofVirtual().start(() -> run(agent, order));
    }

    private void run(LocalAgent agent, Agent.Order order) {
      Agent.Result end = null;
      try {
        end = agent.sh(order, this::print);
      } catch (InterruptedException | Agent.ResultUnknown _) {
        // nothing is known of it
      }
      lock.lock();
      try {
        result = end;
        ended = true;
        more.signalAll();
      } finally {
        lock.unlock();
      }
    }

    private void print(byte[] bytes, int offset, int length) {
      lock.lock();
      try {
        printed.write(bytes, offset, length);
        more.signalAll();
      } finally {
        lock.unlock();
      }
    }

    Agent.Result follow(Agent.Output output, Incarnation listener)
        throws InterruptedException, Agent.ResultUnknown {
      int from = Math.toIntExact(output.received());
      while (true) {
        byte[] all;
        boolean over;
        lock.lock();
        try {
          while (printed.size() <= from && !ended) {
            if (!more.await(5, TimeUnit.MILLISECONDS)) {
              listener.requireAlive();
            }
          }
          all = printed.toByteArray();
          over = ended;
        } catch (InterruptedException e) {
          if (!listener.dead()) {
            thread.interrupt();
          }
          throw e;
        } finally {
          lock.unlock();
        }
        listener.requireAlive();
        if (all.length > from) {
          output.write(all, from, all.length - from);
          from = all.length;
        } else if (over) {
          Agent.Result end = result;
          if (end == null) {
            throw new Agent.ResultUnknown("nothing is known of the script's result");
          }
          return end;
        }
      }
    }
  }
}
