package dev.deputy.bench;

import dev.deputy.store.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a step costs while another build tries to use the controller up. */
final class Neighbours {
  private static final int ROUNDS = 7;
  private static final int STEPS = 300;

  /** Each of these is ended by its budget, and begins anew. */
  private static final List<String> HOSTILE =
      List.of(
          "while (true) { }",
          "def s = 'x'; while (true) { s += s }",
          "def l = []; while (true) { l << [1] * 1000 }",
          "while (true) { echo 'x' * 1000 }",
          "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' ==~ /(a+)+/",
          "def f; f = { n -> f(n + 1) }; f(0)");

  private final Path folder;

  Neighbours(Path folder) {
    this.folder = folder;
  }

  void latency() throws IOException, InterruptedException {
    try (SqliteStore store = SqliteStore.open(folder.resolve("neighbours.db"))) {
      long[] alone = steps(store);
      var over = new AtomicBoolean();
      Thread hostile = Thread.ofPlatform().start(() -> beHostile(store, over));
      long[] beside = steps(store);
      over.set(true);
      hostile.join();
      report("a step of a build", alone);
      report("the same beside a hostile build", beside);
    }
  }

  private void beHostile(SqliteStore store, AtomicBoolean over) {
    for (int i = 0; !over.get(); i++) {
      Durability.run(folder, store, HOSTILE.get(i % HOSTILE.size()));
    }
  }

  private long[] steps(SqliteStore store) {
    String text = "node { for (int i = 0; i < " + STEPS + "; i++) { sh 'x' } }";
    Durability.run(folder, store, text);
    long[] times = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      Durability.run(folder, store, text);
      times[i] = System.nanoTime() - start;
    }
    Arrays.sort(times);
    return times;
  }

  private static void report(String what, long[] times) {
    System.out.printf(
        "%-42s %10.3f ms   (%.3f to %.3f)%n",
        what,
        times[ROUNDS / 2] / 1e6 / STEPS,
        times[0] / 1e6 / STEPS,
        times[ROUNDS - 1] / 1e6 / STEPS);
  }
}
