package dev.deputy.cli;

import dev.deputy.server.Controller;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What happens on Ctrl-C, SIGTERM and SIGHUP: the first asks the command to end, the second
 * insists, the third ends the process at once.
 */
final class Interrupts {
  private static final Duration PATIENCE = Controller.LONGEST_CLOSE;
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");
  private static final int ENOUGH = 3;

  private final Runnable ask;
  private final CountDownLatch finished;
  private final AtomicInteger signals = new AtomicInteger();

  private Interrupts(Runnable ask, CountDownLatch finished) {
    this.ask = ask;
    this.finished = finished;
  }

  /**
   * Has these signals handled until the process ends. The command then ends by itself, with a
   * status of its own.
   *
   * @param ask starts the end, and the second time hurries it; must be quick
   * @param finished counted down by the command once everything is closed
   */
  static void onInterrupt(Runnable ask, CountDownLatch finished) {
    Interrupts interrupts = new Interrupts(ask, finished);
    for (String signal : SIGNALS) {
      handle(signal, interrupts::signalled);
    }
  }

  private void signalled() {
    int count = signals.incrementAndGet();
    if (finished.getCount() == 0) {
      return;
    }
    if (count >= ENOUGH) {
      end("ended at once; agents that still run are ended by the next run with this state");
      return;
    }
    ask.run();
    if (count == 1) {
      Thread.ofPlatform().daemon().name("interrupt").start(this::await);
    }
  }

  private void await() {
    try {
      if (!finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        end(
            "not everything ended within "
                + PATIENCE.toMinutes()
                + " minutes; agents that still run are ended by the next run with this state");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(String why) {
    System.out.flush();
    System.err.println("deputy: " + why);
    Runtime.getRuntime().halt(ExitStatus.ABORTED.code());
  }

  /**
   * The JDK's handlers of signals are no public API, so the compiler must not see them. Where they
   * are missing, signals end the process, and its tasks with it.
   */
  private static void handle(String name, Runnable handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (_, method, _) -> {
                if (method.getName().equals("handle")) {
                  handler.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, type)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      System.getLogger(Interrupts.class.getName())
          .log(System.Logger.Level.DEBUG, "SIG" + name + " can not be handled", e);
    }
  }
}
