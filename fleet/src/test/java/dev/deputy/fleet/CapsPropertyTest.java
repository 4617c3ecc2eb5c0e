package dev.deputy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deputy.core.AccountName;
import dev.deputy.core.BuildId;
import dev.deputy.core.FailureClass;
import dev.deputy.core.JobName;
import dev.deputy.core.Launch;
import dev.deputy.core.Tasks;
import dev.deputy.core.TemplateName;
import dev.deputy.fleet.TestFleet.Running;
import dev.deputy.testkit.InMemoryTasks.Task;
import dev.deputy.testkit.Samples;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Assertions;

/**
 * Whatever happens in whatever order: there are never more tasks than each limit says, counted as
 * ECS sees them, and nothing is left in the end.
 */
class CapsPropertyTest {
  private static final List<String> JOBS = List.of("a", "b", "c");
  private static final List<TemplateName> TEMPLATES =
      List.of(TestFleet.PRODUCTION, TestFleet.CLASSIC, TestFleet.BUILDER);
  private static final Caps CAPS =
      new Caps(
          OptionalInt.of(4),
          Map.of(new AccountName("production"), 3),
          Map.of(TestFleet.PRODUCTION, 2),
          Map.of(new JobName("a"), 2));

  private static final FleetSettings SETTINGS =
      new FleetSettings(
          TestFleet.settings().launching(),
          TestFleet.settings().connecting(),
          new FleetSettings.Stopping(
              Duration.ofSeconds(5),
              Duration.ofMillis(5),
              Duration.ofMinutes(3),
              Duration.ofMillis(5)));

  /** What happens next; numbers choose among what there is. */
  sealed interface Step {
    /**
     * @param settled whether the next step waits until something is heard of it
     */
    record Acquire(int job, int template, boolean settled) implements Step {}

    record Cancel(int need) implements Step {}

    record Release(int need) implements Step {}

    record Refuse(FailureClass kind) implements Step {}

    record LoseAnswer() implements Step {}

    record Die(int task) implements Step {}

    record Confirm(int task) implements Step {}

    record Pass(Duration time) implements Step {}

    record Restart() implements Step {}
  }

  @Property(tries = 40)
  void noLimitIsEverExceeded(@ForAll("steps") List<Step> steps) {
    try (var world = new World()) {
      steps.forEach(world::take);
    }
  }

  /** One controller after the other, over the same ports. */
  private static final class World implements AutoCloseable {
    private final TestFleet fleet = new TestFleet(CAPS);
    private final List<Running<Agent>> needs = new ArrayList<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private MortalPorts ports = new MortalPorts();
    private volatile Fleet current;

    World() {
      fleet.tasks.slowStops(true);
      fleet.tasks.lag(Duration.ofSeconds(30));
      fleet.tasks.onRun(this::started);
      current = begin();
    }

    /** Agents of one job never come. */
    private void started(Task task) {
      count();
      AgentGateway gateway = current.gateway();
      if (!tag(task, "deputy:job").equals("c")) {
        Thread.startVirtualThread(() -> connect(task, gateway));
      }
    }

    private void connect(Task task, AgentGateway gateway) {
      String launch = task.request().environment().getOrDefault(Tasks.LAUNCH_VARIABLE, "");
      var agent = new FakeAgent(gateway, fleet.identities, launch, TestFleet.identity(task));
      try {
        if (agent.letIn(fleet.clock.instant())) {
          agent.ready();
        }
      } catch (AssertionError _) {
        // The controller does not answer any more.
      }
    }

    private Fleet begin() {
      var begun =
          new Fleet(TestFleet.site(CAPS), ports.between(fleet.ports()), SETTINGS, fleet.clock);
      begun.start(URI.create("ws://controller.example:8080"));
      return begun;
    }

    private void count() {
      List<Task> running =
          fleet.tasks.tasks().stream().filter(task -> task.ended().isEmpty()).toList();
      most("overall", running.size(), 4);
      most("account", running.stream().filter(t -> !template(t).equals("builder")).count(), 3);
      most("template", running.stream().filter(t -> template(t).equals("production")).count(), 2);
      most("job", running.stream().filter(t -> tag(t, "deputy:job").equals("a")).count(), 2);
    }

    private static String template(Task task) {
      return tag(task, "deputy:template");
    }

    private static String tag(Task task, String name) {
      return task.request().tags().getOrDefault(name, "");
    }

    private void most(String limit, long number, long max) {
      if (number > max) {
        faults.add(limit + ": " + number);
      }
    }

