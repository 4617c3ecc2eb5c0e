package dev.deputy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.core.AuditLog;
import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.BuildRecord.Starter;
import dev.deputy.core.BuildState;
import dev.deputy.core.BuildStore;
import dev.deputy.core.BuildStore.NewBuild;
import dev.deputy.core.Cause;
import dev.deputy.core.JobName;
import dev.deputy.core.JournalEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link BuildStore} does. */
public abstract class BuildStoreContract {
  /** The store under test, empty at the start of each test. */
  protected abstract BuildStore builds();

  /** The audit log that its changes are recorded in. */
  protected abstract AuditLog audit();

  @Test
  void newBuildIsQueuedUnderTheJobsNextNumber() {
    BuildRecord first = builds().create(Samples.newBuild("examples/dtap"));
    BuildRecord second = builds().create(Samples.newBuild("examples/dtap"));
    BuildRecord other = builds().create(Samples.newBuild("examples/classic"));

    assertThat(first.id()).isEqualTo(Samples.build("examples/dtap", 1));
    assertThat(second.id()).isEqualTo(Samples.build("examples/dtap", 2));
    assertThat(other.id()).isEqualTo(Samples.build("examples/classic", 1));
    assertThat(first.state()).isEqualTo(BuildState.QUEUED);
    assertThat(first.finished()).isEmpty();
  }

  @Test
  void buildIsFoundAsItWasCreated() {
    NewBuild build = Samples.newBuild("examples/dtap");
    BuildRecord created = builds().create(build);

    assertThat(created).isEqualTo(build.queued(1));
    assertThat(builds().find(created.id())).contains(created);
    assertThat(builds().find(Samples.build("examples/dtap", 2))).isEmpty();
  }

  @Test
  void whatIsUnknownOrUnusualOfABuildIsKept() {
    NewBuild build =
        new NewBuild(
            new JobName("odd"),
            "a \"quoted\" päth/\u0000Jenkinsfile\n",
            Optional.empty(),
            Optional.empty(),
            "",
            new Cause.Person("Zoë O'Hara; DROP TABLE build"),
            Map.of("", "null", "\"", "\\u0000\n'"),
            Optional.of(new Starter(Samples.build("odd/job", 7), 3)),
            Samples.AT);

    assertThat(builds().find(builds().create(build).id())).contains(build.queued(1));
  }

  @Test
  void aStepStartsOneBuild() {
    NewBuild build = startedBy(Samples.build("parent", 1), 2);
    BuildRecord first = builds().create(build);
    move(first.id(), BuildState.FAILURE);

    assertThat(builds().create(build)).isEqualTo(find(first.id()));
    assertThat(builds().create(startedBy(Samples.build("parent", 1), 3)).id())
        .isNotEqualTo(first.id());
    assertThat(builds().create(startedBy(Samples.build("parent", 2), 2)).id())
        .isNotEqualTo(first.id());
    assertThat(builds().ofJob(first.id().job(), 10)).hasSize(3);
    assertThat(audit().ofBuild(first.id())).contains(build.audit(first.id().number()));
  }

  private static NewBuild startedBy(BuildId build, int step) {
    NewBuild sample = Samples.newBuild("child");
    return new NewBuild(
        sample.job(),
        sample.script(),
        sample.branch(),
        sample.commit(),
        sample.scriptHash(),
        sample.cause(),
        sample.parameters(),
        Optional.of(new Starter(build, step)),
        sample.created());
  }

  @Test
  void newBuildIsAudited() {
    NewBuild build = Samples.newBuild("examples/dtap");
    BuildId id = builds().create(build).id();

    assertThat(audit().ofBuild(id)).containsExactly(build.audit(1));
  }

  @Test
  void jobsBuildsAreListedNewestFirstUpToTheLimit() {
    BuildRecord first = builds().create(Samples.newBuild("examples/dtap"));
    BuildRecord second = builds().create(Samples.newBuild("examples/dtap"));
    builds().create(Samples.newBuild("examples"));

    assertThat(builds().ofJob(new JobName("examples/dtap"), 10)).containsExactly(second, first);
    assertThat(builds().ofJob(new JobName("examples/dtap"), 1)).containsExactly(second);
    assertThat(builds().ofJob(new JobName("Examples/dtap"), 10)).isEmpty();
    assertThat(builds().recent(10)).hasSize(3).containsSubsequence(second, first);
    assertThat(builds().recent(1)).hasSize(1);
  }

