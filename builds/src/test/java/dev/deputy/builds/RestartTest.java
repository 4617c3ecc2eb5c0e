package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.access.AccessPolicy;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.Cause;
import dev.deputy.core.JobName;
import dev.deputy.pipeline.Jenkinsfiles;
import dev.deputy.pipeline.ParsedJenkinsfile;
import dev.deputy.testkit.InMemorySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The controller is killed before each entry of a journal, and the build goes on all the same. */
@Timeout(300)
class RestartTest {
  private static final BuildId BUILD = new BuildId(new JobName(Bench.JOB), 1);

  private static final String EVERYTHING =
      """
      def seen = []
      pipeline {
          agent none
          options { timeout(time: 1, unit: 'HOURS') }
          stages {
              stage('Both') {
                  parallel {
                      stage('left') {
                          agent { label 'builder' }
                          options { skipDefaultCheckout() }
                          steps {
                              script {
                                  for (int i = 0; i < 3; i++) {
                                      sh "echo left-$i >> EFFECTS; echo said left-$i"
                                      seen << "left-$i"
                                      echo "seen ${seen.size()}"
                                  }
                              }
                          }
                      }
                      stage('right') {
                          agent { label 'builder' }
                          options { skipDefaultCheckout() }
                          steps {
                              writeFile file: 'f', text: 'content'
                              script {
                                  for (int i = 0; i < 3; i++) {
                                      def out = sh(
                                          script: "echo right-$i >> EFFECTS; echo value-$i",
                                          returnStdout: true).trim()
                                      seen << out
                                      echo "seen ${seen.size()}"
                                  }
                                  echo readFile('f')
                              }
                              stash name: 's', includes: 'f'
                          }
                      }
                  }
              }
              stage('Ask') {
                  steps {
                      input 'Go?'
                      lock('database') { sleep time: 1, unit: 'MILLISECONDS' }
                      script {
                          def start = System.currentTimeMillis()
                          echo "clock ${start > 0} ${new Random().nextInt(1000) < 1000}"
                      }
                  }
              }
              stage('End') {
                  agent { label 'builder' }
                  options { skipDefaultCheckout() }
                  steps {
                      unstash 's'
                      script {
                          try {
                              timeout(time: 60, unit: 'MILLISECONDS') {
                                  sh 'echo long >> EFFECTS; sleep 600'
                              }
                          } catch (e) {
                              echo 'too long'
                          }
                      }
                      sh 'echo end >> EFFECTS; cat f; exit 3'
                  }
                  post { failure { sh 'echo post >> EFFECTS' } }
              }
          }
          post { always { echo "all seen: ${seen.size()}" } }
      }
      """;

  private static final List<String> EFFECTS =
      List.of("left-0", "left-1", "left-2", "right-0", "right-1", "right-2", "end", "post");

  /** Whether it begins at all before its time is over depends on when the controller is killed. */
  private static final String TIMED = "long";

  /** Every entry in the full profile. */
  private static final int EACH = Boolean.getBoolean("deputy.full") ? 1 : 5;

  @TempDir Path top;
  private int runs;
  private BuildSettings settings = Bench.settings();
  private Timekeeper time = Timekeeper.system();
  private Path folder = Path.of("");
  private Bench bench = new Bench(folder);
  private SurvivingAgents agents = new SurvivingAgents(bench.agents);

  /** Threads of dead processes are expected to end. */
  @BeforeAll
  static void expectDeath() {
    Thread.setDefaultUncaughtExceptionHandler((thread, death) -> {
      if (!(death instanceof Incarnation.Killed)) {
        death.printStackTrace();
      }
    });
  }

