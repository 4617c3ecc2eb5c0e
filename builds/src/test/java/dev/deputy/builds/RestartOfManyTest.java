package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.BuildState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What builds have of each other outlives the controller. */
@Timeout(60)
class RestartOfManyTest {
  /** Takes a while to be repeated. */
  private static final String SLOWLY = "def n = 0; for (int i = 0; i < 200000; i++) { n += i }\n";

  @TempDir Path top;
  private World world = new World(Path.of(""));

  @BeforeAll
  static void expectDeath() {
    RestartTest.expectDeath();
  }

  @AfterAll
  static void forget() {
    RestartTest.forget();
  }

  @BeforeEach
  void begin() {
    world = new World(top);
    world.answersAtOnce = false;
  }

  private void awaitLog(BuildId build, String text) {
    Awaitility.await().until(() -> world.log(build).contains(text));
  }

  private static BuildState state(Map<BuildId, World.Running> builds, BuildId build) {
    return Objects.requireNonNull(builds.get(build)).state();
  }

  @Test
  void aLockIsHeldFromBeforeTheRunThatHadItIsRepeated() {
    World.Life first = world.life();
    first.begin("a", SLOWLY + "lock('x') { echo 'a has it'; input 'Go?'; echo 'a is done' }");
    awaitLog(World.build("a", 1), "Go?");
    first.kill();

    World.Life second = world.life();
    var reopened = second.reopen(World.build("a", 1));
    var b = second.begin("b", "lock('x') { echo 'b has it' }");
    var a = second.running(reopened);
    awaitLog(World.build("b", 1), "waiting...");
    second.answer();
    assertThat(a.state()).isEqualTo(BuildState.SUCCESS);
    assertThat(b.state()).isEqualTo(BuildState.SUCCESS);
    assertThat(world.log(World.build("b", 1))).contains("is locked by a#1, waiting...");
  }

  @Test
  void aLockThatWasHandedOnIsNotFreedByTheRunThatHadItFirst() {
    World.Life first = world.life();
    first.begin("a", SLOWLY + "lock('x') { echo 'a had it' }\ninput 'Go?'");
    awaitLog(World.build("a", 1), "Go?");
    first.begin("b", "lock('x') { echo 'b has it'; input 'Go?' }");
    awaitLog(World.build("b", 1), "Go?");
    first.kill();

    World.Life second = world.life();
    var builds = second.goOn();
    assertThat(second.run("c", "lock(resource: 'x', skipIfLocked: true) { echo 'c has it' }"))
        .isPresent();
    assertThat(world.log(World.build("c", 1)))
        .contains("is locked by b#1, skipping execution...")
        .doesNotContain("c has it");
    second.answer();
    assertThat(builds.values()).extracting(World.Running::state).containsOnly(BuildState.SUCCESS);
  }

  @Test
  void aFreeLockIsNotSkippedWhileRunsAreRepeated() {
    World.Life first = world.life();
    first.begin("a", "input 'Go?'");
    awaitLog(World.build("a", 1), "Go?");
    first.kill();

    World.Life second = world.life();
    var a = second.reopen(World.build("a", 1));
    var b = second.begin("b", "lock(resource: 'free', skipIfLocked: true) { echo 'b has it' }");
    awaitLog(World.build("b", 1), "Trying to acquire lock");
    second.answer();
    assertThat(a.get().state()).isEqualTo(BuildState.SUCCESS);
    assertThat(b.state()).isEqualTo(BuildState.SUCCESS);
    assertThat(world.log(World.build("b", 1))).contains("b has it");
  }

  @Test
  void aNewerBuildThatPassesAMilestoneEndsTheOlderOnesThatDidNot() {
    World.Life life = world.life();
    World.Running without = life.begin("a", "input 'Go?'\necho 'through'");
    awaitLog(World.build("a", 1), "Go?");
    World.Running before = life.begin("a", "milestone(1); input 'Go?'\necho 'through'");
    awaitLog(World.build("a", 2), "Go?");
    assertThat(without.state()).isEqualTo(BuildState.NOT_BUILT);
    World.Running newer = life.begin("a", "milestone(1); milestone(2); input 'Go?'");
    assertThat(before.state()).isEqualTo(BuildState.NOT_BUILT);
    assertThat(world.log(World.build("a", 2)))
        .contains("Superseded by #3")
        .doesNotContain("through");
    life.answer();
    assertThat(newer.state()).isEqualTo(BuildState.SUCCESS);
  }

