package dev.deputy.cli;

import dev.deputy.server.Controller;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens on Ctrl-C and SIGTERM: the JVM's own shutdown hooks, which are all that the platform
 * offers.
 */
final class Interrupts {
  private static final Duration PATIENCE = Controller.LONGEST_CLOSE;

  private Interrupts() {}

  /**
   * Ends the process with the given status, whatever the signal was.
   *
   * @param begin starts the end; must be quick
   * @param finished counted down by the command once everything is closed: until then the process
   *     stays
   */
  static void onInterrupt(Runnable begin, CountDownLatch finished, ExitStatus status) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("interrupt")
                .unstarted(() -> {
                  if (finished.getCount() > 0) {
                    begin.run();
                    await(finished);
                    System.out.flush();
                    System.err.flush();
                    Runtime.getRuntime().halt(status.code());
                  }
                }));
  }

  private static void await(CountDownLatch finished) {
    try {
      if (!finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println(
            "deputy: not everything ended within "
                + PATIENCE.toMinutes()
                + " minutes; agents that still run are ended by the next run with this state");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
