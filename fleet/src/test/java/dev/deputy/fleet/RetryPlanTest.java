package dev.deputy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.FailureClass;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class RetryPlanTest {
  private final RetryPlan plan =
      new RetryPlan(Duration.ofMillis(500), Duration.ofSeconds(15), Duration.ofMinutes(10));

  @Test
  void onlyWhatWaitingHelpsWithIsTriedAgain() {
    var waiting = EnumSet.of(FailureClass.CAPACITY, FailureClass.THROTTLED, FailureClass.TRANSIENT);
    for (FailureClass kind : FailureClass.values()) {
      RetryPlan.Next next = plan.after(kind, 1, Duration.ZERO, 0);
      assertThat(next instanceof RetryPlan.Next.Again)
          .as("%s", kind)
          .isEqualTo(waiting.contains(kind));
    }
  }

  @Test
  void limitEndsIt() {
    assertThat(plan.after(FailureClass.CAPACITY, 50, Duration.ofMinutes(10), 0))
        .isEqualTo(new RetryPlan.Next.GiveUp());
  }

  @Test
  void nothingIsGivenUpForThrottling() {
    assertThat(plan.after(FailureClass.THROTTLED, 5000, Duration.ofDays(1), 1))
        .isEqualTo(new RetryPlan.Next.Again(Duration.ofSeconds(15)));
  }

  @Test
  void pausesDoubleUpToTheLongestAndAreUneven() {
    assertThat(plan.pause(1, 0)).isEqualTo(Duration.ofMillis(250));
    assertThat(plan.pause(1, 0.5)).isEqualTo(Duration.ofMillis(375));
    assertThat(plan.pause(3, 1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(plan.pause(1000, 1)).isEqualTo(Duration.ofSeconds(15));
  }
}