  /** Without it an older build would deploy after a newer one has. */
  @Test
  void theEndOfANewerBuildEndsTheOlderOnesThatAreAsFar() {
    World.Life life = world.life();
    World.Running further = life.begin("a", "milestone(1); milestone(2); input 'Go?'");
    awaitLog(World.build("a", 1), "Go?");
    World.Running older = life.begin("a", "milestone(1); input 'Go?'\necho 'old deployed'");
    awaitLog(World.build("a", 2), "Go?");
    assertThat(life.run("a", "milestone(1); echo 'new deployed'; error 'and fails'"))
        .hasValueSatisfying(end -> assertThat(end.state()).isEqualTo(BuildState.FAILURE));
    assertThat(older.state()).isEqualTo(BuildState.NOT_BUILT);
    assertThat(world.log(World.build("a", 2)))
        .contains("Superseded by #3")
        .doesNotContain("old deployed");
    life.answer();
    assertThat(further.state()).isEqualTo(BuildState.SUCCESS);
  }

  @Test
  void whatWasOvertakenJustBeforeTheEndOfTheControllerIsToldAfterwards() {
    for (boolean byItsEnd : List.of(false, true)) {
      String job = byItsEnd ? "ended" : "passed";
      World.Life first = world.life();
      first.begin(job, "milestone(1); input 'Go?'");
      awaitLog(World.build(job, 1), "Go?");
      first.begin(job, "milestone(1); input 'Go?'");
      awaitLog(World.build(job, 2), "Go?");
      first.kill();
      BuildId newer = World.build(job, 2); // nobody was told of this any more
      if (byItsEnd) {
        var audit = new AuditRecord(Instant.now(), "x", "x", Optional.of(newer), Map.of());
        world.bench.builds.transition(newer, BuildState.SUCCESS, Instant.now(), audit);
      } else {
        world.bench.builds.passMilestone(newer, 2);
      }
      World.Life second = world.life();
      World.Running older = second.running(second.reopen(World.build(job, 1)));
      assertThat(older.state()).isEqualTo(BuildState.NOT_BUILT);
      second.answer();
    }
  }

  @Test
  void stagesThatAnEarlierProcessToldOfAreToldAsRepeated() {
    String file = "stage('One') {}\nstage('Two') { input 'Go?' }";
    World.Life first = world.life();
    first.begin("a", file);
    awaitLog(World.build("a", 1), "Go?");
    first.kill();

    World.Life second = world.life();
    var events = new CopyOnWriteArrayList<BuildEvent>();
    var build =
        second.runner.reopen(
            World.build("a", 1),
            world.request("a", file),
            events::add,
            _ -> new Answer.Approved("carol", Map.of()));
    assertThat(build.get().state()).isEqualTo(BuildState.SUCCESS);
    assertThat(events)
        .filteredOn(BuildEvent.StageStarted.class::isInstance)
        .extracting(event -> ((BuildEvent.StageStarted) event).repeated())
        .containsExactly(true, true);
    assertThat(events)
        .filteredOn(BuildEvent.StageFinished.class::isInstance)
        .extracting(event -> ((BuildEvent.StageFinished) event).repeated())
        .containsExactly(true, false);
  }

  @Test
  void theEndOfABuildThatCanNotGoOnIsTold() {
    World.Life first = world.life();
    first.begin("a", "input 'Go?'");
    awaitLog(World.build("a", 1), "Go?");
    first.kill();

    var events = new CopyOnWriteArrayList<BuildEvent>();
    world.life().runner.giveUp(World.build("a", 1), "its file is gone", events::add);
    assertThat(events).last().isInstanceOf(BuildEvent.BuildFinished.class);
    assertThat(((BuildEvent.BuildFinished) events.getLast()).result())
        .isEqualTo(BuildState.FAILURE);
    assertThat(stored(World.build("a", 1))).isEqualTo(BuildState.FAILURE);
  }

  private static String alone(String options, String steps) {
    return """
    pipeline {
      agent none
      options { disableConcurrentBuilds(%s) }
      stages { stage('Work') { steps { %s } } }
    }
    """
        .formatted(options, steps);
  }

  private BuildState stored(BuildId build) {
    return world.bench.builds.find(build).orElseThrow().state();
  }