  @Test
  void unfinishedBuildsAreListedOldestFirst() {
    BuildId queued = builds().create(Samples.newBuild("b")).id();
    BuildId ended = builds().create(Samples.newBuild("a")).id();
    BuildId waiting = builds().create(Samples.newBuild("a")).id();
    move(ended, BuildState.SUCCESS);
    move(waiting, BuildState.WAITING);

    assertThat(builds().unfinished()).extracting(BuildRecord::id).containsExactly(queued, waiting);
  }

  @Test
  void aBuildThatPassesAMilestoneOvertakesTheOlderOnesThatDidNot() {
    BuildId ended = builds().create(Samples.newBuild("a")).id();
    BuildId older = builds().create(Samples.newBuild("a")).id();
    BuildId without = builds().create(Samples.newBuild("a")).id();
    BuildId newer = builds().create(Samples.newBuild("a")).id();
    BuildId newest = builds().create(Samples.newBuild("a")).id();
    BuildId other = builds().create(Samples.newBuild("b")).id();
    for (BuildId build : List.of(ended, older, newer, other)) {
      assertThat(builds().passMilestone(build, 0)).isEmpty();
    }
    assertThat(builds().overtaken(newer)).as("passed none").containsExactly(without.number());
    assertThat(builds().overtakenBy(without)).contains(newer.number());
    assertThat(builds().overtakenBy(older)).as("as far, and runs").isEmpty();
    move(ended, BuildState.SUCCESS);

    for (int repeated = 0; repeated < 2; repeated++) {
      assertThat(builds().passMilestone(newer, 7)).isEmpty();
      assertThat(builds().overtaken(newer)).containsExactly(older.number(), without.number());
    }
    assertThat(builds().passMilestone(older, 9)).contains(newer.number());
    assertThat(builds().passMilestone(without, 9)).contains(newer.number());
    assertThat(builds().overtakenBy(older)).contains(newer.number());
    for (BuildId none : List.of(newer, newest, other)) {
      assertThat(builds().overtakenBy(none)).isEmpty();
    }
    assertThat(builds().overtaken(newest)).as("passed none itself").isEmpty();
  }

  /** Whatever it ended with. */
  @ParameterizedTest
  @EnumSource(
      value = BuildState.class,
      names = {"SUCCESS", "FAILURE", "ABORTED"})
  void aBuildThatEndsOvertakesThoseThatAreAsFarAsItWas(BuildState end) {
    BuildId further = builds().create(Samples.newBuild("a")).id();
    BuildId older = builds().create(Samples.newBuild("a")).id();
    BuildId newer = builds().create(Samples.newBuild("a")).id();
    builds().passMilestone(further, 3);
    builds().passMilestone(older, 2);
    builds().passMilestone(newer, 2);
    assertThat(builds().overtaken(newer)).isEmpty();
    move(newer, end);

    assertThat(builds().overtaken(newer)).containsExactly(older.number());
    assertThat(builds().overtakenBy(older)).contains(newer.number());
    assertThat(builds().overtakenBy(further)).isEmpty();
    assertThat(builds().passMilestone(older, 3)).contains(newer.number());
    assertThat(builds().passMilestone(further, 4)).isEmpty();
  }

