package dev.deputy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deputy.fleet.Agent.Order;
import dev.deputy.protocol.AgentMessage.CredentialRequest;
import dev.deputy.protocol.RequestId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call of the store, the cloud and the audit log fails once: nothing is left behind. */
class CrashPointsTest {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void callThatFailsLeavesNothingBehind(boolean after) {
    int call = 1;
    while (failing(call, after)) {
      call++;
    }
    assertThat(call).as("calls of one launch").isGreaterThan(10);
  }

  private static boolean failing(int call, boolean after) {
    var faults = new FaultyPorts(call, after);
    var fleet = new TestFleet(TestFleet.settings(), faults::between);
    try {
      fleet.start();
      fleet.withAgents(agent -> {
        agent.wire().say(new CredentialRequest(new RequestId("credentials-1")));
        agent.serve();
      });
      oneBuild(fleet);
    } catch (Exception _) {
      // It may fail, in whatever way.
    }
    fleet.close();
    try (Fleet _ = fleet.successor()) {
      await("after call " + call)
          .atMost(10, TimeUnit.SECONDS)
          .untilAsserted(fleet::assertNothingLeftInTheEnd);
    }
    assertThat(fleet.tasks.tasks()).as("tasks when call %d fails", call).hasSizeLessThan(2);
    return faults.struck();
  }

  private static void oneBuild(TestFleet fleet) throws Exception {
    try (Agent agent = fleet.acquire()) {
      Order order = new Order(1, "make", "", Map.of(), Optional.empty(), false);
      assertThat(agent.sh(order, (_, _, _) -> {}).status()).isZero();
    }
    await().untilAsserted(fleet::assertNothingLeft);
  }

  @Test
  void controllerThatDiesLeavesItsWorkToTheNext() throws Exception {
    var died = new TestFleet().start().withAgents();
    died.acquire();
    died.tasks.onRun(_ -> {});
    var _ = died.acquiring();
    await().until(() -> died.tasks.tasks().size() == 2);
    died.tasks.outOfCapacity(true);
    var _ = died.acquiring();
    await().until(() -> died.launches.live().size() == 3);

    try (Fleet _ = died.successor()) {
      await().atMost(Duration.ofSeconds(10)).untilAsserted(died::assertNothingLeftInTheEnd);
    }
    assertThat(List.copyOf(died.tasks.tasks())).hasSize(2);
    died.close();
  }
}
