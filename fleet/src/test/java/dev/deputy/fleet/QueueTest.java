package dev.deputy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deputy.core.AccountName;
import dev.deputy.core.BuildId;
import dev.deputy.core.FailureClass;
import dev.deputy.core.JobName;
import dev.deputy.core.TemplateName;
import dev.deputy.fleet.TestFleet.Running;
import dev.deputy.testkit.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Needs that limits hold back. */
class QueueTest {
  private static final Caps ONE_IN_PRODUCTION =
      new Caps(OptionalInt.empty(), Map.of(new AccountName("production"), 1), Map.of(), Map.of());

  private final TestFleet fleet = new TestFleet(ONE_IN_PRODUCTION);

  @AfterEach
  void end() {
    fleet.tasks.slowStops(false);
    fleet.tasks.tasks().forEach(task -> fleet.tasks.confirmStopped(task.arn()));
    fleet.close();
    fleet.assertNothingLeft();
  }

  private Running<Agent> acquiring(String job, TemplateName template) {
    BuildId build = fleet.builds.create(Samples.newBuild(job)).id();
    var need = new Need(build, "Deploy", template, "grant");
    return TestFleet.run(() -> fleet.fleet.acquire(need, fleet.listener()));
  }

  private String heard() throws InterruptedException {
    return String.valueOf(fleet.events.poll(10, TimeUnit.SECONDS));
  }

  private static Agent agent(Running<Agent> acquiring) throws Exception {
    return acquiring.get(10, TimeUnit.SECONDS);
  }

  @Test
  void needWaitsUntilTheTaskBeforeItIsKnownToBeGone() throws Exception {
    fleet.start().withAgents();
    Agent first = agent(acquiring("a", TestFleet.PRODUCTION));
    fleet.events.clear();
    fleet.tasks.slowStops(true);
    Running<Agent> second = acquiring("b", TestFleet.PRODUCTION);
    assertThat(heard())
        .isEqualTo("waiting: 1st in the queue; account production has its one agent (maxAgents)");

    first.close();

    await().until(() -> fleet.task().lastStatus().equals("STOPPING"));
    assertThat(fleet.tasks.tasks()).hasSize(1);
    fleet.tasks.confirmStopped(fleet.task().arn());
    agent(second).close();
  }

  @Test
  void needThatNoLimitHoldsBackIsNotDelayed() throws Exception {
    fleet.start().withAgents();
    Agent first = agent(acquiring("a", TestFleet.PRODUCTION));
    Running<Agent> held = acquiring("a", TestFleet.CLASSIC);
    await().until(() -> fleet.events.stream().anyMatch(event -> event.contains("1st")));

    agent(acquiring("a", TestFleet.BUILDER)).close();

    assertThat(held.isDone()).isFalse();
    first.close();
    agent(held).close();
  }

  @Test
  void jobsTakeTurns() throws Exception {
    fleet.start().withAgents();
    Agent running = agent(acquiring("a", TestFleet.PRODUCTION));
    fleet.events.clear();
    Running<Agent> ofA = acquiring("a", TestFleet.PRODUCTION);
    assertThat(heard()).contains("1st in the queue");
    Running<Agent> alsoOfA = acquiring("a", TestFleet.PRODUCTION);
    assertThat(heard()).contains("2nd in the queue");
    Running<Agent> ofB = acquiring("b", TestFleet.PRODUCTION);
    assertThat(heard()).contains("1st in the queue");

    running.close();
    agent(ofB).close();
    agent(ofA).close();
    agent(alsoOfA).close();

    assertThat(fleet.tasks.tasks())
        .extracting(task -> task.request().tags().get("deputy:job"))
        .containsExactly("a", "b", "a", "a");
  }

  @Test
  void cancelledNeedLeavesTheQueueAndNothingBehind() throws Exception {
    fleet.start().withAgents();
    Agent running = agent(acquiring("a", TestFleet.PRODUCTION));
    fleet.events.clear();
    Running<Agent> cancelled = acquiring("b", TestFleet.PRODUCTION);
    assertThat(heard()).contains("1st in the queue");
    Running<Agent> next = acquiring("c", TestFleet.PRODUCTION);
    assertThat(heard()).contains("2nd in the queue");

    cancelled.thread.interrupt();

    assertThat(heard()).contains("1st in the queue");
    assertThat(cancelled).failsWithin(Duration.ofSeconds(10));
    running.close();
    agent(next).close();
    assertThat(fleet.tasks.requests()).hasSize(2);
    assertThat(fleet.audited("launch-requested")).hasSize(2);
  }

  @Test
  void endOfTheControllerEndsTheQueue() throws Exception {
    fleet.start().withAgents();
    agent(acquiring("a", TestFleet.PRODUCTION));
    List<Running<Agent>> waiting =
        List.of(acquiring("b", TestFleet.PRODUCTION), acquiring("c", TestFleet.PRODUCTION));
    await().until(() -> fleet.events.stream().anyMatch(event -> event.contains("2nd")));

    fleet.close();

    assertThat(waiting).allSatisfy(need -> assertThat(need).failsWithin(Duration.ofSeconds(10)));
    assertThat(fleet.tasks.tasks()).hasSize(1);
  }

  @Test
  void launchThatFailsGivesItsPlaceToTheNext() throws Exception {
    fleet.start();
    fleet.tasks.failNext(FailureClass.ACCESS, "iam:PassRole");
    assertThat(acquiring("a", TestFleet.PRODUCTION)).failsWithin(Duration.ofSeconds(10));
    fleet.withAgents();

    agent(acquiring("b", TestFleet.PRODUCTION)).close();
  }

  @Test
  void launchesOfAnEarlierProcessCount() throws Exception {
    fleet.start().withAgents();
    agent(acquiring("examples/dtap", TestFleet.PRODUCTION));
    fleet.tasks.slowStops(true);
    Fleet successor = fleet.successor();
    Running<Agent> next = TestFleet.run(() -> successor.acquire(fleet.need(), fleet.listener()));
    await().until(() -> fleet.task().lastStatus().equals("STOPPING"));
    await().until(() -> fleet.events.stream().anyMatch(event -> event.contains("1st")));
    assertThat(fleet.tasks.tasks()).hasSize(1);

    fleet.tasks.confirmStopped(fleet.task().arn());

    await().until(() -> fleet.tasks.tasks().size() == 2);
    next.thread.interrupt();
    fleet.tasks.slowStops(false);
    fleet.tasks.tasks().forEach(task -> fleet.tasks.confirmStopped(task.arn()));
    successor.close();
  }

  @Test
  void thousandNeedsOfTenJobsAllGetTheirAgents() throws Exception {
    try (var big =
        new TestFleet(
            new Caps(OptionalInt.of(20), Map.of(), Map.of(), Map.of(new JobName("job-0"), 3)))) {
      big.start().withAgents();
      var all =
          IntStream.range(0, 1000)
              .mapToObj(i -> {
                BuildId build = big.builds.create(Samples.newBuild("job-" + i % 10)).id();
                var need = new Need(build, "Test", TestFleet.BUILDER, "grant");
                return TestFleet.run(() -> {
                  big.fleet.acquire(need, new TestFleet.Listening()).close();
                  return true;
                });
              })
              .toList();
      for (Running<Boolean> one : all) {
        assertThat(one.get(120, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(big.tasks.tasks()).hasSize(1000);
    }
  }
}
