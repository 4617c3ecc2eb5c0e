package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import dev.deputy.core.LaunchState;
import dev.deputy.fleet.AccessGate;
import dev.deputy.fleet.Agent;
import dev.deputy.fleet.AgentEvents;
import dev.deputy.fleet.Agents;
import dev.deputy.fleet.LaunchFailed;
import dev.deputy.fleet.Need;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Agents that are folders, whose steps are processes of this machine. Thread-safe. */
final class LocalAgents implements Agents {
  private static final String TASK = "arn:aws:ecs:eu-west-1:000000000000:task/cluster/";

  private final Path folder;
  private final AccessGate gate;
  private final List<Need> needs = new ArrayList<>();
  private final List<LocalAgent> agents = new ArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private Optional<LaunchFailed> failure = Optional.empty();
  private volatile boolean withheld;
  private volatile Runnable acquired = () -> {};

  LocalAgents(Path folder, AccessGate gate) {
    this.folder = folder;
    this.gate = gate;
  }

  /** The next need comes to nothing. */
  synchronized void failNext(LaunchFailed failure) {
    this.failure = Optional.of(failure);
  }

  /** From now on no agent comes. */
  void withhold() {
    withheld = true;
  }

  /** Has something done on the acquiring thread when an agent has come. */
  void onAcquired(Runnable action) {
    acquired = action;
  }

  /** All needs there were, oldest first. */
  synchronized List<Need> needs() {
    return List.copyOf(needs);
  }

  /** All agents there were, oldest first. */
  synchronized List<LocalAgent> agents() {
    return List.copyOf(agents);
  }

  /** How many agents are not closed. */
  int open() {
    return open.get();
  }

  @Override
  public Agent acquire(Need need, AgentEvents events)
      throws InterruptedException, LaunchFailed, AccessRefused {
    note(need);
    String id = UUID.randomUUID().toString();
    var launch =
        new Launch(
            new LaunchId(id),
            need.build(),
            need.stage(),
            need.template(),
            "jenkins-agent:1",
            new LaunchState.Assigned(TASK + id, "session"),
            Instant.EPOCH,
            3);
    require(launch, AccessGate.Moment.LAUNCH);
    if (withheld) {
      events.waiting(launch, "RESOURCE:MEMORY");
      new CountDownLatch(1).await();
    }
    events.launching(launch, TASK + id);
    events.registered(launch, "arn:aws:sts::000000000000:assumed-role/agent/" + id, "none");
    require(launch, AccessGate.Moment.ASSIGNMENT);
    LocalAgent agent = add(launch);
    acquired.run();
    return agent;
  }

  private synchronized void note(Need need) throws LaunchFailed {
    needs.add(need);
    if (failure.isPresent()) {
      LaunchFailed ordered = failure.get();
      failure = Optional.empty();
      throw ordered;
    }
  }

  private void require(Launch launch, AccessGate.Moment moment) throws AccessRefused {
    Optional<String> refusal = gate.refusal(launch, moment);
    if (refusal.isPresent()) {
      throw new AccessRefused(refusal.get());
    }
  }

  /** The agents outlive the process that acquired them, unless they were closed. */
  @Override
  public synchronized Agent resume(Need need, Assigned assigned, AgentEvents events) {
    return agents.stream()
        .filter(agent -> agent.launch().id().equals(assigned.launch()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void resumed(BuildId build) {}

  private synchronized LocalAgent add(Launch launch) {
    try {
      Path workspace = Files.createDirectories(folder.resolve("agent-" + agents.size()));
      Files.createDirectories(folder.resolve("agent-" + agents.size() + "@tmp"));
      var agent = new LocalAgent(launch, workspace, open::decrementAndGet);
      agents.add(agent);
      open.incrementAndGet();
      return agent;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
