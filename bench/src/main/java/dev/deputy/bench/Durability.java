package dev.deputy.bench;

import dev.deputy.access.AccessDecision;
import dev.deputy.builds.AbortSignal;
import dev.deputy.builds.Answer;
import dev.deputy.builds.BuildOutcome;
import dev.deputy.builds.BuildParameters;
import dev.deputy.builds.BuildRequest;
import dev.deputy.builds.BuildResources;
import dev.deputy.builds.BuildRunner;
import dev.deputy.builds.BuildSettings;
import dev.deputy.builds.BuildStores;
import dev.deputy.builds.Questions;
import dev.deputy.builds.Steps;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildStore;
import dev.deputy.core.Cause;
import dev.deputy.core.CredentialStore;
import dev.deputy.core.JobName;
import dev.deputy.core.JournalEntry;
import dev.deputy.core.LibraryStore;
import dev.deputy.core.Timekeeper;
import dev.deputy.pipeline.Jenkinsfiles;
import dev.deputy.pipeline.ParsedJenkinsfile;
import dev.deputy.server.LocalSource;
import dev.deputy.store.FileBuildLogs;
import dev.deputy.store.SqliteStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What durability costs: how long builds take to go on after {@code kill -9}, and how often each
 * kind of step waits for the disk.
 */
final class Durability {
  private static final int BUILDS = 1000;
  private static final int ROUNDS = 5;
  private static final long PATIENCE_SECONDS = 120;

  /** Half of a build: steps of all kinds, three branches, and then a question. */
  private static final String HALF =
      """
      def seen = []
      node {
        for (int i = 0; i < 10; i++) { echo "line $i"; sh 'make'; seen << readFile('f') }
        parallel a: { sh 'a' }, b: { sh 'b' }, c: { sleep 0 }
        echo "${seen.size()}"
        input 'Go?'
      }
      """;

  private final Path folder;

  Durability(Path folder) {
    this.folder = folder;
  }

  /** In processes of their own, which are killed. */
  void resumption() throws IOException, InterruptedException {
    alive("begin").destroyForcibly().waitFor();
    long[] times = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      Process process = start("goOn");
      times[i] = Long.parseLong(ready(process));
      process.destroyForcibly().waitFor();
    }
    Arrays.sort(times);
    System.out.printf(
        "%-42s %10.0f ms   (%d to %d), in a process that has just begun%n",
        BUILDS + " half-done builds go on",
        (double) times[ROUNDS / 2],
        times[0],
        times[ROUNDS - 1]);
  }

  private Process alive(String what) throws IOException {
    Process process = start(what);
    ready(process);
    return process;
  }

  private Process start(String what) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Durability.class.getName(),
            what,
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String ready(Process process) throws IOException {
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready ")) {
        return line.substring("ready ".length());
      }
    }
    throw new IOException("the process has ended");
  }

  /** The process that is killed. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    SqliteStore store = SqliteStore.open(folder.resolve("deputy.db"));
    var asked = new CountDownLatch(BUILDS);
    Questions nobody =
        _ -> {
          asked.countDown();
          new CountDownLatch(1).await();
          return new Answer.Declined("nobody");
        };
    BuildRunner runner = runner(folder, store, store.builds());
    BuildRequest request = request(HALF);
    long start = System.nanoTime();
    List<Supplier<BuildOutcome>> builds = new ArrayList<>();
    if (arguments[0].equals("begin")) {
      for (int i = 0; i < BUILDS; i++) {
        builds.add(() -> runner.run(request, _ -> {}, nobody));
      }
    } else {
      for (BuildId build : runner.unfinished()) {
        builds.add(runner.reopen(build, request, _ -> {}, nobody));
      }
    }
    builds.forEach(build -> Thread.ofVirtual().start(() -> System.err.println(build.get())));
    asked.await();
    System.out.println("ready " + (System.nanoTime() - start) / 1_000_000);
    Thread.sleep(PATIENCE_SECONDS * 1000);
  }

  /** Runs a file to its end, with agents that do everything at once. */
  static BuildOutcome run(Path folder, SqliteStore store, String text) {
    try {
      return runner(folder, store, store.builds())
          .run(request(text), _ -> {}, _ -> new Answer.Declined("nobody"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BuildRunner runner(Path folder, SqliteStore store, BuildStore builds) {
    return new BuildRunner(
        new BuildStores(
            builds,
            new FileBuildLogs(folder.resolve("builds")),
            store.audit(),
            folder.resolve("builds")),
        new InstantAgents(),
        _ -> new AccessDecision.Denied("not asked"),
        BuildSettings.onThisMachine(new BuildResources(CredentialStore.NONE, LibraryStore.NONE)),
        Timekeeper.system());
  }

  private static BuildRequest request(String text) throws IOException {
    return new BuildRequest(
        new JobName("bench"),
        "Jenkinsfile",
        text,
        (ParsedJenkinsfile.Valid) Jenkinsfiles.parse("Jenkinsfile", text, Steps.all()),
        LocalSource.of(Path.of("/nonexistent/Jenkinsfile")).source(),
        new Cause.Person("bench"),
        BuildParameters.NONE,
        new AbortSignal());
  }

  /** How often a step waits until what was written is on the disk. */
  void syncs() throws IOException {
    Map<String, String> steps =
        Map.of(
            "echo", "echo 'x'",
            "sh", "sh 'x'",
            "readFile and echo", "echo readFile('f')",
            "writeFile", "writeFile file: 'f', text: 'x'",
            "sleep", "sleep 0",
            "stage", "stage('x') { }",
            "withEnv", "withEnv(['A=b']) { }");
    int count = 100;
    int none = waits("node { }");
    steps.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(step -> {
          String text =
              "node { for (int i = 0; i < " + count + "; i++) { " + step.getValue() + " } }";
          System.out.printf(
              "%-42s %10.2f%n",
              "commits that a step waits for: " + step.getKey(),
              (waits(text) - none) / (double) count);
        });
  }

  private int waits(String text) {
    var waits = new AtomicInteger();
    try (SqliteStore store = SqliteStore.open(folder.resolve("syncs.db"))) {
      runner(folder, store, counting(store.builds(), waits))
          .run(request(text), _ -> {}, _ -> new Answer.Declined("nobody"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return waits.get();
  }

  private static BuildStore counting(BuildStore store, AtomicInteger waits) {
    return (BuildStore)
        Proxy.newProxyInstance(
            BuildStore.class.getClassLoader(),
            new Class<?>[] {BuildStore.class},
            (_, method, arguments) -> {
              boolean later =
                  method.getName().equals("append") && !((JournalEntry) arguments[1]).decisive();
              if (!later && method.getReturnType() == void.class) {
                waits.incrementAndGet();
              }
              return method.invoke(store, arguments);
            });
  }
}
