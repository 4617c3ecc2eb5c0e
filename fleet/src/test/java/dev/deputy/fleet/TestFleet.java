package dev.deputy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.core.AgentIdentities.Answer.Proven;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import dev.deputy.core.ControllerId;
import dev.deputy.core.CredentialsMode;
import dev.deputy.core.FailureClass;
import dev.deputy.core.Infrastructure;
import dev.deputy.core.Infrastructure.Deployed;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchState;
import dev.deputy.core.SourceRef;
import dev.deputy.core.TemplateName;
import dev.deputy.testkit.InMemoryAgentIdentities;
import dev.deputy.testkit.InMemoryAuditLog;
import dev.deputy.testkit.InMemoryBuildStore;
import dev.deputy.testkit.InMemoryLaunchStore;
import dev.deputy.testkit.InMemoryTasks;
import dev.deputy.testkit.InMemoryTasks.Task;
import dev.deputy.testkit.ManualClock;
import dev.deputy.testkit.Samples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A fleet over ports in memory, quick where it waits, with a clock that a test moves. */
final class TestFleet implements AutoCloseable {
  static final ControllerId CONTROLLER = new ControllerId("controller-1");
  static final String CLUSTER = "arn:aws:ecs:eu-west-1:000000000000:cluster/jenkins-agent-cluster";
  static final String ROLE_ID = "AROATASKROLE00000001";
  static final String DEPLOY_ROLE = "arn:aws:iam::444444444444:role/deputy/deploy";
  static final TemplateName PRODUCTION = new TemplateName("production");
  static final TemplateName BUILDER = new TemplateName("builder");
  static final TemplateName CLASSIC = new TemplateName("classic");

  final ManualClock clock = new ManualClock();
  final InMemoryAuditLog audit = new InMemoryAuditLog();
  final InMemoryLaunchStore launches = new InMemoryLaunchStore(audit);
  final InMemoryBuildStore builds = new InMemoryBuildStore(audit);
  final InMemoryTasks tasks = new InMemoryTasks(clock);
  final InMemoryAgentIdentities identities = new InMemoryAgentIdentities();
  final Map<AccessGate.Moment, String> refusals = new ConcurrentHashMap<>();
  final Map<AccessGate.Moment, Runnable> atGate = new ConcurrentHashMap<>();
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final BuildId build = builds.create(Samples.newBuild("examples/dtap")).id();
  private final Caps caps;
  final Fleet fleet;

  TestFleet() {
    this(settings());
  }

  TestFleet(FleetSettings settings) {
    this(settings, ports -> ports);
  }

  TestFleet(Caps caps) {
    this(settings(), ports -> ports, caps);
  }

  /**
   * @param between what stands between the fleet and its ports
   */
  TestFleet(FleetSettings settings, UnaryOperator<FleetPorts> between) {
    this(settings, between, Caps.NONE);
  }

  private TestFleet(FleetSettings settings, UnaryOperator<FleetPorts> between, Caps caps) {
    this.caps = caps;
    fleet = new Fleet(site(caps), between.apply(ports()), settings, clock);
  }

  /** A fleet that starts over the same ports, as after a crash of the first. */
  Fleet successor() {
    Fleet successor = notStarted();
    successor.start(URI.create("ws://controller.example:8080"));
    return successor;
  }

  /** As {@link #successor()}, where the build goes on. */
  Fleet successorThatGoesOn() {
    Fleet successor = notStarted();
    successor.start(URI.create("ws://controller.example:8080"), build::equals);
    return successor;
  }

  /** A controller of the same state that listens already and knows of nothing yet. */
  Fleet notStarted() {
    return new Fleet(site(caps), ports(), reapingOften(), clock);
  }

  FleetPorts ports() {
    return new FleetPorts(tasks, identities, launches, builds, audit, this::refusal);
  }

  private Optional<String> refusal(Launch launch, AccessGate.Moment moment) {
    atGate.getOrDefault(moment, () -> {}).run();
    return Optional.ofNullable(refusals.get(moment));
  }

  static FleetSettings settings() {
    return new FleetSettings(
        new FleetSettings.Launching(
            Duration.ofMinutes(15),
            new RetryPlan(Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMinutes(10)),
            Duration.ofMillis(2),
            Duration.ofMinutes(2)),
        new FleetSettings.Connecting(
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            1 << 20),
        new FleetSettings.Stopping(
            Duration.ofSeconds(5),
            Duration.ofMillis(300),
            Duration.ofMinutes(3),
            Duration.ofHours(1)));
  }

  static FleetSettings reapingOften() {
    FleetSettings usual = settings();
    return new FleetSettings(
        usual.launching(),
        usual.connecting(),
        new FleetSettings.Stopping(
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofMinutes(3),
            Duration.ofMillis(5)));
  }

  static Site site(Caps caps) {
    return new Site(
        CONTROLLER,
        new Infrastructure(
            CLUSTER,
            "/ecs/jenkins-agents",
            Map.of(
                PRODUCTION, deployed("production", Optional.of(DEPLOY_ROLE)),
                CLASSIC, deployed("classic", Optional.of(DEPLOY_ROLE)),
                BUILDER, deployed("builder", Optional.empty()))),
        Map.of(
            PRODUCTION, template("production", CredentialsMode.DEPLOY_ROLE),
            CLASSIC, template("classic", CredentialsMode.TASK_ROLE),
            BUILDER, template("builder", CredentialsMode.NONE)),
        Map.of(new AccountName("production"), account()),
        caps);
  }