    void take(Step step) {
      switch (step) {
        case Step.Acquire(int job, int template, boolean settled) ->
            acquire(job, template, settled);
        case Step.Cancel(int need) -> pick(needs, need).forEach(n -> n.thread.interrupt());
        case Step.Release(int need) -> pick(needs, need).forEach(World::release);
        case Step.Refuse(FailureClass kind) -> fleet.tasks.failNext(kind, "refused");
        case Step.LoseAnswer() -> fleet.tasks.loseNextAnswer();
        case Step.Die(int task) ->
            pick(fleet.tasks.tasks(), task)
                .forEach(t -> fleet.tasks.die(t.arn(), FailureClass.TRANSIENT, "Spot"));
        case Step.Confirm(int task) -> pick(fleet.tasks.tasks(), task).forEach(this::confirm);
        case Step.Pass(Duration time) -> fleet.clock.advance(time);
        case Step.Restart() -> restart();
      }
      count();
      assertThat(faults).isEmpty();
    }

    private void acquire(int job, int template, boolean settled) {
      BuildId build = fleet.builds.create(Samples.newBuild(JOBS.get(job))).id();
      var need = new Need(build, "Test", TEMPLATES.get(template), "grant");
      Fleet now = current;
      var heard = new CountDownLatch(1);
      needs.add(
          TestFleet.run(() -> {
            try {
              return now.acquire(need, new Hearing(heard));
            } finally {
              heard.countDown();
            }
          }));
      if (settled) {
        Threads.await(heard);
      }
    }

    private static void release(Running<Agent> need) {
      if (need.state() == Running.State.SUCCESS) {
        Thread.startVirtualThread(() -> need.resultNow().close());
      }
    }

    private void confirm(Task task) {
      if (task.stopReason().isPresent()) {
        fleet.tasks.confirmStopped(task.arn());
      }
    }

    private void restart() {
      ports.kill();
      needs.clear(); // their process is gone
      ports = new MortalPorts();
      current = begun();
    }

    private Fleet begun() {
      // The first sweep of a start waits for tasks that it stops.
      Running<Fleet> starting = TestFleet.run(this::begin);
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> {
            fleet.tasks.tasks().forEach(this::confirm);
            return starting.isDone();
          });
      return Assertions.assertDoesNotThrow(() -> starting.get());
    }

    private static <T> List<T> pick(List<T> all, int number) {
      return all.isEmpty() ? List.of() : List.of(all.get(number % all.size()));
    }

    @Override
    public void close() {
      fleet.tasks.slowStops(false);
      needs.forEach(need -> need.thread.interrupt());
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(() -> {
            fleet.tasks.tasks().forEach(this::confirm);
            count();
            fleet.assertNothingLeftInTheEnd();
          });
      current.close();
      assertThat(faults).isEmpty();
    }
  }

  /** Hears that something became of a need. */
  private static final class Hearing extends TestFleet.Listening {
    private final CountDownLatch heard;

    Hearing(CountDownLatch heard) {
      this.heard = heard;
    }

    @Override
    public void launching(Launch launch, String taskArn) {
      heard.countDown();
    }

    @Override
    public void waiting(Launch launch, String reason) {
      heard.countDown();
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, 20);
    Arbitrary<Step> acquire =
        Combinators.combine(
                Arbitraries.integers().between(0, 2),
                Arbitraries.integers().between(0, 2),
                Arbitraries.of(true, false))
            .as(Step.Acquire::new);
    Arbitrary<Step> refuse =
        Arbitraries.of(FailureClass.CAPACITY, FailureClass.THROTTLED, FailureClass.ACCESS)
            .map(Step.Refuse::new);
    return Arbitraries.frequencyOf(
            Tuple.of(8, acquire),
            Tuple.of(3, number.map(Step.Cancel::new)),
            Tuple.of(3, number.map(Step.Release::new)),
            Tuple.of(1, refuse),
            Tuple.of(2, Arbitraries.just(new Step.LoseAnswer())),
            Tuple.of(2, number.map(Step.Die::new)),
            Tuple.of(4, number.map(Step.Confirm::new)),
            Tuple.of(2, Arbitraries.of(10, 40, 130).map(s -> new Step.Pass(Duration.ofSeconds(s)))),
            Tuple.of(1, Arbitraries.just(new Step.Restart())))
        .list()
        .ofMinSize(5)
        .ofMaxSize(40);
  }
}
