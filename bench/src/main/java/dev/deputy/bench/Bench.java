package dev.deputy.bench;

import dev.deputy.builds.Steps;
import dev.deputy.cli.Deputy;
import dev.deputy.pipeline.Jenkinsfiles;
import dev.deputy.pipeline.ParsedJenkinsfile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints figures: how long files take to parse and check, how much pure code and how many steps run
 * in a second, what a {@code sh} step costs beside the process that it starts. Each figure is the
 * median of several rounds after a warm-up, with the fastest and the slowest. Then what hostile
 * neighbours and durability cost.
 */
public final class Bench {
  private static final int ROUNDS = 7;
  private static final PrintStream OUT = System.out;

  private final Path folder;

  private Bench(Path folder) {
    this.folder = folder;
  }

  /** Something to measure. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var bench = new Bench(Files.createTempDirectory("deputy-bench"));
    bench.parsing();
    bench.pureCode();
    bench.echo();
    bench.sh();
    new Neighbours(Files.createTempDirectory("deputy-bench")).latency();
    var durability = new Durability(Files.createTempDirectory("deputy-bench"));
    durability.syncs();
    durability.resumption();
  }

  private void parsing() throws IOException, InterruptedException {
    for (int lines : new int[] {10, 100, 1000}) {
      String text = file(lines);
      report("parse and check " + lines + " lines", 1, "ms", 1e6, measured(() -> check(text)));
    }
  }

  private static void check(String text) {
    if (!(Jenkinsfiles.parse("Jenkinsfile", text, Steps.all())
        instanceof ParsedJenkinsfile.Valid)) {
      throw new IllegalStateException("the generated file is not valid");
    }
  }

  /** Stages of ten lines each, as real files have them. */
  private static String file(int lines) {
    return IntStream.range(0, Math.max(1, lines / 10))
        .mapToObj(i ->
            """
                stage('Stage %1$d') {
                  when { expression { params.RUN != 'no' } }
                  environment { NAME = "value-${env.BUILD_NUMBER}-%1$d" }
                  steps {
                    sh 'make part-%1$d'
                    script {
                      def list = ['a', 'b', 'c'].collect { it + "%1$d" }
                      if (list.size() > 2) { echo "${list.join(', ')} of ${env.NAME}" }
                    }
                  }
                }
            """
                .formatted(i))
        .collect(Collectors.joining("", "pipeline {\n  agent any\n  stages {\n", "  }\n}\n"));
  }

  private void pureCode() throws IOException, InterruptedException {
    int turns = 1_000_000;
    long[] empty = measured(() -> runFile("empty", ""));
    long[] loop =
        measured(() ->
            runFile(
                "loop",
                "def total = 0\nfor (int i = 0; i < "
                    + turns
                    + "; i++) { total += i % 7 }\necho \"${total}\"\n"));
    // A turn is a comparison, an increment, a remainder and an addition with assignment.
    rate("pure code: simple operations", 4L * turns, minus(loop, empty));
  }

  private void echo() throws IOException, InterruptedException {
    int steps = 50_000;
    long[] empty = measured(() -> runFile("empty", ""));
    long[] echoes =
        measured(
            () -> runFile("echo", "for (int i = 0; i < " + steps + "; i++) { echo 'a line' }\n"));
    rate("echo steps", steps, minus(echoes, empty));
  }

  private void sh() throws IOException, InterruptedException {
    int steps = 200;
    long[] none = measured(() -> runFile("none", "node { }\n"));
    long[] some =
        measured(() ->
            runFile("sh", "node { for (int i = 0; i < " + steps + "; i++) { sh 'true' } }\n"));
    long[] bare =
        measured(() -> {
          for (int i = 0; i < steps; i++) {
            new ProcessBuilder("sh", "-xe", "-c", "true")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
          }
        });
    report("sh 'true' on one local agent", steps, "ms", 1e6, minus(some, none));
    report("a bare process, beside it", steps, "ms", 1e6, bare);
  }

  private void runFile(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text.isEmpty() ? "def x = 1\n" : text);
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      int status =
          Deputy.commandLine()
              .execute(
                  "run",
                  "--local",
                  "--output",
                  "json",
                  "--state",
                  folder.resolve("state").toString(),
                  file.toString());
      if (status != 0) {
        throw new IllegalStateException(name + " ended with status " + status);
      }
    } finally {
      System.setOut(OUT);
    }
  }

  private static long[] measured(Work work) throws IOException, InterruptedException {
    work.run();
    work.run();
    long[] times = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      work.run();
      times[i] = System.nanoTime() - start;
    }
    Arrays.sort(times);
    return times;
  }

  /** Without what it takes to start and end a build. */
  private static long[] minus(long[] times, long[] baseline) {
    return Arrays.stream(times).map(time -> time - baseline[ROUNDS / 2]).toArray();
  }

  private static void report(String what, int count, String unit, double nanos, long[] times) {
    OUT.printf(
        "%-42s %10.3f %s   (%.3f to %.3f)%n",
        what,
        times[ROUNDS / 2] / nanos / count,
        unit,
        times[0] / nanos / count,
        times[ROUNDS - 1] / nanos / count);
  }

  private static void rate(String what, long count, long[] times) {
    OUT.printf(
        "%-42s %,10.0f /s   (%,.0f to %,.0f)%n",
        what,
        count * 1e9 / times[ROUNDS / 2],
        count * 1e9 / times[ROUNDS - 1],
        count * 1e9 / times[0]);
  }
}
