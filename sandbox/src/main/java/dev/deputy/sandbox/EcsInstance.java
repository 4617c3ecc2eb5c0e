package dev.deputy.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Runs tasks on this machine, each in a virtual thread of its own. Thread-safe. */
final class EcsInstance implements AutoCloseable {
  private record Running(EcsTaskExecution execution, Thread thread) {}

  private final EcsHost host;
  private final Dispatcher dispatcher;
  private final ServiceSessions sessions;
  private final Keys keys;
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  /** Guarded by this. */
  private boolean closed;

  EcsInstance(EcsHost host, Dispatcher dispatcher, ServiceSessions sessions, Keys keys) {
    this.host = host;
    this.dispatcher = dispatcher;
    this.sessions = sessions;
    this.keys = keys;
  }

  /** The roles of a task that is about to be launched. */
  EcsTaskRoles roles(EcsTaskSpec task) {
    String account = task.arn().split(":")[4];
    Caller instance =
        new Caller(
            new Identity.Root(account),
            "",
            task.region(),
            EcsAccess.TASKS_PRINCIPAL,
            EcsAccess.TASKS_PRINCIPAL,
            Optional.of(EcsAccess.TASKS_PRINCIPAL));
    return new EcsTaskRoles(
        task.taskRole().map(role -> credentials(task, role)),
        task.executionRole().map(role -> credentials(task, role)),
        instance);
  }

  private TaskCredentials credentials(EcsTaskSpec task, String role) {
    return new TaskCredentials(sessions, keys, host.clock(), task, role);
  }

  /** Starts a task. */
  synchronized void launch(EcsTask task, EcsTaskRoles roles) {
    if (closed) {
      throw AwsException.of("ServerException", "The sandbox is being closed.");
    }
    String id = task.spec().id();
    EcsTaskExecution execution = new EcsTaskExecution(task, host, dispatcher, roles);
    Thread thread =
        Thread.ofVirtual()
            .name("task-" + id)
            .unstarted(() -> {
              try {
                execution.run();
              } finally {
                running.remove(id);
              }
            });
    running.put(id, new Running(execution, thread));
    thread.start();
  }

  /** Has a task stop; without effect when it has. */
  void stop(EcsTask task, EcsTaskState.Stop why) {
    Running found = running.get(task.spec().id());
    if (found != null) {
      found.execution.stop(why);
    }
  }

  /** Ends all tasks at once and waits until nothing of them is left. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    try {
      for (Running task : running.values()) {
        task.execution.kill();
      }
      for (Running task : running.values()) {
        task.thread.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    host.processes().close();
    host.workspace().close();
  }
}
