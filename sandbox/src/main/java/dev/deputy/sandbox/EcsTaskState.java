package dev.deputy.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a task has come. Immutable; every change is a method that answers the next state. A
 * stopped task changes no more.
 */
record EcsTaskState(
    Status last,
    Status desired,
    int version,
    List<Container> containers,
    Moments times,
    Optional<Stop> stop) {

  /** ECS's states of a task, in their order. */
  enum Status {
    PROVISIONING,
    PENDING,
    RUNNING,
    DEACTIVATING,
    STOPPING,
    DEPROVISIONING,
    STOPPED
  }

  /** Why a task stops. */
  record Stop(String code, String reason) {
    static final Stop ESSENTIAL =
        new Stop("EssentialContainerExited", "Essential container in task exited");
    static final Stop FAILED_TO_START = new Stop("TaskFailedToStart", "Task failed to start");

    static final Stop HOST_STOPPED = new Stop("TerminationNotice", "Host stopped");

    static Stop by(String reason) {
      return new Stop("UserInitiated", reason);
    }
  }

  /** How far a container has come. */
  record Container(Status last, Optional<Integer> exitCode, Optional<String> reason) {
    private static final Container PENDING =
        new Container(Status.PENDING, Optional.empty(), Optional.empty());
  }

  /** When it reached what it has reached. */
  record Moments(
      Optional<Instant> pulled,
      Optional<Instant> started,
      Optional<Instant> stopping,
      Optional<Instant> stopped) {
    private static final Moments NONE =
        new Moments(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A new task with so many containers. */
  static EcsTaskState fresh(int containers) {
    return new EcsTaskState(
        Status.PROVISIONING,
        Status.RUNNING,
        1,
        Collections.nCopies(containers, Container.PENDING),
        Moments.NONE,
        Optional.empty());
  }

  boolean isStopped() {
    return last == Status.STOPPED;
  }

  boolean isRunning() {
    return last == Status.RUNNING;
  }

  /** Whether it is on its way to run. */
  boolean isStarting() {
    return last == Status.PROVISIONING || last == Status.PENDING;
  }

  /** Its image is being looked for. */
  EcsTaskState pending(Instant now) {
    Moments next = new Moments(Optional.of(now), times.started, times.stopping, times.stopped);
    return with(Status.PENDING, desired, containers, next, stop);
  }

  /** All its containers have been started. */
  EcsTaskState running(Instant now) {
    List<Container> running =
        containers.stream()
            .map(container ->
                container.last == Status.PENDING
                    ? new Container(Status.RUNNING, Optional.empty(), Optional.empty())
                    : container)
            .toList();
    Moments next = new Moments(times.pulled, Optional.of(now), times.stopping, times.stopped);
    return with(desired == Status.STOPPED ? last : Status.RUNNING, desired, running, next, stop);
  }

  /** It is to stop; the first reason stays. */
  EcsTaskState stopping(Stop why, Instant now) {
    if (desired == Status.STOPPED) {
      return this;
    }
    Moments next = new Moments(times.pulled, times.started, Optional.of(now), times.stopped);
    Status status = last == Status.RUNNING ? Status.STOPPING : last;
    return with(status, Status.STOPPED, containers, next, Optional.of(why));
  }

  /** A container has ended, or could not begin. */
  EcsTaskState ended(int container, Optional<Integer> exitCode, Optional<String> reason) {
    List<Container> next = new ArrayList<>(containers);
    next.set(container, new Container(Status.STOPPED, exitCode, reason));
    return with(last, desired, List.copyOf(next), times, stop);
  }

  /** Its processes have ended. */
  EcsTaskState deprovisioning() {
    return with(Status.DEPROVISIONING, Status.STOPPED, containers, times, stop);
  }

  /** It is over. */
  EcsTaskState stopped(Instant now) {
    List<Container> ended =
        containers.stream().map(c -> new Container(Status.STOPPED, c.exitCode, c.reason)).toList();
    Moments next = new Moments(times.pulled, times.started, times.stopping, Optional.of(now));
    return with(Status.STOPPED, Status.STOPPED, ended, next, stop);
  }

  private EcsTaskState with(
      Status last, Status desired, List<Container> containers, Moments times, Optional<Stop> stop) {
    return isStopped()
        ? this
        : new EcsTaskState(last, desired, version + 1, containers, times, stop);
  }

  /** Adds the state to ECS's answer for a task. */
  void describe(ObjectNode json) {
    json.put("lastStatus", last.name());
    json.put("desiredStatus", desired.name());
    json.put("version", version);
    json.put("healthStatus", "UNKNOWN");
    times.pulled.ifPresent(
        t -> json.put("pullStartedAt", Times.seconds(t)).put("pullStoppedAt", Times.seconds(t)));
    times.started.ifPresent(t ->
        json.put("connectivity", "CONNECTED")
            .put("connectivityAt", Times.seconds(t))
            .put("startedAt", Times.seconds(t)));
    times.stopping.ifPresent(t -> json.put("stoppingAt", Times.seconds(t)));
    times.stopped.ifPresent(
        t -> json.put("executionStoppedAt", Times.seconds(t)).put("stoppedAt", Times.seconds(t)));
    stop.ifPresent(why -> json.put("stopCode", why.code).put("stoppedReason", why.reason));
  }
}
