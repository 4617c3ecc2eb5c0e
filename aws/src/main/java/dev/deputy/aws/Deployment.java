package dev.deputy.aws;

import dev.deputy.core.Account;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Brings what is deployed to what a configuration wants, in steps: {@link #plan} says what would
 * change, {@link #execute} does that, {@link #discard} leaves everything as it was. For one thread
 * and one plan.
 *
 * <p>Who may deploy is asked before the first look at an account's stacks: credentials of another
 * account are refused with {@link WrongAccount}. What CloudFormation refuses is {@link StackFailed}
 * in its own words.
 */
public final class Deployment implements AutoCloseable {
  /** Where stacks are. */
  private record Place(Account account, String region) {}

  private final InfrastructureStacks infrastructure;
  private final AwsConnections administrators;
  private final DeploymentProgress progress;
  private final String changeSet = "deputy-" + UUID.randomUUID();
  private final Map<Place, Stacks> stacks = new LinkedHashMap<>();

  public Deployment(
      InfrastructureStacks infrastructure,
      AwsConnections administrators,
      DeploymentProgress progress) {
    this.infrastructure = infrastructure;
    this.administrators = administrators;
    this.progress = progress;
  }

  /**
   * What would change, stack by stack in the order in which it would: what is wanted first, then
   * what is not wanted any more. Makes change sets; they have to be executed or discarded. When it
   * fails it has discarded them itself.
   */
  public List<StackChange> plan() throws InterruptedException {
    List<StackChange> plan = new ArrayList<>();
    try {
      connect();
      List<WantedStack> wanted = infrastructure.wanted();
      for (WantedStack stack : wanted) {
        plan.add(at(stack.account(), stack.region()).plan(stack, changeSet));
      }
      plan.addAll(deletions(wanted));
      return plan;
    } catch (RuntimeException | InterruptedException e) {
      discardAfter(e, plan);
      throw e;
    }
  }

  /** What {@link #execute} would delete to leave nothing of Deputy in the accounts. */
  public List<StackChange> planOfRemoval() throws InterruptedException {
    connect();
    return deletions(List.of());
  }

  /**
   * Does what was planned, one stack after the other. Stops at the first that fails; what was
   * planned for it and for those after it is discarded.
   */
  public void execute(List<StackChange> plan) throws InterruptedException {
    Map<String, WantedStack> wanted = new LinkedHashMap<>();
    infrastructure.wanted().forEach(stack -> wanted.put(key(stack.account(), stack.name()), stack));
    List<StackChange> left = new ArrayList<>(plan);
    try {
      for (StackChange change : plan) {
        if (change.isNeeded()) {
          progress.begins(change);
          execute(change, Optional.ofNullable(wanted.get(key(change.account(), change.stack()))));
          progress.ended(change);
        }
        left.remove(change);
      }
    } catch (RuntimeException | InterruptedException e) {
      discardAfter(e, left);
      throw e;
    }
  }

  /** What can not be discarded then is no second failure: nobody executes it. */
  private void discardAfter(Exception failure, List<StackChange> plan) {
    boolean interrupted = Thread.interrupted(); // no call would be made otherwise
    try {
      discard(plan);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Removes the change sets of a plan, and stacks that exist for nothing else. */
  public void discard(List<StackChange> plan) {
    for (StackChange change : plan) {
      at(change.account(), change.region()).discard(change, changeSet);
    }
  }

  @Override
  public void close() {
    stacks.values().forEach(Stacks::close);
  }

  private void execute(StackChange change, Optional<WantedStack> wanted)
      throws InterruptedException {
    Stacks place = at(change.account(), change.region());
    switch (change.action()) {
      case NONE -> {}
      case CREATE, UPDATE -> place.execute(change, changeSet);
      case RECREATE -> {
        place.delete(change);
        place.plan(wanted.orElseThrow(), changeSet);
        place.execute(change, changeSet);
      }
      case DELETE -> place.delete(change);
    }
  }

  /** To every account first: whoever has the wrong credentials is told before anything is done. */
  private void connect() {
    at(infrastructure.tooling(), infrastructure.region());
    infrastructure.accounts().values().forEach(account -> at(account, account.region()));
  }

  private List<StackChange> deletions(List<WantedStack> wanted) throws InterruptedException {
    Set<String> kept = new LinkedHashSet<>();
    wanted.forEach(stack -> kept.add(key(stack.account(), stack.name())));
    List<StackChange> deletions = new ArrayList<>();
    for (Map.Entry<Place, Stacks> entry : stacks.entrySet()) {
      Account account = entry.getKey().account();
      for (String name : entry.getValue().ours()) {
        if (!kept.contains(key(account, name))) {
          deletions.add(entry.getValue().planOfRemoval(name));
        }
      }
    }
    deletions.sort(Comparator.comparingInt(change -> StackNames.deletedAt(change.stack())));
    return deletions;
  }

  private Stacks at(Account account, String region) {
    return stacks.computeIfAbsent(
        new Place(account, region),
        place -> {
          AwsConnection connection = administrators.connect(account, region);
          String caller = connection.caller();
          if (!caller.split(":", -1)[4].equals(account.id())) {
            throw new WrongAccount(account, caller);
          }
          return new Stacks(connection, place.account(), progress);
        });
  }

  private static String key(Account account, String stack) {
    return account.id() + " " + stack;
  }
}