  @Test
  void noUnknownBuildPassesAMilestone() {
    assertThatThrownBy(() -> builds().passMilestone(Samples.build("a", 1), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(builds().overtakenBy(Samples.build("a", 1))).isEmpty();
    assertThat(builds().overtaken(Samples.build("a", 1))).isEmpty();
  }

  @Test
  void transitionIsStoredTogetherWithItsAuditRecord() {
    BuildId id = builds().create(Samples.newBuild("examples/dtap")).id();
    AuditRecord record = Samples.audit("build-running", id);

    assertThat(builds().transition(id, BuildState.RUNNING, Samples.AT, record)).isTrue();

    assertThat(find(id).state()).isEqualTo(BuildState.RUNNING);
    assertThat(find(id).finished()).isEmpty();
    assertThat(audit().ofBuild(id)).endsWith(record);
  }

  @ParameterizedTest
  @EnumSource(
      value = BuildState.class,
      names = {"SUCCESS", "UNSTABLE", "FAILURE", "ABORTED", "NOT_BUILT"})
  void terminalStateIsNeverLeft(BuildState terminal) {
    BuildId id = builds().create(Samples.newBuild("examples/dtap")).id();
    assertThat(move(id, terminal)).isTrue();
    BuildRecord ended = find(id);
    List<AuditRecord> audited = audit().ofBuild(id);

    for (BuildState state : BuildState.values()) {
      assertThat(move(id, state)).isFalse();
    }

    assertThat(find(id)).isEqualTo(ended);
    assertThat(ended.finished()).contains(Samples.AT);
    assertThat(audit().ofBuild(id)).isEqualTo(audited);
  }

  @Test
  void unknownBuildHasNoTransitionAndNoJournal() {
    BuildId unknown = Samples.build("examples/dtap", 7);

    assertThatThrownBy(() -> move(unknown, BuildState.RUNNING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("examples/dtap#7");
    assertThatThrownBy(() -> builds().append(unknown, Samples.effect(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("examples/dtap#7");
    assertThat(builds().journal(unknown)).isEmpty();
    assertThat(audit().ofBuild(unknown)).isEmpty();
  }

  @Test
  void journalKeepsTheOrderOfTheCalls() {
    BuildId id = builds().create(Samples.newBuild("examples/dtap")).id();
    BuildId other = builds().create(Samples.newBuild("examples/dtap")).id();
    JournalEntry bare =
        new JournalEntry(
            3,
            JournalEntry.Kind.LOST,
            JournalEntry.StepClass.RECORDED,
            "readFile",
            "smoke ümlaut",
            Optional.empty(),
            Samples.AT);

    builds().append(id, Samples.log(2));
    builds().append(other, Samples.log(9));
    builds().append(id, Samples.effect(1));
    builds().append(id, bare);

    assertThat(builds().journal(id)).containsExactly(Samples.log(2), Samples.effect(1), bare);
    assertThat(builds().journal(other)).containsExactly(Samples.log(9));
  }

  @Test
  void concurrentWritersKeepEachBuildsOrderAndEachJobsNumbers() throws Exception {
    int writers = 50;
    int entries = 40;
    List<Callable<BuildId>> work =
        IntStream.range(0, writers)
            .<Callable<BuildId>>mapToObj(_ -> () -> writeJournal(entries))
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<BuildId> done : threads.invokeAll(work)) {
        assertThat(builds().journal(done.get()))
            .extracting(JournalEntry::step)
            .containsExactlyElementsOf(IntStream.rangeClosed(1, entries).boxed().toList());
      }
    }
    assertThat(builds().ofJob(new JobName("examples/dtap"), writers + 1))
        .extracting(build -> build.id().number())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, writers).boxed().toList().reversed());
  }

  private BuildId writeJournal(int entries) {
    BuildId id = builds().create(Samples.newBuild("examples/dtap")).id();
    for (int step = 1; step <= entries; step++) {
      builds().append(id, step % 10 == 0 ? Samples.effect(step) : Samples.log(step));
    }
    return id;
  }

  @Test
  void ofManyWhoEndABuildOnlyOneSucceeds() throws Exception {
    BuildId id = builds().create(Samples.newBuild("examples/dtap")).id();
    List<Callable<Boolean>> work =
        IntStream.range(0, 20)
            .<Callable<Boolean>>mapToObj(_ -> () -> move(id, BuildState.ABORTED))
            .toList();
    int succeeded = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(work)) {
        succeeded += done.get() ? 1 : 0;
      }
    }

    assertThat(succeeded).isEqualTo(1);
    assertThat(audit().ofBuild(id)).hasSize(2);
  }

  @Test
  void interruptedThreadStillWritesAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    BuildId id = builds().create(Samples.newBuild("examples/dtap")).id();
    boolean moved = move(id, BuildState.ABORTED);
    Optional<BuildRecord> found = builds().find(id);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(moved).isTrue();
    assertThat(found).map(BuildRecord::state).contains(BuildState.ABORTED);
  }

  private boolean move(BuildId id, BuildState to) {
    return builds().transition(id, to, Samples.AT, Samples.audit("build-moved", id));
  }

  private BuildRecord find(BuildId id) {
    return builds().find(id).orElseThrow();
  }
}
