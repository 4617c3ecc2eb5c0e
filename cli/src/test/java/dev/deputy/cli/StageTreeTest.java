package dev.deputy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.builds.BuildEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which stage stands below which. */
class StageTreeTest {
  private final StageTree tree = new StageTree(new Screen().plain().style());

  private int steps;

  private void start(int step, String... path) {
    tree.started((BuildEvent.StageStarted) Events.stageStarted(step, Events.stage(step, path)));
  }

  private List<String> names() {
    return plain(tree.lines(Events.at(20)));
  }

  private List<String> running() {
    return plain(tree.running(Events.at(20)));
  }

  private static List<String> plain(List<String> lines) {
    return lines.stream()
        .map(line -> line.replaceFirst(" +[0-9.]+ s$", "").replace("* ", ""))
        .toList();
  }

  @Test
  void stagesOfParallelBranchesStandBelowTheirOwnBranch() {
    start(1, "Tests");
    start(2, "Tests", "Linux");
    start(3, "Tests", "Mac");
    start(4, "Tests", "Linux", "Unit");
    start(5, "Tests", "Mac", "Unit");
    start(6, "Tests", "Linux", "System");
    start(7, "Deploy");
    assertThat(names())
        .containsExactly(
            "  Tests",
            "    Linux",
            "      Unit",
            "      System",
            "    Mac",
            "      Unit",
            "  Deploy");
  }

  @Test
  void branchTellsStagesOfOnePathApart() {
    for (String branch : List.of("a", "b")) {
      tree.started(inBranch(branch, "Deploy"));
    }
    for (String branch : List.of("a", "b")) {
      tree.started(inBranch(branch, "Deploy", branch));
    }
    assertThat(names()).containsExactly("  Deploy", "    a", "  Deploy", "    b");
  }

  private BuildEvent.StageStarted inBranch(String branch, String... path) {
    return new BuildEvent.StageStarted(
        Events.START, Events.BUILD, new BuildEvent.Stage(++steps, List.of(path), branch), false);
  }

  @Test
  void stageThatRunsAgainKeepsWhatRanInsideIt() {
    start(1, "Round");
    start(2, "Round", "First");
    start(3, "Round");
    start(4, "Round", "Second");
    assertThat(names()).containsExactly("  Round", "    First", "  Round", "    Second");
  }

  @Test
  void stageOfAnUnknownParentIsDrawnAllTheSame() {
    start(1, "Build");
    start(2, "Lost", "Child");
    assertThat(names()).containsExactly("  Build", "    Child");
  }

  @Test
  void whatRunsIsTheInnermost() {
    start(1, "Tests");
    start(2, "Tests", "Linux");
    start(3, "Tests", "Linux", "Unit");
    start(4, "Tests", "Mac");
    assertThat(running()).containsExactly("      Unit", "    Mac");
  }

  @Test
  void ofManyThatRunTheFirstAreShownAndTheOthersCounted() {
    start(1, "Tests");
    for (int cell = 0; cell < 1_000; cell++) {
      start(2 + 2 * cell, "Tests", "cell " + cell);
      start(3 + 2 * cell, "Tests", "cell " + cell, "Run");
    }
    assertThat(running()).hasSize(13).startsWith("      Run").endsWith("  and 988 more");
    assertThat(names()).hasSize(2_001);
  }
}
