package dev.deputy.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens on Ctrl-C and SIGTERM: the JVM's own shutdown hooks, which are all that the platform
 * offers.
 */
final class Interrupts {
  private static final long PATIENCE_SECONDS = 60;

  private Interrupts() {}

  /**
   * @param begin starts the end; must be quick
   * @param finished counted down by the command once everything is closed: until then the process
   *     stays
   */
  static void onInterrupt(Runnable begin, CountDownLatch finished) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("interrupt")
                .unstarted(() -> {
                  if (finished.getCount() == 0) {
                    return;
                  }
                  begin.run();
                  try {
                    finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }
}
