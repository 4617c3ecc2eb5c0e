package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.core.BuildId;
import dev.deputy.core.JournalEntry;
import dev.deputy.testkit.InMemoryAuditLog;
import dev.deputy.testkit.InMemoryBuildStore;
import dev.deputy.testkit.ManualClock;
import dev.deputy.testkit.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private final InMemoryBuildStore store = new InMemoryBuildStore(new InMemoryAuditLog());
  private final BuildId build = store.create(Samples.newBuild("shop")).id();
  private final Masks masks = new Masks(List.of("hunter2"));
  @TempDir Path folder;
  private Journal journal;

  @BeforeEach
  void open() {
    journal = again();
  }

  /** The journal as the next process of the controller finds it. */
  private Journal again() {
    return new Journal(
        store, build, masks, new ManualClock(), Seal.in(folder), new Replay(store.journal(build)));
  }

  private static Journal.Line line(Step step) {
    return new Journal.Line(1, step, step.signature().name(), "left");
  }

  private String detail() {
    return store.journal(build).getLast().detail().orElse("");
  }

  @Test
  void namesStayReadableAndTextsDoNot() {
    journal.started(line(new StashStep()), Map.of("name", "Deploy \"it\"\n"));
    assertThat(detail()).isEqualTo("{\"name\":\"Deploy \\\"it\\\"\\u000a\"}");
    journal.started(line(new ShStep()), Map.of("script", "x"));
    assertThat(detail())
        .isEqualTo("{\"script\":{\"sha256\":\"" + Digests.hex("x") + "\",\"length\":1}}");
  }

  @Test
  void numbersAndFlagsStayAndListsAreKeptItemByItem() {
    journal.finished(line(new ShStep()), List.of(7, true, "x"), Map.of("status", 0));
    assertThat(detail()).startsWith("{\"status\":0,\"result\":[7,true,{\"sha256\":");
  }

  @Test
  void declaredSecretsAreHiddenBeforeADigestIsMade() {
    journal.started(line(new ShStep()), Map.of("script", "login hunter2"));
    assertThat(detail()).contains(Digests.hex("login ****"));
    journal.failed(line(new ShStep()), "hunter2 was wrong");
    assertThat(detail()).isEqualTo("{\"reason\":\"**** was wrong\"}");
  }

  @Test
  void whatAWaitEndedWithIsSealedAndOpensAgain() {
    Map<String, @Nullable Object> end =
        Map.of("value", Map.of("status", 3, "stdout", "a hunter2, a token"));
    journal.completed(line(new ShStep()), 2, end);
    assertThat(detail()).startsWith("{\"part\":2,\"sealed\":").doesNotContain("hunter2", "token");
    JournalEntry entry = again().replay().find(new Replay.Key(1, 2)).orElseThrow();
    assertThat(journal.open(entry)).isEqualTo(end);
  }

  @Test
  void aSecretIsReferredToAndNotKept() {
    journal.noted(line(new ShStep()), 0, "say hunter2!");
    JournalEntry entry = store.journal(build).getLast();
    var other =
        new Journal(
            store,
            build,
            new Masks(List.of()),
            new ManualClock(),
            Seal.in(folder),
            again().replay());
    assertThatThrownBy(() -> other.open(entry))
        .isInstanceOf(Diverged.class)
        .hasMessageContaining("a secret that the build used then has another value now");
  }

  @Test
  void anEntryOpensInItsOwnPlaceOnlyAndWithItsOwnKeyOnly() {
    journal.noted(line(new ShStep()), 0, "x");
    JournalEntry entry = store.journal(build).getLast();
    var moved =
        new JournalEntry(
            2,
            entry.kind(),
            entry.stepClass(),
            entry.name(),
            entry.branch(),
            entry.detail(),
            entry.at());
    assertThatThrownBy(() -> journal.open(moved)).isInstanceOf(Diverged.class);
    var stranger =
        new Journal(
            store,
            build,
            masks,
            new ManualClock(),
            Seal.in(folder.resolve("other")),
            again().replay());
    assertThatThrownBy(() -> stranger.open(entry)).isInstanceOf(Diverged.class);
  }

  @Test
  void theKeyIsForTheControllersUserAlone() throws Exception {
    assertThat(Files.getPosixFilePermissions(folder.resolve("journal.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aRepeatedStepIsNotJournalledAgainAndAnotherOneIsNoticed() {
    journal.started(line(new ShStep()), Map.of("script", "x"));
    journal.finished(line(new ShStep()), null, Map.of());
    Journal again = again();
    again.started(line(new ShStep()), Map.of("script", "x"));
    again.finished(line(new ShStep()), null, Map.of());
    assertThat(store.journal(build)).hasSize(2);
    assertThatThrownBy(() -> again.started(line(new ShStep()), Map.of("script", "y")))
        .isInstanceOf(Diverged.class);
    assertThatThrownBy(() -> again.started(line(new EchoStep()), Map.of("message", "x")))
        .isInstanceOf(Diverged.class)
        .hasMessage("step 1 was sh in branch left then, and is echo in branch left now");
  }

  @Test
  void entriesCarryTheStepsClassAndBranch() {
    journal.lost(line(new ShStep()), "gone");
    assertThat(store.journal(build))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.kind()).isEqualTo(JournalEntry.Kind.LOST);
          assertThat(entry.stepClass()).isEqualTo(JournalEntry.StepClass.EFFECT);
          assertThat(entry.branch()).isEqualTo("left");
        });
  }
}
