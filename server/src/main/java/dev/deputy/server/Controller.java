package dev.deputy.server;

import dev.deputy.access.AccessDecision;
import dev.deputy.access.AccessPolicy;
import dev.deputy.access.Grants;
import dev.deputy.aws.AwsConnection;
import dev.deputy.aws.EcsTasks;
import dev.deputy.aws.InfrastructureStacks;
import dev.deputy.aws.StsAgentIdentities;
import dev.deputy.builds.BuildAccessGate;
import dev.deputy.builds.BuildObserver;
import dev.deputy.builds.BuildOutcome;
import dev.deputy.builds.BuildRequest;
import dev.deputy.builds.BuildResources;
import dev.deputy.builds.BuildRunner;
import dev.deputy.builds.BuildSettings;
import dev.deputy.builds.BuildStores;
import dev.deputy.builds.Origin;
import dev.deputy.builds.Questions;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.CredentialStore;
import dev.deputy.core.Infrastructure;
import dev.deputy.core.Timekeeper;
import dev.deputy.fleet.Agents;
import dev.deputy.fleet.Fleet;
import dev.deputy.fleet.FleetPorts;
import dev.deputy.fleet.FleetSettings;
import dev.deputy.fleet.Site;
import dev.deputy.store.FileBuildLogs;
import dev.deputy.store.SqliteStore;
import dev.deputy.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One controller: everything wired by hand, in order, and closed in reverse. Thread-safe. */
public final class Controller implements AutoCloseable {
  /** How long {@link #close} takes at most: longer than it takes to give up a task. */
  public static final Duration LONGEST_CLOSE =
      FleetSettings.defaults().stopping().timeout().plusMinutes(1);

  private final Deque<AutoCloseable> parts;
  private final BuildRunner builds;
  private final List<BuildId> unfinished;
  private final StateFolder state;
  private final Webhooks webhooks;

  private Controller(
      Deque<AutoCloseable> parts, BuildRunner builds, StateFolder state, Webhooks webhooks) {
    this.state = state;
    this.webhooks = webhooks;
    this.parts = parts;
    this.builds = builds;
    this.unfinished = endLost(builds, state, webhooks.also(_ -> {}));
  }

  /** The stacks that carry a configuration's set-up. */
  public static InfrastructureStacks stacks(Configuration configuration) {
    return new InfrastructureStacks(
        configuration.tooling(),
        configuration.cloud().region(),
        configuration.accounts(),
        configuration.cloud().cluster(),
        configuration.agents());
  }

  /**
   * Starts a controller that acts with nothing but the given connection's role. What an earlier one
   * of the same state left behind in the cluster is ended before this returns.
   *
   * @throws dev.deputy.aws.StackFailed when the set-up was not deployed
   * @throws StateUnavailable when the state can not be used
   * @throws IOException when the state can not be opened
   */
  public static Controller start(Configuration configuration, StateFolder state, AwsConnection aws)
      throws IOException {
    return start(configuration, state, aws, false);
  }

  /**
   * Starts a controller that goes on with all builds that an earlier one of the same state did not
   * end: their agents find it where they found that one. Each of {@link #unfinished} has to be
   * {@linkplain #reopen reopened} or {@linkplain #giveUp given up}.
   *
   * @throws StateUnavailable also when the port that agents know is taken
   */
  public static Controller startAgain(
      Configuration configuration, StateFolder state, AwsConnection aws) throws IOException {
    return start(configuration, state, aws, true);
  }