  @Test
  void oneBuildAtATimeAlsoAfterARestart() {
    String file = alone("", "input 'Go?'; lock('x') { echo 'has it' }");
    World.Life first = world.life();
    first.begin("a", file);
    awaitLog(World.build("a", 1), "Go?");
    first.begin("a", file);
    first.begin("b", file);
    awaitLog(World.build("b", 1), "Go?");
    assertThat(stored(World.build("a", 2))).isEqualTo(BuildState.QUEUED);
    first.kill();

    World.Life second = world.life();
    var builds = second.goOn();
    awaitLog(World.build("a", 1), "Resuming after a restart");
    World.Running third = second.begin("a", file);
    Awaitility.await().until(() -> world.bench.builds.find(World.build("a", 3)).isPresent());
    assertThat(stored(World.build("a", 2))).isEqualTo(BuildState.QUEUED);
    assertThat(stored(World.build("a", 3))).isEqualTo(BuildState.QUEUED);
    second.answer();
    assertThat(builds.values()).extracting(World.Running::state).containsOnly(BuildState.SUCCESS);
    assertThat(third.state()).isEqualTo(BuildState.SUCCESS);
    List<Instant> ends =
        List.of(1, 2, 3).stream()
            .map(n -> world.bench.builds.find(World.build("a", n)).orElseThrow())
            .map(build -> build.finished().orElseThrow())
            .toList();
    assertThat(ends).isSorted();
  }

  @Test
  void aNewerBuildAbortsTheOlderOnesThatRunOrWait() {
    World.Life life = world.life();
    World.Running first = life.begin("a", alone("", "input 'Go?'"));
    awaitLog(World.build("a", 1), "Go?");
    World.Running second = life.begin("a", alone("", "echo 'second ran'"));
    Awaitility.await().until(() -> world.bench.builds.find(World.build("a", 2)).isPresent());
    World.Running third = life.begin("a", alone("abortPrevious: true", "echo 'through'"));
    assertThat(third.state()).isEqualTo(BuildState.SUCCESS);
    assertThat(first.state()).isEqualTo(BuildState.NOT_BUILT);
    assertThat(second.state()).isEqualTo(BuildState.NOT_BUILT);
    assertThat(world.log(World.build("a", 1))).contains("Superseded by #3");
    assertThat(world.log(World.build("a", 2))).isEqualTo("Superseded by #3\nFinished: NOT_BUILT\n");
  }

  @Test
  void whoIsToEndItselfOvertakesNobody() {
    World.Life life = world.life();
    World.Running first = life.begin("a", alone("", "input 'Go?'"));
    awaitLog(World.build("a", 1), "Go?");
    BuildRequest request = world.request("a", alone("abortPrevious: true", "echo 'through'"));
    request.abort().abort("bob");
    World.Running second = life.running(life.reopen(life.runner.create(request).id(), request));
    assertThat(second.state()).isEqualTo(BuildState.ABORTED);
    life.answer();
    assertThat(first.state()).isEqualTo(BuildState.SUCCESS);
  }

  @Test
  void aBuildThatWaitsForAnotherMayBeAborted() {
    World.Life life = world.life();
    World.Running first = life.begin("a", alone("", "input 'Go?'"));
    awaitLog(World.build("a", 1), "Go?");
    BuildRequest request =
        world.request(
            "a",
            """
            pipeline {
              agent none
              options { disableConcurrentBuilds() }
              stages { stage('Work') { steps { echo 'not reached' } } }
              post { always { echo 'not reached' } }
            }
            """);
    BuildId waits = life.runner.create(request).id();
    World.Running second = life.running(life.reopen(waits, request));
    request.abort().abort("bob");
    assertThat(second.state()).isEqualTo(BuildState.ABORTED);
    assertThat(world.log(waits)).isEqualTo("Aborted by bob\nFinished: ABORTED\n");
    life.answer();
    assertThat(first.state()).isEqualTo(BuildState.SUCCESS);
  }

  private List<BuildId> children() {
    return world.bench.builds.recent(100).stream()
        .map(BuildRecord::id)
        .filter(build -> build.job().value().equals("child"))
        .toList();
  }

