package dev.deputy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.builds.BuildEvent;
import dev.deputy.builds.BuildEvent.AgentUse;
import dev.deputy.core.BuildState;
import dev.deputy.core.TemplateName;
import dev.deputy.pipeline.BuildResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a person sees of a build. */
class TextViewTest {
  private static final BuildEvent.Stage BUILD = Events.stage(1, "Build");
  private static final BuildEvent.Stage DEPLOY = Events.stage(5, "Deploy");
  private static final AgentUse BUILDER =
      new AgentUse("Compile", new TemplateName("builder"), Optional.empty());

  private static final List<BuildEvent> EVENTS =
      List.of(
          Events.started(),
          Events.annotation("[Pipeline] stage\n"),
          Events.stageStarted(0, BUILD),
          Events.stageStarted(0, Events.COMPILE),
          Events.waiting(BUILDER),
          Events.launching(BUILDER),
          Events.log(3, "Compile", "+ make\ncompiling"),
          Events.log(4, "Lint", "from another step\n"),
          Events.log(3, "Compile", " all of it\n"),
          Events.stageFinished(4, Events.COMPILE, BuildResult.SUCCESS, Duration.ofMillis(3960)),
          Events.stageFinished(4, BUILD, BuildResult.UNSTABLE, Duration.ofMillis(4000)),
          Events.stageStarted(4, DEPLOY),
          Events.launching(Events.DEPLOYER),
          Events.registered(Events.DEPLOYER),
          Events.issued(Events.DEPLOYER),
          Events.log(6, "Deploy", "no end of line"),
          Events.stageFinished(19, DEPLOY, BuildResult.FAILURE, Duration.ofSeconds(75)),
          Events.stageSkipped(20, Events.stage(9, "Announce"), "stage before failed"),
          Events.finished(BuildState.FAILURE));

  private final Screen screen = new Screen();

  private String shown(Terminal terminal, List<BuildEvent> events, boolean summary) {
    try (TextView view = new TextView(terminal, Events.CLOCK)) {
      events.forEach(view::on);
      if (summary) {
        view.summary(Events.outcome(BuildState.FAILURE, Optional.empty(), Duration.ofSeconds(6)));
      }
    }
    return screen.text();
  }

  @Test
  void branchesAreToldApart() {
    assertThat(
            shown(
                screen.plain(),
                List.of(
                    Events.log(3, "Test", "a", "half "),
                    Events.log(5, "Test", "b", "other\n"),
                    Events.log(3, "Test", "a", "line\n"),
                    Events.log(6, "Test", "b / c", "deeper\n"),
                    Events.log(7, "Lint", "Lint", "the stage's own\n"),
                    Events.log(8, "", "d", "no stage\n")),
                false))
        .isEqualTo(
            """
              Test [b] | other
              Test [a] | half line
              Test [b / c] | deeper
              Lint | the stage's own
              [d] | no stage
            """);
  }

  @Test
  void buildIsToldAsItGoesAndSummedUpAtTheEnd() {
    assertThat(shown(screen.plain(), EVENTS, true))
        .isEqualTo(
            """
            shop#7  Jenkinsfile  main at 01234567, started by user ann
            > Build
            > Build / Compile
              Compile | waiting for agent builder: the cluster has no room
              Compile | agent builder (no account), task 0123abcd
              Compile | + make
              Lint | from another step
              Compile | compiling all of it
            > Deploy
              Deploy | agent production in production (444444444444), task 0123abcd
              Deploy | proven to be deputy-agent-production/0123abcd, isolation: user
              Deploy | credentials of deputy-deploy-production/shop-7 until 2026-01-02T04:04:08Z
              Deploy | no end of line
              Announce skipped: stage before failed

            shop#7  FAILURE  20.0 s
              ! Build                             4.0 s
                + Compile                         4.0 s   launching builder (no account)
              x Deploy                       1 min 15 s   production in production (444444444444)
              - Announce                     skipped: stage before failed
              time   queue 0.0 s · launch 1.0 s · connect 1.3 s · steps 1 min 15 s · approval 6.0 s (summed over agents)
              log    builds/shop/7.log
            """);
    assertThat(screen.raw()).doesNotContain("\u001B");
  }

