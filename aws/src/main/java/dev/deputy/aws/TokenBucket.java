package dev.deputy.aws;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket as AWS throttles with it, that halves its rate when AWS says that it was too much,
 * and recovers. A value: time comes from outside.
 *
 * @param rate tokens a second, at present
 * @param tokens that are there
 * @param at when that was so
 * @param slowed when the rate was halved last
 */
record TokenBucket(Limit limit, double rate, double tokens, Instant at, Instant slowed) {
  /** How long a rate takes from nothing to all of the limit's. */
  private static final Duration RECOVERY = Duration.ofMinutes(1);

  /** The least rate, as a part of the limit's. */
  private static final double FLOOR = 1.0 / 32;

  private static final double NANOS = 1e9;

  /**
   * What AWS allows.
   *
   * @param burst how many calls at once, after a while without
   * @param rate calls a second
   */
  record Limit(int burst, double rate) {}

  static TokenBucket full(Limit limit, Instant now) {
    return new TokenBucket(limit, limit.rate(), limit.burst(), now, Instant.MIN);
  }

  /** The same bucket later. */
  TokenBucket at(Instant now) {
    double seconds = Math.max(0, Duration.between(at, now).toNanos() / NANOS);
    double recovered = rate + limit.rate() * seconds * NANOS / RECOVERY.toNanos();
    return new TokenBucket(
        limit,
        Math.min(limit.rate(), recovered),
        Math.min(limit.burst(), tokens + rate * seconds),
        now,
        slowed);
  }

  /** How long until there is a token at the present rate; zero where there is one. */
  Duration untilToken() {
    return tokens >= 1
        ? Duration.ZERO
        : Duration.ofNanos((long) Math.ceil((1 - tokens) / rate * NANOS));
  }

  TokenBucket taken() {
    return new TokenBucket(limit, rate, tokens - 1, at, slowed);
  }

  /**
   * After AWS has refused a call. Calls that began before the rate was halved last say nothing of
   * the rate that there is now.
   *
   * @param begun when the call took its token
   */
  TokenBucket throttled(Instant begun) {
    if (begun.isBefore(slowed)) {
      return this;
    }
    double halved = Math.max(limit.rate() * FLOOR, rate / 2);
    return new TokenBucket(limit, halved, 0, at, at);
  }
}