  @Test
  void aBuildThatAStepStartedGoesOnAsItWasWhateverBecameOfItsFile() {
    world.jobs.put("child", "echo 'the first child'\ninput 'Go?'\necho 'ends'");
    World.Life first = world.life();
    first.begin("parent", "def b = build 'child'\necho \"came ${b.result} ${b.number}\"");
    awaitLog(World.build("child", 1), "Go?");
    first.kill();
    world.jobs.put("child", "echo 'another child'");

    // The parent alone goes on, as in a run that is resumed.
    world.answersAtOnce = true;
    assertThat(world.life().goOn(World.build("parent", 1)).orElseThrow().state())
        .isEqualTo(BuildState.SUCCESS);
    assertThat(world.log(World.build("parent", 1))).containsOnlyOnce("came SUCCESS 1");
    assertThat(world.log(World.build("child", 1))).contains("the first child\n").contains("ends\n");
    assertThat(children()).hasSize(1);
  }

  @Test
  void aChildThatHasEndedMeanwhileIsNotMadeAgain() {
    world.jobs.put("child", "input 'Go?'\nunstable 'so so'");
    World.Life first = world.life();
    first.begin(
        "parent", "def b = build job: 'child', propagate: false\necho \"came ${b.result}\"");
    awaitLog(World.build("child", 1), "Go?");
    first.kill();
    world.jobs.clear();

    world.answersAtOnce = true;
    World.Life second = world.life();
    assertThat(second.goOn(World.build("child", 1)).orElseThrow().state())
        .isEqualTo(BuildState.UNSTABLE);
    assertThat(second.goOn(World.build("parent", 1)).orElseThrow().state())
        .isEqualTo(BuildState.SUCCESS);
    assertThat(world.log(World.build("parent", 1))).contains("came UNSTABLE\n");
  }

  @Test
  void anAbortReachesAChildThatGoesOn() {
    world.jobs.put("child", "input 'Go?'");
    World.Life first = world.life();
    first.begin("parent", "build 'child'");
    awaitLog(World.build("child", 1), "Go?");
    first.kill();

    World.Life second = world.life();
    BuildRequest request = world.request("parent", "build 'child'");
    var parent = second.running(second.reopen(World.build("parent", 1), request));
    awaitLog(World.build("child", 1), "Resuming after a restart");
    request.abort().abort("bob");
    assertThat(parent.state()).isEqualTo(BuildState.ABORTED);
    assertThat(world.bench.builds.find(World.build("child", 1)).orElseThrow().state())
        .isEqualTo(BuildState.ABORTED);
    assertThat(world.log(World.build("child", 1))).contains("the build that started it");
  }

  @Test
  void noKillLetsAStepStartTwoBuilds() throws IOException {
    world.jobs.put("child", "echo 'the child'");
    String parent = "def b = build 'child'\necho \"came ${b.result}\"";
    int entries = 0;
    while (true) {
      for (boolean forgetful : List.of(false, true)) {
        world = new World(Files.createDirectories(top.resolve("run" + entries + forgetful)));
        world.jobs.put("child", "echo 'the child'");
        Optional<BuildOutcome> outcome = world.life(entries, forgetful).run("parent", parent);
        if (outcome.isPresent()) {
          assertThat(entries).isGreaterThan(4);
          return;
        }
        var builds = world.life().goOn();
        assertThat(state(builds, World.build("parent", 1))).isEqualTo(BuildState.SUCCESS);
        assertThat(children()).as("%s entries, forgetful: %s", entries, forgetful).hasSize(1);
        assertThat(world.log(World.build("parent", 1))).containsOnlyOnce("came SUCCESS");
      }
      entries++;
    }
  }

  @Test
  void aChildThatCanNotBeMadeAgainFailsAndItsParentSaysSo() throws IOException {
    world.jobs.put("child", "input 'Go?'");
    World.Life first = world.life();
    first.begin("parent", "build 'child'");
    awaitLog(World.build("child", 1), "Go?");
    first.kill();
    Files.delete(
        BuildStores.folder(top.resolve("files"), World.build("child", 1)).resolve("origin"));

    assertThat(world.life().goOn(World.build("parent", 1)).orElseThrow().state())
        .isEqualTo(BuildState.FAILURE);
    assertThat(world.log(World.build("child", 1)))
        .contains("ERROR: this build can not go on: it is not known what it was made of\n")
        .endsWith("Finished: FAILURE\n");
    assertThat(world.log(World.build("parent", 1))).contains("child #1 completed");
  }
}
