package dev.deputy.sandbox;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries one task from PROVISIONING to STOPPED, in a virtual thread of its own. Thread-safe. */
final class EcsTaskExecution {
  private static final Logger LOG = LoggerFactory.getLogger(EcsTaskExecution.class);

  private final EcsTask task;
  private final EcsHost host;
  private final Dispatcher dispatcher;
  private final EcsTaskRoles roles;

  /** Guards the decision to start a container against the decision to stop the task. */
  private final ReentrantLock lock = new ReentrantLock();

  private final List<EcsContainerProcess> started = new ArrayList<>();
  private final List<TaskEndpoint.Registration> registrations = new ArrayList<>();
  private final List<TaskConfinement.Place> places = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  EcsTaskExecution(EcsTask task, EcsHost host, Dispatcher dispatcher, EcsTaskRoles roles) {
    this.task = task;
    this.host = host;
    this.dispatcher = dispatcher;
    this.roles = roles;
  }

  /** Runs the task to its end; answers when nothing of it is left. */
  void run() {
    task.move(state -> state.pending(now()));
    try {
      if (startAll()) {
        task.move(state -> state.running(now()));
      }
      for (Thread thread : List.copyOf(threads)) {
        thread.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      release();
    }
  }

  /** Starts the containers in their order; answers whether all have been started. */
  private boolean startAll() throws InterruptedException {
    for (int i = 0; i < task.containers().size(); i++) {
      lock.lock();
      try {
        if (task.state().desired() == EcsTaskState.Status.STOPPED) {
          return false;
        }
        start(i);
      } catch (TaskStartException failure) {
        failed(i, failure.reason());
        return false;
      } catch (AwsException refusal) {
        failed(i, "ResourceInitializationError: " + refusal.text());
        return false;
      } finally {
        lock.unlock();
      }
    }
    return true;
  }

  private void failed(int index, String reason) {
    task.move(state -> state.ended(index, Optional.empty(), Optional.of(reason)));
    stop(EcsTaskState.Stop.FAILED_TO_START);
  }

  private void start(int index) throws TaskStartException, InterruptedException {
    EcsTaskSpec.Container container = task.containers().get(index);
    ImageCommand image = host.image(container.image());
    Optional<String> unsupported = container.unsupported();
    if (unsupported.isPresent()) {
      throw cannotStart("the sandbox does not support " + unsupported.get());
    }
    List<String> command = container.command(image.entryPoint());
    if (command.isEmpty()) {
      throw cannotStart("no command specified");
    }
    TaskOutput output = output(container);
    TaskEndpoint.Registration registration = register(index);
    registrations.add(registration);
    try {
      TaskConfinement.Place place =
          host.workspace().place(container.runtimeId(), image, container.init());
      places.add(place);
      Map<String, String> environment =
          host.environment(place, image, container, task.spec(), registration);
      TaskProcess process = host.processes().start(place, command, environment);
      EcsContainerProcess running =
          new EcsContainerProcess(process, container.stopTimeout(), output);
      started.add(running);
      threads.add(watch(index, container, running));
    } catch (IOException e) {
      throw cannotStart(String.valueOf(e.getMessage()));
    }
  }

  private static TaskStartException cannotStart(String what) {
    return new TaskStartException("CannotStartContainerError: Error response from daemon: " + what);
  }

  private TaskOutput output(EcsTaskSpec.Container container) throws TaskStartException {
    Optional<Parameters> logs = container.definition().structure("logConfiguration");
    if (logs.isEmpty()) {
      return new TaskOutput(host.clock(), _ -> {});
    }
    if (!logs.get().text("logDriver").equals("awslogs")
        || !logs.get().list("secretOptions").isEmpty()) {
      throw cannotStart("the sandbox supports the log driver awslogs without secretOptions only");
    }
    TaskLogStream stream =
        TaskLogStream.open(
            dispatcher,
            roles.logsCaller(),
            logs.get().map("options"),
            task.spec().id(),
            container.name());
    return new TaskOutput(host.clock(), stream::put);
  }

  private TaskEndpoint.Registration register(int index) {
    return host.taskEndpoint()
        .register(
            roles.task(),
            () -> EcsTaskMetadata.container(task, index),
            () -> EcsTaskMetadata.task(task));
  }

  private Thread watch(int index, EcsTaskSpec.Container container, EcsContainerProcess running) {
    return Thread.ofVirtual()
        .name("task-" + task.spec().id() + "-" + container.name())
        .start(() -> interruptibly(() -> running.await(status -> ended(index, container, status))));
  }

  private void ended(int index, EcsTaskSpec.Container container, int status) {
    task.move(state -> state.ended(index, Optional.of(status), Optional.empty()));
    if (container.essential()) {
      stop(EcsTaskState.Stop.ESSENTIAL);
    }
  }

  /** Has the task stop; returns at once. The first reason stays. */
  void stop(EcsTaskState.Stop why) {
    lock.lock();
    try {
      if (task.state().desired() == EcsTaskState.Status.STOPPED) {
        return;
      }
      task.move(state -> state.stopping(why, now()));
      started.forEach(process ->
          Thread.ofVirtual()
              .name("task-stop-" + task.spec().id())
              .start(() -> interruptibly(process::stop)));
    } finally {
      lock.unlock();
    }
  }

  /** Ends the task's processes at once. */
  void kill() {
    lock.lock();
    try {
      task.move(state -> state.stopping(EcsTaskState.Stop.HOST_STOPPED, now()));
      started.forEach(process -> interruptibly(process::kill));
    } finally {
      lock.unlock();
    }
  }

  private interface Interruptible {
    void run() throws InterruptedException;
  }

  private static void interruptibly(Interruptible action) {
    try {
      action.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void release() {
    kill();
    task.move(EcsTaskState::deprovisioning);
    registrations.forEach(TaskEndpoint.Registration::close);
    roles.end();
    places.forEach(place -> TaskWorkspace.remove(place.directory()));
    EcsTaskState last = task.move(state -> state.stopped(now()));
    LOG.debug("{} {}", task.spec().arn(), last.stop());
  }

  private Instant now() {
    return host.clock().instant();
  }
}
