package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.AgentTemplate;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.JobName;
import dev.deputy.core.Source;
import dev.deputy.core.Timekeeper;
import dev.deputy.testkit.InMemorySource;
import dev.deputy.testkit.Samples;
import java.io.IOException;
import java.io.OutputStream;
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
import org.awaitility.Awaitility;
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
                          prependToFile file: 'f', content: 'more '
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

  /** The same in each world, so that a file is the same, too, and parsed once. */
  private static final String FROM_WORKSPACE = "../../effects";

  /** Whether it begins at all before its time is over depends on when the controller is killed. */
  private static final String TIMED = "long";

  /** Every entry in the full profile. */
  private static final int EACH = Boolean.getBoolean("deputy.full") ? 1 : 5;

  @TempDir Path top;
  private int runs;
  private World world = new World(Path.of(""));

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
    world = new World(Files.createDirectories(top.resolve("run" + runs++)));
  }

  private Path effects() {
    return world.folder.resolve("effects");
  }

  private List<String> happened() throws IOException {
    return Files.exists(effects()) ? Files.readAllLines(effects()) : List.of();
  }

  private Optional<BuildOutcome> live(String jenkinsfile, int entries) {
    return live(jenkinsfile, entries, false);
  }

  /**
   * One life of the controller; empty where it was killed.
   *
   * @param entries after so many entries of the journal it is killed
   * @param forgetful whether entries that nobody waited for are lost then
   */
  private Optional<BuildOutcome> live(String jenkinsfile, int entries, boolean forgetful) {
    World.Life life = world.life(entries, forgetful);
    String text = jenkinsfile.replace("EFFECTS", FROM_WORKSPACE);
    return world.bench.builds.find(BUILD).isEmpty() ? life.run(Bench.JOB, text) : life.goOn(BUILD);
  }

  /** Kills the first life after so many entries; returns whether it had so many. */
  private boolean killed(String jenkinsfile, int entries, boolean forgetful) throws IOException {
    world();
    return live(jenkinsfile, entries, forgetful).isEmpty();
  }

  private void assertAsIfNothingHad(BuildOutcome outcome) throws IOException {
    String log = world.bench.logs.text(BUILD);
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
        .containsOnlyOnce("[right] more content")
        .containsOnlyOnce("Approved by carol")
        .containsOnlyOnce("Lock acquired on [Resource: database]")
        .containsOnlyOnce("clock true true")
        .containsOnlyOnce("Cancelling nested steps due to timeout")
        .containsOnlyOnce("too long")
        .containsOnlyOnce("all seen: 6")
        .containsOnlyOnce("ERROR: script returned exit code 3")
        .endsWith("Finished: FAILURE");
    assertThat(world.bench.agents.open()).as(log).isZero();
  }

  @Test
  void aBuildThatIsKilledBeforeAnyEntryOfItsJournalEndsAsItWouldHave() throws IOException {
    for (boolean forgetful : List.of(false, true)) {
      int entries = forgetful ? EACH / 2 : 0;
      while (killed(EVERYTHING, entries, forgetful)) {
        assertAsIfNothingHad(live(EVERYTHING, Integer.MAX_VALUE).orElseThrow());
        entries += EACH;
      }
      assertThat(entries).isGreaterThan(60);
    }
  }

  @Test
  void aBuildWhoseAgentTemplateIsGoneSaysSoAndLeavesNoAgentBehind() throws IOException {
    String jenkinsfile = "node('builder') { sh 'echo a >> EFFECTS'; sh 'echo b >> EFFECTS' }";
    world();
    assertThat(live(jenkinsfile, 8)).isEmpty();
    world.settings = new BuildSettings(List.of(), Optional.empty(), Map.of());
    BuildOutcome outcome = live(jenkinsfile, Integer.MAX_VALUE).orElseThrow();
    assertThat(outcome.state()).isEqualTo(BuildState.FAILURE);
    assertThat(world.bench.logs.text(BUILD))
        .contains("this build can not go on: agent template builder is not configured any more\n")
        .endsWith("Finished: FAILURE\n");
    assertThat(world.bench.agents.open()).isZero();
  }

  @Test
  void aBuildWhoseKeyIsGoneSaysSoAndEnds() throws IOException {
    String jenkinsfile = "echo 'once'; sleep time: 1, unit: 'MILLISECONDS'; echo 'after'";
    world();
    assertThat(live(jenkinsfile, 3)).isEmpty();
    Files.delete(world.folder.resolve("files/journal.key"));
    assertThat(live(jenkinsfile, Integer.MAX_VALUE).orElseThrow().state())
        .isEqualTo(BuildState.FAILURE);
    assertThat(world.bench.logs.text(BUILD))
        .contains("this build can not go on: an entry of the journal does not open")
        .endsWith("Finished: FAILURE\n");
  }

  @Test
  void aSleepGoesOnWithTheTimeThatIsLeft() throws IOException {
    world();
    Instant begin = Instant.parse("2026-11-22T10:00:00Z");
    world.time = new Clock(begin);
    String jenkinsfile = "echo 'before'; sleep time: 10, unit: 'MINUTES'; echo 'after'";
    assertThat(live(jenkinsfile, 3)).isEmpty();
    var later = new Clock(begin.plus(Duration.ofMinutes(9)));
    world.time = later;
    assertThat(live(jenkinsfile, Integer.MAX_VALUE).orElseThrow().state())
        .isEqualTo(BuildState.SUCCESS);
    assertThat(later.slept()).containsExactly(Duration.ofMinutes(1));
  }

  /** Where it lies now, and what git says of it now, is no matter of a run that is repeated. */
  @Test
  void theLogIsWholeWhateverTheSourceSaysOfItselfNow() throws IOException {
    String jenkinsfile =
        """
        node('builder') {
            checkout scm
            sh 'echo a >> EFFECTS'
            echo "of ${scm.userRemoteConfigs[0].url}"
            sh 'echo b >> EFFECTS'
            echo 'the end'
        }
        """;
    int entries = 0;
    while (true) {
      world();
      world.source = new Named("/then at 0123 (main)", "https://then.example/repository.git");
      Optional<BuildOutcome> whole = live(jenkinsfile, entries);
      world.source = new Named("/now", "https://now.example/moved.git");
      BuildOutcome outcome = whole.or(() -> live(jenkinsfile, Integer.MAX_VALUE)).orElseThrow();
      List<String> log = world.log(BUILD).lines().toList();
      assertThat(outcome.state()).as("%s", log).isEqualTo(BuildState.SUCCESS);
      assertThat(log)
          .as("after %s entries", entries)
          .containsOnlyOnce("the end")
          .endsWith("Finished: SUCCESS");
      if (whole.isPresent()) {
        return;
      }
      if (log.contains("Resuming after a restart of the controller")) {
        assertThat(log)
            .containsOnlyOnce("Checked out /then at 0123 (main)")
            .containsOnlyOnce("of https://then.example/repository.git");
      }
      entries++;
    }
  }

  private record Named(String describe, String where) implements Source {
    @Override
    public Optional<String> branch() {
      return Optional.of("main");
    }

    @Override
    public Optional<String> commit() {
      return Optional.of(Samples.COMMIT);
    }

    @Override
    public Optional<String> url() {
      return Optional.of(where);
    }

    @Override
    public void archive(OutputStream out) throws IOException {
      InMemorySource.onMain(Map.of("README", "hello")).archive(out);
    }
  }

  @Test
  @Timeout(30)
  void aRunThatTakesAnotherWayEndsWhateverItHasToCleanUp() throws IOException {
    String jenkinsfile =
        """
        node('builder') {
            try {
                node('AgentAccountProduction') { sh 'echo a >> EFFECTS' }
            } finally {
                sleep time: 1, unit: 'MILLISECONDS'
            }
        }
        echo 'all agents are gone'
        sleep time: 1, unit: 'MILLISECONDS'
        echo 'after'
        """;
    int entries = 0;
    do {
      world();
      entries++;
    } while (live(jenkinsfile, entries).isEmpty() && !world.log(BUILD).contains("are gone"));
    world.settings = new BuildSettings(List.of(builder()), Optional.empty(), Map.of());
    assertThat(live(jenkinsfile, Integer.MAX_VALUE).orElseThrow().state())
        .isEqualTo(BuildState.FAILURE);
    assertThat(world.log(BUILD).lines())
        .containsOnlyOnce("all agents are gone")
        .contains(
            "ERROR: this build can not go on: agent template production is not configured any more")
        .doesNotContain("after");
  }

  private static AgentTemplate builder() {
    return Bench.settings().templates().stream()
        .filter(template -> template.labels().contains("builder"))
        .findFirst()
        .orElseThrow();
  }

  /** It may have run to its end before the agent died: it is not run again, but by a retry. */
  @Test
  void aScriptWhoseAgentDiedMeanwhileHasAnUnknownResult() throws IOException {
    world();
    String effects = effects().toString();
    String jenkinsfile =
        """
        retry(count: 2, conditions: [agent()]) {
            node('builder') {
                sh 'echo run >> EFFECTS; test "$(wc -l < EFFECTS)" = 2 || { echo begun; sleep 600; }'
            }
        }
        """
            .replace("EFFECTS", effects);
    World.Life first = world.life();
    first.begin(Bench.JOB, jenkinsfile);
    Awaitility.await().until(() -> world.log(BUILD).contains("\nbegun\n"));
    first.kill();
    world.agents.die();

    assertThat(world.life().goOn(BUILD).orElseThrow().state())
        .as(world.log(BUILD))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(world.log(BUILD))
        .containsOnlyOnce("sh: result unknown: the agent is gone: it was killed");
    assertThat(happened()).containsExactly("run", "run");
  }

  @Test
  void aTimeoutOfActivityHasAWholePeriodFromTheRestartOn() throws InterruptedException {
    world = new World(top);
    world.answersAtOnce = false;
    var clock = new TestTime();
    world.time = clock;
    World.Life first = world.life();
    first.begin(
        Bench.JOB, "timeout(time: 10, unit: 'MINUTES', activity: true) { input 'Go?' }\necho 'on'");
    clock.awaitSleeper();
    Awaitility.await().until(() -> world.log(BUILD).contains("Go?"));
    first.kill();
    clock.advance(Duration.ofMinutes(30));

    World.Life second = world.life();
    var build = second.running(second.reopen(BUILD));
    clock.awaitSleeperUntil(clock.instant().plus(Duration.ofMinutes(10)));
    clock.advance(Duration.ofMinutes(9));
    second.answer();
    assertThat(build.state()).as(world.log(BUILD)).isEqualTo(BuildState.SUCCESS);
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
        outcome =
            live(
                EVERYTHING,
                lives.size() > 40 ? Integer.MAX_VALUE : lives.getLast(),
                random.nextBoolean());
      }
      assertAsIfNothingHad(outcome.get());
    }
  }
}