  private static Controller start(
      Configuration configuration, StateFolder state, AwsConnection aws, boolean again)
      throws IOException {
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      var secrets = new ConfiguredCredentials(configuration, System.getenv(), false);
      Webhooks webhooks =
          opened(
              parts,
              new Webhooks(
                  configuration.notifications().webhooks(), secrets, Duration.ofSeconds(2)));
      return new Controller(parts, wire(configuration, state, aws, parts, again), state, webhooks);
    } catch (StoreException e) {
      closeAll(parts);
      throw new StateUnavailable(e);
    } catch (RuntimeException | IOException e) {
      closeAll(parts);
      throw e;
    }
  }

  /**
   * Starts a controller without AWS, whose agents are of this machine and reach no account.
   *
   * @param agents what serves every need
   * @param resources what builds may use, see {@link LocalResources}
   * @throws StateUnavailable when the state can not be used
   */
  public static Controller startLocal(StateFolder state, Agents agents, BuildResources resources) {
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      SqliteStore store = opened(parts, SqliteStore.open(state.database()));
      var builds =
          new BuildRunner(
              stores(store, state),
              agents,
              _ -> new AccessDecision.Denied("agents of this machine reach no account"),
              BuildSettings.onThisMachine(resources),
              Timekeeper.system());
      var nobody = opened(parts, new Webhooks(List.of(), CredentialStore.NONE, Duration.ZERO));
      return new Controller(parts, builds, state, nobody);
    } catch (StoreException e) {
      closeAll(parts);
      throw new StateUnavailable(e);
    } catch (RuntimeException e) {
      closeAll(parts);
      throw e;
    }
  }

  /** What a configuration lets builds use beside agents. */
  private static BuildResources resources(Configuration configuration, StateFolder state) {
    var credentials = new ConfiguredCredentials(configuration, System.getenv(), false);
    return new BuildResources(
        credentials,
        new ConfiguredLibraries(configuration.libraries(), state.libraries(), false),
        new ConfiguredNotices(configuration.notifications(), credentials));
  }

  private static BuildStores stores(SqliteStore store, StateFolder state) {
    return new BuildStores(
        store.builds(), new FileBuildLogs(state.builds()), store.audit(), state.builds());
  }

  /** Runs a build to its end on the calling thread. */
  public BuildOutcome run(BuildRequest request, BuildObserver observer, Questions questions) {
    return builds.run(request, webhooks.also(observer), questions);
  }

  /**
   * Has a build go on, on the calling thread, that an earlier process of this state did not end.
   *
   * @throws IllegalArgumentException when there is no such build
   */
  public BuildOutcome continued(
      BuildId build, BuildRequest request, BuildObserver observer, Questions questions) {
    return builds.continued(build, request, webhooks.also(observer), questions);
  }

  /**
   * As {@link #continued}, in two steps: until what is returned has run, no other build gets what
   * this one had locked.
   */
  public Supplier<BuildOutcome> reopen(
      BuildId build, BuildRequest request, BuildObserver observer, Questions questions) {
    return builds.reopen(build, request, webhooks.also(observer), questions);
  }

  /** Stores a build, which then may be {@link #continued}. */
  public BuildId create(BuildRequest request) {
    return builds.create(request).id();
  }

  /** Ends a build of an earlier process that can not go on; the observer hears of its end. */
  public void giveUp(BuildId build, String reason, BuildObserver observer) {
    builds.giveUp(build, reason, webhooks.also(observer));
  }

  /** What a build that has not ended was made of. */
  public Optional<Origin> origin(BuildId build) throws IOException {
    return state.origin(build);
  }

  public Optional<BuildRecord> find(BuildId build) {
    return builds.find(build);
  }

  /** Builds of all jobs, newest first. */
  public List<BuildRecord> recent(int limit) {
    return builds.recent(limit);
  }

  /** A build's console log. */
  public Path logFile(BuildId build) {
    return builds.logFile(build);
  }

  /** Builds that an earlier process did not end and that may go on, oldest first. */
  public List<BuildId> unfinished() {
    return unfinished;
  }

  /** Ends builds' agents and closes everything. Idempotent. */
  @Override
  public void close() {
    closeAll(parts);
  }

  private static BuildRunner wire(
      Configuration configuration,
      StateFolder state,
      AwsConnection aws,
      Deque<AutoCloseable> parts,
      boolean again)
      throws IOException {
    Clock clock = Clock.systemUTC();
    SqliteStore store = opened(parts, SqliteStore.open(state.database()));
    Infrastructure infrastructure = stacks(configuration).read(aws);
    EcsTasks tasks = opened(parts, new EcsTasks(aws, infrastructure.cluster()));
    StsAgentIdentities identities = opened(parts, new StsAgentIdentities(aws));
    AccessPolicy policy = new Jobs(configuration).only(new Grants(configuration.grants()));
    FleetPorts ports =
        new FleetPorts(
            tasks,
            identities,
            store.launches(),
            store.builds(),
            store.audit(),
            new BuildAccessGate(store.builds(), policy, store.audit(), clock));
    Site site =
        new Site(
            ControllerIdentity.of(state),
            infrastructure,
            configuration.agents().stream()
                .collect(Collectors.toMap(AgentTemplate::name, Function.identity())),
            configuration.accounts(),
            configuration.caps());
    Fleet fleet = opened(parts, new Fleet(site, ports, FleetSettings.defaults(), clock));
    AgentEndpoint endpoint =
        opened(
            parts,
            AgentEndpoint.start(agentPort(state, again), fleet.gateway(), fleet.transfers()));
    if (again) {
      state.keepAgentPort(endpoint.address().getPort());
      Set<BuildId> goOn =
          store.builds().unfinished().stream().map(BuildRecord::id).collect(Collectors.toSet());
      fleet.start(endpoint.address(), goOn::contains);
    } else {
      fleet.start(endpoint.address());
    }
    BuildSettings settings =
        new BuildSettings(
            configuration.agents(),
            configuration.cloud().defaultAgent(),
            configuration.accounts(),
            Optional.empty(),
            resources(configuration, state));
    return new BuildRunner(stores(store, state), fleet, policy, settings, Timekeeper.system());
  }

  private static InetSocketAddress agentPort(StateFolder state, boolean again) throws IOException {
    int port = again ? state.agentPort().orElse(0) : 0;
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    if (port != 0) {
      try (var probe = new ServerSocket()) {
        probe.setReuseAddress(true);
        probe.bind(address);
      } catch (IOException e) {
        throw new IOException(
            "port "
                + port
                + ", where agents know this controller, is taken (kept in "
                + state.path()
                + ")",
            e);
      }
    }
    return address;
  }

  /**
   * Builds end that an earlier process did not, and that can not go on; the others are returned.
   */
  private static List<BuildId> endLost(
      BuildRunner builds, StateFolder state, BuildObserver observer) {
    List<BuildId> unfinished = new ArrayList<>();
    for (BuildId build : builds.unfinished()) {
      try {
        if (state.origin(build).isPresent()) {
          unfinished.add(build);
        } else {
          builds.giveUp(build, "it is not known what it was made of", observer);
        }
      } catch (IOException e) {
        builds.giveUp(build, String.valueOf(e.getMessage()), observer);
      }
    }
    return List.copyOf(unfinished);
  }

  private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> parts, T part) {
    parts.push(part);
    return part;
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        System.getLogger(Controller.class.getName())
            .log(System.Logger.Level.WARNING, "a part did not close", e);
      }
    }
  }
}