  @Test
  void coloursAndSymbolsAddNoWords() {
    String coloured = shown(screen.live(), EVENTS, true);
    Screen plainScreen = new Screen();
    try (TextView view = new TextView(plainScreen.plain(), Events.CLOCK)) {
      EVENTS.forEach(view::on);
      view.summary(Events.outcome(BuildState.FAILURE, Optional.empty(), Duration.ofSeconds(6)));
    }
    String translated =
        coloured
            .replace("▶", ">")
            .replace("✔", "+")
            .replace("✘", "x")
            .replace("▲", "!")
            .replace("○", "-");
    assertThat(translated).isEqualTo(plainScreen.text());
    assertThat(screen.raw())
        .contains("\u001B[31m✘\u001B[0m Deploy", "\u001B[32m✔\u001B[0m Compile");
  }

  @Test
  void whatRunsNowStandsBelowTheLog() {
    Terminal terminal = screen.live();
    TextView view = new TextView(terminal, Events.CLOCK);
    EVENTS.subList(0, 14).forEach(view::on);
    assertThat(screen.text())
        .endsWith(
            "  ● Deploy                           16.0 s   production in production (4444444\n");
    view.close();
    assertThat(screen.text()).endsWith("isolation: user\n");
  }

  @Test
  void stagesThatHoldOthersAreNotShownAsRunningThemselves() {
    StageTree tree = new StageTree(new Style(false, false));
    tree.started((BuildEvent.StageStarted) Events.stageStarted(0, BUILD));
    tree.started((BuildEvent.StageStarted) Events.stageStarted(0, Events.COMPILE));
    assertThat(tree.running(Events.at(1)))
        .containsExactly("    * Compile                         1.0 s");
    assertThat(tree.lines(Events.at(1))).hasSize(2);
  }

  @Test
  void durationsAreReadable() {
    assertThat(StageTree.seconds(Duration.ofMillis(49))).isEqualTo("0.0 s");
    assertThat(StageTree.seconds(Duration.ofMillis(59_949))).isEqualTo("59.9 s");
    assertThat(StageTree.seconds(Duration.ofMillis(59_960))).isEqualTo("1 min 0 s");
    assertThat(StageTree.seconds(Duration.ofHours(2))).isEqualTo("120 min 0 s");
  }

  @Test
  void denialIsNamedInTheSummary() {
    try (TextView view = new TextView(screen.plain(), Events.CLOCK)) {
      view.summary(Events.outcome(BuildState.FAILURE, Optional.of("no grant"), Duration.ZERO));
    }
    assertThat(screen.text())
        .contains("shop#7  FAILURE (access denied)  20.0 s\n")
        .doesNotContain("approval");
  }

  @Test
  void namesAndOutputOfAPipelineCanNotCommandTheTerminal() {
    String evil = "x\u001B[2J\u001B]0;t\u0007\r\u202E\ny";
    BuildEvent.Stage stage = Events.stage(1, evil);
    AgentUse agent = new AgentUse(evil, new TemplateName("builder"), Optional.empty());
    String text =
        shown(
            screen.live(),
            List.of(
                Events.stageStarted(0, stage),
                new BuildEvent.AgentWaiting(Events.at(1), Events.BUILD, agent, evil),
                Events.launching(agent),
                Events.log(1, evil, evil),
                new BuildEvent.Denied(Events.at(1), Events.BUILD, evil, evil),
                Events.stageSkipped(2, stage, evil),
                Events.stageFinished(2, stage, BuildResult.SUCCESS, Duration.ZERO)),
            true);
    assertThat(text).doesNotContain("\r", "\u0007", "\u202E").contains("x[2J]0;ty");
    assertThat(screen.raw()).doesNotContain("\u001B[2J", "\u001B]");
  }

  @Test
  void lineThatNeverEndsIsShownInPieces() {
    Terminal terminal = screen.plain();
    try (TextView view = new TextView(terminal, Events.CLOCK)) {
      for (int i = 0; i < 300; i++) {
        view.on(Events.log(1, "Deploy", "x".repeat(100)));
      }
    }
    assertThat(screen.raw().lines()).singleElement().asString().hasSizeGreaterThan(1 << 14);
  }
}
