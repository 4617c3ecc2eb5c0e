package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.BuildId;
import dev.deputy.core.JournalEntry;
import dev.deputy.testkit.InMemoryAuditLog;
import dev.deputy.testkit.InMemoryBuildStore;
import dev.deputy.testkit.ManualClock;
import dev.deputy.testkit.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalTest {
  private final InMemoryBuildStore store = new InMemoryBuildStore(new InMemoryAuditLog());
  private final BuildId build = store.create(Samples.newBuild("shop")).id();
  private final Journal journal =
      new Journal(store, build, new Masks(List.of("hunter2")), new ManualClock());

  private static Journal.Line line(Step step) {
    return new Journal.Line(1, step, step.signature().name(), "left");
  }

  private String detail() {
    return store.journal(build).getLast().detail().orElse("");
  }

  @Test
  void namesStayReadableAndTextsDoNot() {
    journal.started(line(new StageStep()), Map.of("name", "Deploy \"it\"\n"));
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
