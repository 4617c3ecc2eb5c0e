package dev.deputy.store;

import dev.deputy.core.FailureClass;
import dev.deputy.core.LaunchState;
import dev.deputy.store.StoreException.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** The columns of the table {@code launch} that its state is kept in, both ways. */
record LaunchColumns(
    String state,
    Optional<String> task,
    Optional<String> session,
    Optional<String> stopped,
    Optional<String> failure,
    Optional<String> reason) {

  private LaunchColumns(String state, Optional<String> task, Optional<String> session) {
    this(state, task, session, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static LaunchColumns of(LaunchState state) {
    return switch (state) {
      case LaunchState.Requested _ ->
          new LaunchColumns("REQUESTED", Optional.empty(), Optional.empty());
      case LaunchState.Submitted(String task) ->
          new LaunchColumns("SUBMITTED", Optional.of(task), Optional.empty());
      case LaunchState.Registered(String task, String session) ->
          new LaunchColumns("REGISTERED", Optional.of(task), Optional.of(session));
      case LaunchState.Assigned(String task, String session) ->
          new LaunchColumns("ASSIGNED", Optional.of(task), Optional.of(session));
      case LaunchState.Stopping(String task) ->
          new LaunchColumns("STOPPING", Optional.of(task), Optional.empty());
      case LaunchState.Stopped(String task, Instant at) ->
          new LaunchColumns(
              "STOPPED",
              Optional.of(task),
              Optional.empty(),
              Optional.of(at.toString()),
              Optional.empty(),
              Optional.empty());
      case LaunchState.Failing(FailureClass kind, String reason, Optional<String> task) ->
          failure("FAILING", kind, reason, task);
      case LaunchState.Failed(FailureClass kind, String reason, Optional<String> task) ->
          failure("FAILED", kind, reason, task);
    };
  }

  private static LaunchColumns failure(
      String state, FailureClass kind, String reason, Optional<String> task) {
    return new LaunchColumns(
        state,
        task,
        Optional.empty(),
        Optional.empty(),
        Optional.of(kind.name()),
        Optional.of(reason));
  }

  static LaunchColumns of(ResultSet row) throws SQLException {
    return new LaunchColumns(
        row.getString("state"),
        Optional.ofNullable(row.getString("task")),
        Optional.ofNullable(row.getString("session")),
        Optional.ofNullable(row.getString("stopped")),
        Optional.ofNullable(row.getString("failure")),
        Optional.ofNullable(row.getString("reason")));
  }

  LaunchState toState() {
    return switch (state) {
      case "REQUESTED" -> new LaunchState.Requested();
      case "SUBMITTED" -> new LaunchState.Submitted(task.orElseThrow());
      case "REGISTERED" -> new LaunchState.Registered(task.orElseThrow(), session.orElseThrow());
      case "ASSIGNED" -> new LaunchState.Assigned(task.orElseThrow(), session.orElseThrow());
      case "STOPPING" -> new LaunchState.Stopping(task.orElseThrow());
      case "STOPPED" ->
          new LaunchState.Stopped(task.orElseThrow(), Instant.parse(stopped.orElseThrow()));
      case "FAILING" ->
          new LaunchState.Failing(
              FailureClass.valueOf(failure.orElseThrow()), reason.orElseThrow(), task);
      case "FAILED" ->
          new LaunchState.Failed(
              FailureClass.valueOf(failure.orElseThrow()), reason.orElseThrow(), task);
      default ->
          throw new StoreException(Kind.UNKNOWN_FORMAT, "launch state " + state + " is unknown");
    };
  }

  <S extends SqlStatement<S>> S bindTo(S statement) {
    return statement
        .bind("state", state)
        .bind("task", task)
        .bind("session", session)
        .bind("stopped", stopped)
        .bind("failure", failure)
        .bind("reason", reason);
  }
}
