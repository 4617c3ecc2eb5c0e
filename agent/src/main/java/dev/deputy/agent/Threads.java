package dev.deputy.agent;

import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Makes the agent's threads: named, ending with the program, their failures logged. */
final class Threads {
  private static final System.Logger LOG = System.getLogger(Threads.class.getName());

  private static final String IDLE = "idle";
  private static final ExecutorService POOL = Executors.newCachedThreadPool(daemon(IDLE));

  private Threads() {}

  /** A factory of threads of this name. */
  static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler((at, e) -> LOG.log(Level.ERROR, name + " failed", e));
      return thread;
    };
  }

  /**
   * Starts a task in a thread of its own; an interrupt ends it quietly. Threads of tasks that have
   * ended are used again: a short step would take a good part of its time to make three.
   */
  static void start(String name, Interruptible task) {
    POOL.execute(() -> {
      Thread thread = Thread.currentThread();
      thread.setName(name);
      try {
        task.run();
      } catch (InterruptedException e) {
        LOG.log(Level.DEBUG, name + " was interrupted");
      } catch (Exception e) {
        LOG.log(Level.ERROR, name + " failed", e);
      } finally {
        thread.setName(IDLE);
      }
    });
  }

  /** A task that may wait. */
  interface Interruptible {
    void run() throws Exception;
  }
}
