package dev.deputy.builds;

import dev.deputy.builds.BuildOutcome.TimeSplit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Adds up where a build's time went. Thread-safe. */
final class TimeLedger {
  private final AtomicReference<TimeSplit> sum = new AtomicReference<>(TimeSplit.ZERO);

  void add(TimeSplit more) {
    sum.accumulateAndGet(more, TimeSplit::plus);
  }

  void approval(Duration waited) {
    add(new TimeSplit(waited, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }

  TimeSplit sum() {
    return sum.get();
  }
}
