package dev.deputy.agent;

import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;

/** Makes the agent's threads: named, ending with the program, their failures logged. */
final class Threads {
  private static final System.Logger LOG = System.getLogger(Threads.class.getName());

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

  /** Starts a task in a thread of its own; an interrupt ends it quietly. */
  static Thread start(String name, Interruptible task) {
    Thread thread =
        daemon(name)
            .newThread(() -> {
              try {
                task.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (Exception e) {
                LOG.log(Level.ERROR, name + " failed", e);
              }
            });
    thread.start();
    return thread;
  }

  /** A task that may wait. */
  interface Interruptible {
    void run() throws Exception;
  }
}