  @AfterAll
  static void forget() {
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

  private void world() throws IOException {
    folder = Files.createDirectories(top.resolve("run" + runs++));
    bench = new Bench(folder);
    agents = new SurvivingAgents(bench.agents);
  }

  private Path effects() {
    return folder.resolve("effects");
  }

  private List<String> happened() throws IOException {
    return Files.exists(effects()) ? Files.readAllLines(effects()) : List.of();
  }

  /**
   * One life of the controller; empty where it was killed.
   *
   * @param entries after so many entries of the journal it is killed
   */
  private Optional<BuildOutcome> live(String jenkinsfile, int entries) {
    var life = new Incarnation(entries);
    String text = jenkinsfile.replace("EFFECTS", effects().toString());
    var parsed = (ParsedJenkinsfile.Valid) Jenkinsfiles.parse("Jenkinsfile", text, Steps.all());
    var request =
        new BuildRequest(
            new JobName(Bench.JOB),
            "Jenkinsfile",
            text,
            parsed,
            InMemorySource.onMain(Map.of()),
            new Cause.Person("alice"),
            BuildParameters.NONE,
            new AbortSignal());
    var stores =
        new BuildStores(
            life.over(bench.builds), life.over(bench.logs), bench.audit, folder.resolve("files"));
    AccessPolicy policy = bench.policy();
    var runner = new BuildRunner(stores, life.over(agents), policy, settings, time);
    try {
      Questions carol = _ -> new Answer.Approved("carol", Map.of());
      return Optional.of(
          bench.builds.find(BUILD).isEmpty()
              ? runner.run(request, _ -> {}, carol)
              : runner.continued(BUILD, request, _ -> {}, carol));
    } catch (Incarnation.Killed _) {
      return Optional.empty();
    }
  }

  /** Kills the first life after so many entries; returns whether it had so many. */
  private boolean killed(String jenkinsfile, int entries) throws IOException {
    world();
    return live(jenkinsfile, entries).isEmpty();
  }

  private void assertAsIfNothingHad(BuildOutcome outcome) throws IOException {
    String log = bench.logs.text(BUILD);
    assertThat(outcome.state()).as(log).isEqualTo(BuildState.FAILURE);
    assertThat(happened()).as(log).doesNotHaveDuplicates();
    assertThat(happened().stream().filter(effect -> !effect.equals(TIMED)))
        .as(log)
        .containsExactlyInAnyOrderElementsOf(EFFECTS);
    List<String> lines = log.lines().filter(line -> !line.startsWith("Resuming ")).toList();
    for (int i = 0; i < 3; i++) {
      assertThat(lines).as(log).containsOnlyOnce("[left] said left-" + i);
      assertThat(lines).as(log).containsOnlyOnce("[right] + echo value-" + i);
    }
    assertThat(lines.stream().filter(line -> line.contains("] seen ")))
        .as(log)
        .extracting(line -> line.substring(line.indexOf(']') + 2))
        .containsExactly("seen 1", "seen 2", "seen 3", "seen 4", "seen 5", "seen 6");
    assertThat(lines)
        .as(log)
        .containsOnlyOnce("[right] content")
        .containsOnlyOnce("Approved by carol")
        .containsOnlyOnce("Lock acquired on [Resource: database]")
        .containsOnlyOnce("clock true true")
        .containsOnlyOnce("Cancelling nested steps due to timeout")
        .containsOnlyOnce("too long")
        .containsOnlyOnce("all seen: 6")
        .containsOnlyOnce("ERROR: script returned exit code 3")
        .endsWith("Finished: FAILURE");
    assertThat(bench.agents.open()).as(log).isZero();
  }

  @Test
  void aBuildThatIsKilledBeforeAnyEntryOfItsJournalEndsAsItWouldHave() throws IOException {
    int entries = 0;
    while (killed(EVERYTHING, entries)) {
      assertAsIfNothingHad(live(EVERYTHING, Integer.MAX_VALUE).orElseThrow());
      entries += EACH;
    }
    assertThat(entries).isGreaterThan(60);
  }

  @Test
  void aBuildWhoseAgentTemplateIsGoneSaysSoAndLeavesNoAgentBehind() throws IOException {
    String jenkinsfile = "node('builder') { sh 'echo a >> EFFECTS'; sh 'echo b >> EFFECTS' }";
    world();
    assertThat(live(jenkinsfile, 8)).isEmpty();
    settings = new BuildSettings(List.of(), Optional.empty(), Map.of());
    BuildOutcome outcome = live(jenkinsfile, Integer.MAX_VALUE).orElseThrow();
    assertThat(outcome.state()).isEqualTo(BuildState.FAILURE);
    assertThat(bench.logs.text(BUILD))
        .contains("this build can not go on: agent template builder is not configured any more\n")
        .endsWith("Finished: FAILURE\n");
    assertThat(bench.agents.open()).isZero();
  }

  @Test
  void aBuildWhoseKeyIsGoneSaysSoAndEnds() throws IOException {
    String jenkinsfile = "echo 'once'; sleep time: 1, unit: 'MILLISECONDS'; echo 'after'";
    world();
    assertThat(live(jenkinsfile, 3)).isEmpty();
    Files.delete(folder.resolve("files/journal.key"));
    assertThat(live(jenkinsfile, Integer.MAX_VALUE).orElseThrow().state())
        .isEqualTo(BuildState.FAILURE);
    assertThat(bench.logs.text(BUILD))
        .contains("this build can not go on: an entry of the journal does not open")
        .endsWith("Finished: FAILURE\n");
  }

  @Test
  void aSleepGoesOnWithTheTimeThatIsLeft() throws IOException {
    world();
    Instant begin = Instant.parse("2026-11-22T10:00:00Z");
    time = new Clock(begin);
    String jenkinsfile = "echo 'before'; sleep time: 10, unit: 'MINUTES'; echo 'after'";
    assertThat(live(jenkinsfile, 3)).isEmpty();
    var later = new Clock(begin.plus(Duration.ofMinutes(9)));
    time = later;
    assertThat(live(jenkinsfile, Integer.MAX_VALUE).orElseThrow().state())
        .isEqualTo(BuildState.SUCCESS);
    assertThat(later.slept()).containsExactly(Duration.ofMinutes(1));
  }

  /** A clock that stands still; nobody who sleeps by it waits. */
  private record Clock(Instant instant, List<Duration> slept) implements Timekeeper {
    Clock(Instant instant) {
      this(instant, Collections.synchronizedList(new ArrayList<>()));
    }

    @Override
    public void sleep(Duration duration) {
      slept.add(duration);
    }
  }

  @Test
  void aBuildMayBeKilledAnyNumberOfTimes() throws IOException {
    var random = new Random(42);
    for (int round = 0; round < 10; round++) {
      world();
      List<Integer> lives = new ArrayList<>();
      Optional<BuildOutcome> outcome = Optional.empty();
      while (outcome.isEmpty()) {
        lives.add(random.nextInt(30));
        outcome = live(EVERYTHING, lives.size() > 40 ? Integer.MAX_VALUE : lives.getLast());
      }
      assertAsIfNothingHad(outcome.get());
    }
  }
}
