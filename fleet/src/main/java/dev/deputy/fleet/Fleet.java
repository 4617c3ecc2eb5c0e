package dev.deputy.fleet;

import dev.deputy.core.BuildId;
import dev.deputy.core.FailureClass;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchState;
import dev.deputy.fleet.LaunchAttempt.Outcome;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns needs into agents: one need, one launch, one task, one agent. Thread-safe.
 *
 * <p>First {@link #gateway} and {@link #transfers} are given to a server; then {@link #start}
 * tidies up after an earlier run; only then agents can be acquired.
 */
public final class Fleet implements Agents, AutoCloseable {
  private final Site site;
  private final FleetPorts ports;
  private final FleetSettings settings;
  private final InstantSource clock;
  private final LaunchQueue queue;
  private final LaunchBook book;
  private final AccessGate access;
  private final Roster roster = new Roster();
  private final Expected expected = new Expected();
  private final AgentTools agentTools;
  private final TaskWatch watch;
  private final Endings endings;
  private final TransferDesk desk;
  private final Door door;
  private final Reaper reaper;
  private volatile @Nullable LaunchTools tools;
  private final Set<Acquisition> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public Fleet(Site site, FleetPorts ports, FleetSettings settings, InstantSource clock) {
    this.site = site;
    this.ports = ports;
    this.settings = settings;
    this.clock = clock;
    queue = new LaunchQueue(site.caps());
    book = new LaunchBook(ports.launches(), clock, queue::leave);
    access = new FailClosedGate(ports.access());
    watch = new TaskWatch(ports.tasks(), settings.launching(), clock);
    endings = new Endings(ports.tasks(), book, roster, watch, settings, clock);
    desk =
        new TransferDesk(
            settings.connecting().transferPatience(), settings.connecting().maxTransfer());
    var credentials = new CredentialIssue(access, book, ports.builds(), ports.audit());
    agentTools = new AgentTools(watch, endings, credentials, desk, settings, clock);
    var registrar = new Registrar(site, ports, book, access, roster, expected, agentTools);
    door = new Door(registrar, settings.connecting(), clock);
    reaper = new Reaper(site.controller(), ports, book, roster, expected, endings, settings, clock);
  }

  /** Where a server lets agents in. */
  public AgentGateway gateway() {
    return door;
  }

  /** Where a server lets archives pass. */
  public AgentTransfers transfers() {
    return desk;
  }

  /** As {@link #start(URI, Predicate)}, where no build goes on. */
  public void start(URI url) {
    expected.expect(List.of(), _ -> false);
    open(url);
  }

  /**
   * Ends what an earlier run left behind, then makes {@link #acquire} possible.
   *
   * @param goesOn builds that an earlier process did not end and that will call {@link #resume} for
   *     their agents, then {@link #resumed}
   * @param url where agents find the server: {@code ws} or {@code wss}, without the path
   * @throws RuntimeException of the store or the cloud, which then cannot be launched into either
   */
  public void start(URI url, Predicate<BuildId> goesOn) {
    expected.expect(ports.launches().live(), goesOn);
    open(url);
  }

  private void open(URI url) {
    ports.launches().live().forEach(launch -> queue.hold(launch, site));
    reaper.start();
    tools =
        new LaunchTools(
            site.controller(),
            url,
            ports.tasks(),
            queue,
            book,
            access,
            roster,
            watch,
            endings,
            reaper::sweep,
            settings.launching(),
            clock);
  }

  private LaunchTools started() {
    LaunchTools present = tools;
    if (present == null) {
      throw new IllegalStateException("the fleet was not started");
    }
    return present;
  }

  @Override
  public Agent acquire(Need need, AgentEvents events)
      throws InterruptedException, LaunchFailed, AccessRefused {
    LaunchTools present = started();
    Optional<Site.Placement> placement = site.placement(need.template());
    if (placement.isEmpty()) {
      throw new LaunchFailed(
          FailureClass.MISCONFIGURED, "agent template " + need.template() + " is not deployed");
    }
    var acquisition = new Acquisition(need, placement.get(), new CalmEvents(events), present);
    underWay.add(acquisition);
    try {
      if (closed) {
        acquisition.cancel("the controller ends");
      }
      return agent(acquisition.run());
    } finally {
      underWay.remove(acquisition);
    }
  }

  @Override
  public Agent resume(Need need, Assigned assigned, AgentEvents events) {
    Optional<Launch> launch = expected.find(assigned.launch());
    Optional<Site.Placement> placement = site.placement(need.template());
    if (launch.isEmpty() || placement.isEmpty() || assigned.key().isEmpty()) {
      return gone(assigned);
    }
    return resume(launch.get(), need, placement.get(), assigned, events);
  }

  private Agent resume(
      Launch launch, Need need, Site.Placement placement, Assigned assigned, AgentEvents events) {
    if (!(launch.state() instanceof LaunchState.Assigned(String task, String session))) {
      return gone(assigned);
    }
    Key key = assigned.key().orElseThrow();
    var attempt = LaunchAttempt.resumed(launch, need, placement, new CalmEvents(events), started());
    var bond = new Bond(launch, task, session, key.publicKey(), key.tokenHash());
    RemoteAgent agent = RemoteAgent.resumed(bond, attempt, agentTools, assigned);
    attempt.registered(agent);
    roster.enter(attempt);
    roster.enter(agent);
    expected.remove(launch.id());
    agent.expect();
    return agent;
  }

  private Agent gone(Assigned assigned) {
    Launch launch =
        book.find(assigned.launch())
            .orElseThrow(() -> new IllegalArgumentException("no launch " + assigned.launch()));
    return new GoneAgent(launch, assigned, "the agent ended together with the controller");
  }

  @Override
  public void resumed(BuildId build) {
    if (expected.forget(build)) {
      Threads.start("fleet-sweep", reaper::sweep);
    }
  }

  private static Agent agent(Outcome outcome) throws LaunchFailed, AccessRefused {
    return switch (outcome) {
      case Outcome.Acquired(RemoteAgent agent) -> agent;
      case Outcome.Denied(String reason) -> throw new AccessRefused(reason);
      case Outcome.Failed(FailureClass kind, String reason, _) ->
          throw new LaunchFailed(kind, reason);
      case Outcome.Cancelled() ->
          throw new LaunchFailed(FailureClass.CANCELLED, "the launch was ended");
    };
  }

  /** Ends all launches and waits until their tasks are stopped. Idempotent. */
  @Override
  public void close() {
    closed = true;
    String reason = "the controller ends";
    List<Acquisition> unfinished = List.copyOf(underWay);
    unfinished.forEach(acquisition -> acquisition.cancel(reason));
    unfinished.forEach(Acquisition::awaitEnd);
    roster.attempts().forEach(attempt -> attempt.cancel(reason));
    reaper.close();
    endings.awaitAll();
    door.close();
    watch.close();
  }
}
