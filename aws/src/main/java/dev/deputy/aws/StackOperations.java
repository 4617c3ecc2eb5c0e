package dev.deputy.aws;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** Waits for what CloudFormation does in the background. */
final class StackOperations {
  private static final Duration FIRST_LOOK = Duration.ofMillis(10);
  private static final Duration SLOWEST_LOOK = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofMinutes(15);

  /** A look at something; empty as long as it goes on. */
  private interface Look<T> {
    Optional<T> look();
  }

  private final CloudFormationClient cloudFormation;
  private final DeploymentProgress progress;
  private final UnaryOperator<String> where;

  /**
   * @param where says of a stack's name which stack that is
   */
  StackOperations(
      CloudFormationClient cloudFormation,
      DeploymentProgress progress,
      UnaryOperator<String> where) {
    this.cloudFormation = cloudFormation;
    this.progress = progress;
    this.where = where;
  }

  /** The stack once nothing goes on with it; empty where there is none. */
  Optional<Stack> settled(String name, Function<String, Optional<Stack>> find)
      throws InterruptedException {
    Optional<Stack> found = find.apply(name);
    if (found.isEmpty() || !inProgress(found.get())) {
      return found;
    }
    progress.waiting(name, found.get().stackStatusAsString());
    return until(
        name,
        () -> {
          Optional<Stack> now = find.apply(name);
          return now.isPresent() && inProgress(now.get()) ? Optional.empty() : Optional.of(now);
        });
  }

  /** The change set once it is made, or could not be. */
  DescribeChangeSetResponse made(String stack, String changeSet) throws InterruptedException {
    return until(
        stack,
        () ->
            Optional.of(
                    cloudFormation.describeChangeSet(call ->
                        call.stackName(stack).changeSetName(changeSet).includePropertyValues(true)))
                .filter(made ->
                    !made.statusAsString().endsWith("_PENDING")
                        && !made.statusAsString().endsWith("_IN_PROGRESS")));
  }

  /**
   * Tells what happens until the operation is over.
   *
   * @param token the operation's
   * @throws StackFailed when it failed, with the first reason that CloudFormation gives
   */
  void follow(StackChange change, String stackId, String token) throws InterruptedException {
    Set<String> told = new HashSet<>();
    Stack end =
        until(
            change.stack(),
            () -> {
              Stack stack =
                  cloudFormation
                      .describeStacks(call -> call.stackName(stackId))
                      .stacks()
                      .getFirst();
              for (StackEvent event : eventsToTell(stackId, token).reversed()) {
                if (told.add(event.eventId())) {
                  progress.happened(
                      change,
                      event.logicalResourceId(),
                      event.resourceType(),
                      event.resourceStatusAsString(),
                      Objects.requireNonNullElse(event.resourceStatusReason(), ""));
                }
              }
              return inProgress(stack) ? Optional.empty() : Optional.of(stack);
            });
    String status = end.stackStatusAsString();
    boolean deleting = change.action() == StackChange.Action.DELETE;
    boolean done =
        status.equals("DELETE_COMPLETE")
            || (!deleting && status.endsWith("_COMPLETE") && !status.contains("ROLLBACK"));
    if (!done) {
      throw new StackFailed(
          where.apply(change.stack()) + " is " + status + reason(events(stackId, token), end));
    }
  }

  /** The newest event comes first; the oldest failure is the cause. */
  private static String reason(List<StackEvent> events, Stack stack) {
    return events.reversed().stream()
        .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
        .findFirst()
        .map(event -> ": " + event.logicalResourceId() + ": " + event.resourceStatusReason())
        .orElse(stack.stackStatusReason() == null ? "" : ": " + stack.stackStatusReason());
  }

  private List<StackEvent> eventsToTell(String stackId, String token) {
    return progress.wantsEvents() ? events(stackId, token) : List.of();
  }

  private List<StackEvent> events(String stackId, String token) {
    return cloudFormation
        .describeStackEventsPaginator(call -> call.stackName(stackId))
        .stackEvents()
        .stream()
        .dropWhile(event -> !token.equals(event.clientRequestToken()))
        .takeWhile(event -> token.equals(event.clientRequestToken()))
        .toList();
  }

  private static boolean inProgress(Stack stack) {
    String status = stack.stackStatusAsString();
    return status.endsWith("_IN_PROGRESS") && !status.equals("REVIEW_IN_PROGRESS");
  }

  private <T> T until(String stack, Look<T> look) throws InterruptedException {
    Duration waited = Duration.ZERO;
    Duration pause = FIRST_LOOK;
    while (true) {
      Optional<T> seen = look.look();
      if (seen.isPresent()) {
        return seen.get();
      }
      if (waited.compareTo(LIMIT) >= 0) {
        throw new StackFailed(
            where.apply(stack)
                + " is not settled after "
                + LIMIT.toMinutes()
                + " minutes; the next command waits on");
      }
      Thread.sleep(pause);
      waited = waited.plus(pause);
      Duration next = pause.multipliedBy(2);
      pause = next.compareTo(SLOWEST_LOOK) < 0 ? next : SLOWEST_LOOK;
    }
  }
}
