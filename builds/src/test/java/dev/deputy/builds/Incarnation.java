package dev.deputy.builds;

import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildLogs;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.BuildState;
import dev.deputy.core.BuildStore;
import dev.deputy.core.JobName;
import dev.deputy.core.JournalEntry;
import dev.deputy.core.Launch;
import dev.deputy.fleet.Agent;
import dev.deputy.fleet.AgentEvents;
import dev.deputy.fleet.Agents;
import dev.deputy.fleet.LaunchFailed;
import dev.deputy.fleet.Need;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One life of the controller's process, over stores and agents that outlive it. It is killed when
 * it is about to write a certain entry of a journal: from then on nothing that it does has any
 * effect, and whatever it waits for fails.
 */
final class Incarnation {
  /** What threads of a dead process end with; nothing of Deputy catches it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private final AtomicInteger left;
  private final boolean forgetful;
  private volatile boolean dead;

  /** Entries that are not durable yet, of all builds in their order; guarded by itself. */
  private final List<Runnable> pending = new ArrayList<>();

  /**
   * @param entries after so many entries of journals it is killed
   * @param forgetful whether entries that nobody waited for are lost when it is killed
   */
  Incarnation(int entries, boolean forgetful) {
    this.left = new AtomicInteger(entries);
    this.forgetful = forgetful;
  }

  /** Kills it now. */
  void kill() {
    dead = true;
  }

  boolean dead() {
    return dead;
  }

  void requireAlive() {
    if (dead) {
      throw new Killed();
    }
  }

  private void spend() {
    requireAlive();
    if (left.getAndDecrement() <= 0) {
      dead = true;
      throw new Killed();
    }
  }

  BuildStore over(BuildStore store) {
    return new BuildStore() {
      @Override
      public BuildRecord create(NewBuild build) {
        settle();
        return store.create(build);
      }

      @Override
      public Optional<BuildRecord> find(BuildId id) {
        return store.find(id);
      }

      @Override
      public List<BuildRecord> ofJob(JobName job, int limit) {
        return store.ofJob(job, limit);
      }

      @Override
      public List<BuildRecord> recent(int limit) {
        return store.recent(limit);
      }

      @Override
      public List<BuildRecord> unfinished() {
        return store.unfinished();
      }

      @Override
      public boolean transition(BuildId id, BuildState to, Instant at, AuditRecord audit) {
        settle();
        return store.transition(id, to, at, audit);
      }

      @Override
      public Optional<Integer> passMilestone(BuildId id, int ordinal) {
        settle();
        return store.passMilestone(id, ordinal);
      }

      @Override
      public Optional<Integer> overtakenBy(BuildId id) {
        return store.overtakenBy(id);
      }

      @Override
      public List<Integer> overtaken(BuildId by) {
        return store.overtaken(by);
      }

      @Override
      public void append(BuildId id, JournalEntry entry) {
        synchronized (pending) {
          spend();
          pending.add(() -> store.append(id, entry));
          if (entry.decisive() || !forgetful) {
            settle();
          }
        }
      }

      @Override
      public void settle(BuildId id) {
        settle();
      }

      private void settle() {
        synchronized (pending) {
          requireAlive();
          pending.forEach(Runnable::run);
          pending.clear();
        }
      }

      @Override
      public List<JournalEntry> journal(BuildId id) {
        settle();
        return store.journal(id);
      }
    };
  }

  BuildLogs over(BuildLogs logs) {
    return new BuildLogs() {
      @Override
      public Writer open(BuildId build) {
        requireAlive();
        return over(logs.open(build));
      }

      @Override
      public InputStream read(BuildId build, long offset) throws IOException {
        return logs.read(build, offset);
      }

      @Override
      public Path file(BuildId build) {
        return logs.file(build);
      }
    };
  }

  private BuildLogs.Writer over(BuildLogs.Writer writer) {
    return new BuildLogs.Writer() {
      @Override
      public synchronized long append(byte[] bytes, int offset, int length) {
        requireAlive();
        return writer.append(bytes, offset, length);
      }

      @Override
      public long length() {
        return writer.length();
      }

      @Override
      public void truncate(long length) {
        requireAlive();
        writer.truncate(length);
      }

      @Override
      public void flush() {
        writer.flush();
      }

      @Override
      public void close() {
        writer.close(); // the next process opens it
      }
    };
  }

  Agents over(SurvivingAgents agents) {
    Set<String> known = ConcurrentHashMap.newKeySet();
    return new Agents() {
      @Override
      public Agent acquire(Need need, AgentEvents events)
          throws InterruptedException, LaunchFailed, AccessRefused {
        requireAlive();
        SurvivingAgents.Survivor agent = agents.acquire(need, events);
        known.add(agent.local().launch().id().value());
        return over(agent);
      }

      @Override
      public Agent resume(Need need, Assigned assigned, AgentEvents events) {
        known.add(assigned.launch().value());
        return over(agents.resume(need, assigned, events));
      }

      @Override
      public void resumed(BuildId build) {
        requireAlive();
        agents.closeOthers(known);
      }
    };
  }

  private Agent over(SurvivingAgents.Survivor agent) {
    return new Agent() {
      @Override
      public Launch launch() {
        return agent.local().launch();
      }

      @Override
      public String workspace() {
        return agent.local().workspace();
      }

      @Override
      public Map<String, String> environment() {
        return agent.local().environment();
      }

      @Override
      public Result sh(Order order, Output output)
          throws InterruptedException, ResultUnknown, Gone {
        return agent.sh(order, output, Incarnation.this);
      }

      @Override
      public int collect(
          int step, String dir, List<String> includes, List<String> excludes, Sink sink) {
        requireAlive();
        return agent.local().collect(step, dir, includes, excludes, sink);
      }

      @Override
      public void deliver(int step, String dir, Content archive) {
        requireAlive();
        agent.local().deliver(step, dir, archive);
      }

      @Override
      public Optional<TextFile> readFile(int step, String path) {
        requireAlive();
        return agent.local().readFile(step, path);
      }

      @Override
      public void writeFile(int step, String path, byte[] content) {
        requireAlive();
        agent.local().writeFile(step, path, content);
      }

      @Override
      public void writeSecret(int step, String path, byte[] content) {
        requireAlive();
        agent.local().writeSecret(step, path, content);
      }

      @Override
      public boolean exists(int step, String path) {
        requireAlive();
        return agent.local().exists(step, path);
      }

      @Override
      public void deleteDir(int step, String path) {
        requireAlive();
        agent.local().deleteDir(step, path);
      }

      @Override
      public void mask(List<String> secrets) {
        agent.local().mask(secrets);
      }

      @Override
      public void close() {
        requireAlive();
        agent.local().close();
      }
    };
  }
}
