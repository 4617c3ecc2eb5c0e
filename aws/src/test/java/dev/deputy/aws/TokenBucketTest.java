package dev.deputy.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.aws.TokenBucket.Limit;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final Instant BEGUN = Instant.parse("2026-11-28T10:00:00Z");

  private static TokenBucket empty() {
    TokenBucket bucket = TokenBucket.full(new Limit(20, 20), BEGUN);
    for (int i = 0; i < 20; i++) {
      assertThat(bucket.untilToken()).isZero();
      bucket = bucket.taken();
    }
    return bucket;
  }

  private static Instant after(Duration time) {
    return BEGUN.plus(time);
  }

  @Test
  void burstIsFollowedByTheRate() {
    assertThat(empty().untilToken()).isEqualTo(Duration.ofMillis(50));
    assertThat(empty().at(after(Duration.ofMillis(50))).untilToken()).isZero();
    assertThat(empty().at(after(Duration.ofDays(1))).tokens()).isEqualTo(20);
  }

  @Test
  void throttlingHalvesTheRateOnceForAllCallsOfTheSameMoment() {
    TokenBucket once = empty().at(after(Duration.ofSeconds(1))).throttled(BEGUN);
    assertThat(once.rate()).isEqualTo(10);
    assertThat(once.tokens()).isZero();
    assertThat(once.throttled(BEGUN.plusMillis(900))).isEqualTo(once);
    assertThat(once.throttled(after(Duration.ofSeconds(1))).rate()).isEqualTo(5);
  }

  @Test
  void rateRecoversWithinAMinuteAndNeverFallsToNothing() {
    TokenBucket slow = empty();
    for (int i = 0; i < 20; i++) {
      slow = slow.throttled(BEGUN);
    }
    assertThat(slow.rate()).isEqualTo(20.0 / 32);
    assertThat(slow.at(after(Duration.ofSeconds(30))).rate()).isBetween(10.0, 11.0);
    assertThat(slow.at(after(Duration.ofSeconds(60))).rate()).isEqualTo(20);
  }

  @Test
  void clockThatGoesBackGivesNothing() {
    assertThat(empty().at(BEGUN.minusSeconds(60)).tokens()).isZero();
  }
}
