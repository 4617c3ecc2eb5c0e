package dev.deputy.awssteps;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * Waits for a stack to come to rest and prints what happens to it.
 *
 * @param interval between two looks; zero prints nothing
 * @param limit how long to wait; empty for as long as it takes
 * @param good the states that the stack shall be in at the end
 */
record StackWatch(Duration interval, Optional<Duration> limit, Set<String> good) {
  private static final Duration QUIET = Duration.ofSeconds(1);
  private static final String LINE = "-".repeat(120);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final int MOST_REASONS = 5;

  /** With the pipeline's {@code pollInterval}. */
  static StackWatch of(Arguments arguments, Optional<Duration> limit, String... good) {
    long millis = arguments.number("pollInterval").orElse(1000L);
    if (millis < 0) {
      throw new OperationFailed("pollInterval: " + millis + " (expected: >= 0)");
    }
    return new StackWatch(Duration.ofMillis(millis), limit, Set.of(good));
  }

  /**
   * Returns when the stack is in a good state.
   *
   * @param token names the operation whose events are shown
   * @throws OperationFailed when it is in another one, with the first reasons for it
   */
  void await(Stack stack, String name, String token, Log log, Instant begin)
      throws InterruptedException {
    Set<String> seen = new HashSet<>();
    List<String> reasons = new ArrayList<>();
    boolean quiet = interval.isZero();
    if (!quiet) {
      log.line(LINE);
      log.line("| Stack: " + name);
      log.line(LINE);
    }
    while (true) {
      // The state before the events: what led to a state is then always shown.
      String status = stack.find().map(found -> found.stackStatusAsString()).orElse("GONE");
      for (StackEvent event : fresh(stack, token, seen)) {
        reason(event).ifPresent(reasons::add);
        if (!quiet) {
          print(event, log);
        }
      }
      if (!status.endsWith("_IN_PROGRESS")) {
        finish(name, status, reasons, log);
        return;
      }
      if (limit.isPresent() && begin.plus(limit.get()).isBefore(Instant.now())) {
        throw new OperationFailed(
            "stack "
                + name
                + " is still in "
                + status
                + " after "
                + limit.get().toMinutes()
                + " minutes; CloudFormation goes on with it");
      }
      Thread.sleep((quiet ? QUIET : interval).toMillis());
    }
  }

  private void finish(String name, String status, List<String> reasons, Log log) {
    if (good.contains(status)) {
      return;
    }
    for (String reason : reasons) {
      log.line("Failed: " + reason);
    }
    throw new OperationFailed(
        "stack "
            + name
            + " is in "
            + status
            + (reasons.isEmpty()
                ? ""
                : ": "
                    + String.join(
                        "; ", reasons.subList(0, Math.min(MOST_REASONS, reasons.size())))));
  }

  /** Events of the operation that were not seen before, the oldest first. */
  private static List<StackEvent> fresh(Stack stack, String token, Set<String> seen) {
    List<StackEvent> fresh = new ArrayList<>();
    try {
      for (StackEvent event :
          stack
              .client()
              .describeStackEventsPaginator(call -> call.stackName(stack.name()))
              .stackEvents()) {
        if (!token.equals(event.clientRequestToken()) || !seen.add(event.eventId())) {
          break;
        }
        fresh.add(event);
      }
    } catch (CloudFormationException e) {
      // Who may not read events still sees the end.
      return List.of();
    }
    Collections.reverse(fresh);
    return fresh;
  }

  private static Optional<String> reason(StackEvent event) {
    String reason = event.resourceStatusReason();
    boolean failed = event.resourceStatusAsString().endsWith("_FAILED");
    return failed && reason != null && !reason.startsWith("Resource creation cancelled")
        ? Optional.of(event.logicalResourceId() + ": " + reason)
        : Optional.empty();
  }

  private static void print(StackEvent event, Log log) {
    String reason = event.resourceStatusReason();
    log.line(
        String.format(
            "| %s | %-30s | %-36s | %s",
            TIME.format(event.timestamp()),
            event.logicalResourceId(),
            event.resourceStatusAsString(),
            reason == null ? "" : reason));
  }
}
