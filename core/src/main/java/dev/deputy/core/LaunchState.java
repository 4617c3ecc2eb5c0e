package dev.deputy.core;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a launch and its only transitions. STOPPED and FAILED are terminal: every event
 * leaves them as they are, and none is entered before the task is known to be gone.
 *
 * <pre>
 * REQUESTED -> SUBMITTED -> REGISTERED -> ASSIGNED -> STOPPING -> STOPPED
 * any state before STOPPING -> FAILING -> FAILED
 * </pre>
 */
public sealed interface LaunchState {
  /** Recorded; RunTask may or may not have been called. */
  record Requested() implements LaunchState {}

  /** RunTask was accepted. */
  record Submitted(String taskArn) implements LaunchState {}

  /** The agent proved to be that task. */
  record Registered(String taskArn, String session) implements LaunchState {}

  /** The build's steps may run there. */
  record Assigned(String taskArn, String session) implements LaunchState {}

  /** No step will run there any more; the task is being stopped. */
  record Stopping(String taskArn) implements LaunchState {}

  /** The task is confirmed STOPPED. */
  record Stopped(String taskArn, Instant at) implements LaunchState {}

  /**
   * It came to nothing, but its task may still be there.
   *
   * @param taskArn empty where it is not known whether there is one
   */
  record Failing(FailureClass kind, String reason, Optional<String> taskArn)
      implements LaunchState {}

  /**
   * It came to nothing, and no task of it is left.
   *
   * @param taskArn empty where there was none
   */
  record Failed(FailureClass kind, String reason, Optional<String> taskArn)
      implements LaunchState {}

  /** What happens to a launch. */
  sealed interface Event {
    record Submit(String taskArn) implements Event {}

    record Register(String session) implements Event {}

    record Assign() implements Event {}

    record Stop() implements Event {}

    /** There is no task (any more). */
    record ConfirmStopped(Instant at) implements Event {}

    record Fail(FailureClass kind, String reason) implements Event {}
  }

  /**
   * The next state, or empty where the event is not possible now (a terminal state absorbs: it
   * returns itself).
   */
  default Optional<LaunchState> on(Event event) {
    return switch (this) {
      case Stopped _, Failed _ -> Optional.of(this);
      case Requested _ ->
          switch (event) {
            case Event.Submit(String taskArn) -> Optional.of(new Submitted(taskArn));
            case Event.Fail(FailureClass kind, String reason) ->
                Optional.of(new Failing(kind, reason, Optional.empty()));
            case Event.Register _, Event.Assign _, Event.Stop _, Event.ConfirmStopped _ ->
                Optional.empty();
          };
      case Submitted(String taskArn) ->
          switch (event) {
            case Event.Register(String session) -> Optional.of(new Registered(taskArn, session));
            case Event.Stop _ -> Optional.of(new Stopping(taskArn));
            case Event.Fail(FailureClass kind, String reason) ->
                Optional.of(new Failing(kind, reason, Optional.of(taskArn)));
            case Event.Submit _, Event.Assign _, Event.ConfirmStopped _ -> Optional.empty();
          };
      case Registered(String taskArn, String session) ->
          switch (event) {
            case Event.Assign _ -> Optional.of(new Assigned(taskArn, session));
            case Event.Stop _ -> Optional.of(new Stopping(taskArn));
            case Event.Fail(FailureClass kind, String reason) ->
                Optional.of(new Failing(kind, reason, Optional.of(taskArn)));
            case Event.Submit _, Event.Register _, Event.ConfirmStopped _ -> Optional.empty();
          };
      case Assigned(String taskArn, _) ->
          switch (event) {
            case Event.Stop _ -> Optional.of(new Stopping(taskArn));
            case Event.Fail(FailureClass kind, String reason) ->
                Optional.of(new Failing(kind, reason, Optional.of(taskArn)));
            case Event.Submit _, Event.Register _, Event.Assign _, Event.ConfirmStopped _ ->
                Optional.empty();
          };
      case Stopping(String taskArn) ->
          switch (event) {
            case Event.ConfirmStopped(Instant at) -> Optional.of(new Stopped(taskArn, at));
            case Event.Stop _ -> Optional.of(this);
            case Event.Submit _, Event.Register _, Event.Assign _, Event.Fail _ -> Optional.empty();
          };
      case Failing(FailureClass kind, String reason, Optional<String> known) ->
          switch (event) {
            case Event.Submit(String taskArn) when known.isEmpty() ->
                Optional.of(new Failing(kind, reason, Optional.of(taskArn)));
            case Event.ConfirmStopped _ -> Optional.of(new Failed(kind, reason, known));
            case Event.Stop _ -> Optional.of(this);
            case Event.Submit _, Event.Register _, Event.Assign _, Event.Fail _ -> Optional.empty();
          };
    };
  }

  /** The task that belongs to it, as far as known. */
  default Optional<String> task() {
    return switch (this) {
      case Requested _ -> Optional.empty();
      case Submitted(String taskArn) -> Optional.of(taskArn);
      case Registered(String taskArn, _) -> Optional.of(taskArn);
      case Assigned(String taskArn, _) -> Optional.of(taskArn);
      case Stopping(String taskArn) -> Optional.of(taskArn);
      case Stopped(String taskArn, _) -> Optional.of(taskArn);
      case Failing(_, _, Optional<String> taskArn) -> taskArn;
      case Failed(_, _, Optional<String> taskArn) -> taskArn;
    };
  }

  default boolean terminal() {
    return switch (this) {
      case Stopped _, Failed _ -> true;
      case Requested _, Submitted _, Registered _, Assigned _, Stopping _, Failing _ -> false;
    };
  }
}