  private static Account account() {
    return new Account(
        new AccountName("production"),
        "444444444444",
        "eu-central-1",
        Optional.of("production"),
        Optional.empty(),
        true);
  }

  private static Deployed deployed(String name, Optional<String> deployRole) {
    return new Deployed(
        "arn:aws:ecs:eu-west-1:000000000000:task-definition/jenkins-agent-account-" + name + ":1",
        "arn:aws:iam::000000000000:role/deputy/agents/task-" + name,
        ROLE_ID,
        deployRole,
        Optional.of("external-1"));
  }

  private static AgentTemplate template(String name, CredentialsMode mode) {
    return new AgentTemplate(
        new TemplateName(name),
        List.of(name),
        mode == CredentialsMode.NONE
            ? Optional.empty()
            : Optional.of(new AccountName("production")),
        mode,
        "deputy-agent",
        new AgentTemplate.TaskSize(2048, 3584, "bridge"),
        new SourceRef("deputy.yaml", 1, 1));
  }

  TestFleet start() {
    fleet.start(URI.create("ws://controller.example:8080"));
    return this;
  }

  Need need() {
    return need(PRODUCTION);
  }

  Need need(TemplateName template) {
    return new Need(build, "Deploy (prod)", template, "dtap-production");
  }

  /** Every new task has an agent that registers, is ready and obeys. */
  TestFleet withAgents() {
    return withAgents(FakeAgent::serve);
  }

  TestFleet withAgents(Consumer<FakeAgent> then) {
    tasks.onRun(task -> Thread.ofVirtual().start(() -> live(task, then)));
    return this;
  }

  private void live(Task task, Consumer<FakeAgent> then) {
    FakeAgent agent = agent(task);
    if (agent.letIn(clock.instant())) {
      then.accept(agent.ready());
    } else {
      tasks.die(task.arn(), FailureClass.TASK_DIED, "Essential container in task exited");
    }
  }

  /** The agent in a task, not connected yet. */
  FakeAgent agent(Task task) {
    return agent(task, identity(task));
  }

  FakeAgent agent(Task task, Proven identity) {
    String launch = task.request().environment().getOrDefault("DEPUTY_LAUNCH", "");
    return new FakeAgent(fleet.gateway(), identities, launch, identity);
  }

  /** What STS says of the task's role session. */
  static Proven identity(Task task) {
    String family = task.request().taskDefinition();
    String name = family.substring(family.lastIndexOf('-') + 1, family.lastIndexOf(':'));
    return new Proven(
        "000000000000",
        "arn:aws:sts::000000000000:assumed-role/task-" + name + "/" + task.id(),
        ROLE_ID + ":" + task.id());
  }

  Agent acquire() throws Exception {
    return fleet.acquire(need(), listener());
  }

  /** Something that runs on a thread of its own. */
  static final class Running<T> extends FutureTask<T> {
    final Thread thread = Thread.ofVirtual().unstarted(this);

    private Running(Callable<T> call) {
      super(call);
    }
  }

  static <T> Running<T> run(Callable<T> call) {
    var running = new Running<>(call);
    running.thread.start();
    return running;
  }

  Running<Agent> acquiring() {
    return run(this::acquire);
  }

  /** Hears everything and does nothing. */
  static class Listening implements AgentEvents {
    @Override
    public void launching(Launch launch, String taskArn) {}

    @Override
    public void waiting(Launch launch, String reason) {}

    @Override
    public void registered(Launch launch, String identityArn, String isolation) {}

    @Override
    public void credentialsIssued(
        Launch launch, String roleSessionArn, String accessKeyId, Instant expires) {}
  }

  AgentEvents listener() {
    return new AgentEvents() {
      @Override
      public void launching(Launch launch, String taskArn) {
        events.add("launching " + taskArn);
      }

      @Override
      public void waiting(Launch launch, String reason) {
        events.add("waiting: " + reason);
      }

      @Override
      public void registered(Launch launch, String identityArn, String isolation) {
        events.add("registered " + identityArn + " " + isolation);
      }

      @Override
      public void credentialsIssued(
          Launch launch, String roleSessionArn, String accessKeyId, Instant expires) {
        events.add("issued " + roleSessionArn + " " + accessKeyId);
      }
    };
  }

  /** The first task, as soon as there is one. */
  Task task() {
    await().atMost(10, TimeUnit.SECONDS).until(() -> !tasks.tasks().isEmpty());
    return tasks.tasks().getFirst();
  }

  Launch onlyLaunch() {
    List<Launch> all = launches.ofBuild(build);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  void awaitState(Class<? extends LaunchState> state) {
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> launches.ofBuild(build).stream().anyMatch(l -> state.isInstance(l.state())));
  }

  List<AuditRecord> audited(String action) {
    return audit.records().stream().filter(record -> record.action().equals(action)).toList();
  }

  /** No task runs and no launch is live, as soon as a task would have been seen. */
  void assertNothingLeftInTheEnd() {
    clock.advance(settings().launching().missingGrace());
    assertNothingLeft();
  }

  /** No task runs and no launch is live. */
  void assertNothingLeft() {
    assertThat(tasks.tasks()).allMatch(task -> task.ended().isPresent());
    assertThat(launches.live()).isEmpty();
  }

  @Override
  public void close() {
    fleet.close();
  }
}
