package dev.deputy.fleet;

import java.util.concurrent.CountDownLatch;

/** The end of one launch, under way on a thread of its own. Thread-safe. */
final class Ending {
  private final CountDownLatch vacated = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  /** Nothing of the build runs on the agent any more. */
  void vacated() {
    vacated.countDown();
  }

  /** Nothing more is done about it here: the task is STOPPED, or left to the reaper. */
  void over() {
    vacated.countDown();
    over.countDown();
  }

  /**
   * Waits, even when interrupted, until nothing of the build runs there any more. Stopping the task
   * may take ECS half a minute more; nobody but the fleet has to wait for that.
   */
  void awaitVacated() {
    Threads.await(vacated);
  }

  /** Waits, even when interrupted, until the task is confirmed STOPPED or left to the reaper. */
  void awaitOver() {
    Threads.await(over);
  }
}
