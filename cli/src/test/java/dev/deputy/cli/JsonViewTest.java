package dev.deputy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.builds.BuildEvent;
import dev.deputy.core.BuildState;
import dev.deputy.pipeline.BuildResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The lines of {@code --output json}: one object per event, in the form that programs rely on. */
class JsonViewTest {
  private static final String STAGE =
      "'stage':'Deploy','template':'production','account':'production','accountId':'444444444444'";

  /** Every event with the line that it gives, {@code time} and {@code build} left out. */
  private static final Map<BuildEvent, String> LINES = new LinkedHashMap<>();

  static {
    LINES.put(
        Events.started(),
        "'type':'build-started','file':'Jenkinsfile','branch':'main','commit':'"
            + Events.COMMIT
            + "','cause':'person'");
    LINES.put(
        Events.stageStarted(1, Events.COMPILE),
        "'type':'stage-started','stage':'Compile','path':['Build','Compile'],'step':2");
    LINES.put(
        Events.stageFinished(1, Events.COMPILE, BuildResult.SUCCESS, Duration.ofMillis(3210)),
        "'type':'stage-finished','stage':'Compile','path':['Build','Compile'],'step':2,"
            + "'state':'SUCCESS','durationMs':3210");
    LINES.put(
        Events.stageSkipped(1, Events.COMPILE, "when conditional"),
        "'type':'stage-finished','stage':'Compile','path':['Build','Compile'],'step':2,"
            + "'state':'SKIPPED','durationMs':0,'reason':'when conditional'");
    LINES.put(
        Events.waiting(Events.DEPLOYER),
        "'type':'agent-waiting'," + STAGE + ",'reason':'the cluster has no room'");
    LINES.put(
        Events.launching(Events.DEPLOYER),
        "'type':'agent-launching'," + STAGE + ",'task':'" + Events.TASK + "'");
    LINES.put(
        Events.registered(Events.DEPLOYER),
        "'type':'agent-registered',"
            + STAGE
            + ",'task':'"
            + Events.TASK
            + "','role':'arn:aws:sts::000000000000:assumed-role/deputy-agent-production/0123abcd',"
            + "'isolation':'user'");
    LINES.put(
        Events.issued(Events.DEPLOYER),
        "'type':'credentials-issued',"
            + STAGE
            + ",'session':'arn:aws:sts::444444444444:assumed-role/deputy-deploy-production/shop-7',"
            + "'accessKeyId':'ASIAEXAMPLE','expires':'2026-01-02T04:04:08Z'");
    LINES.put(
        Events.log(3, "Deploy", "+ echo \"ü\"\n\u001B[31mred\n"),
        "'type':'log','step':3,'stage':'Deploy','text':'+ echo \\\"ü\\\"\\n\\u001B[31mred\\n'");
    LINES.put(
        new BuildEvent.QuestionAsked(
            Events.at(4), Events.BUILD, Events.question(List.of("bob"), Optional.empty())),
        "'type':'question','id':'production','text':'Approve agent template production in account"
            + " production (444444444444) for shop#7 at commit "
            + Events.COMMIT
            + "? Grant releases asks for 1 of: bob\\nStage: Deploy','candidates':['bob']");
    LINES.put(
        Events.denied(),
        "'type':'denied','stage':'Deploy','message':'job shop may not\\nask somebody'");
    LINES.put(
        Events.finished(BuildState.SUCCESS),
        "'type':'build-finished','file':'Jenkinsfile','result':'SUCCESS','durationMs':20000,"
            + "'logFile':'builds/shop/7.log'");
  }

  @Test
  void everyEventHasItsLine() {
    LINES.forEach((event, line) -> {
      String time = "'time':'" + event.time() + "','build':'shop#7'";
      String expected = line.replaceFirst("(?<='type':'[a-z-]{1,20}')", "," + time);
      assertThat(printed(event)).isEqualTo("{" + expected.replace('\'', '"') + "}\n");
    });
  }

  @Test
  void noEventIsForgottenHere() {
    assertThat(LINES.keySet().stream().map(Object::getClass).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(BuildEvent.class.getPermittedSubclasses()).collect(Collectors.toSet()));
  }

  @Test
  void whatIsNotKnownHasNoKey() {
    BuildEvent event =
        new BuildEvent.BuildStarted(
            Events.START,
            Events.BUILD,
            "Jenkinsfile",
            Optional.empty(),
            Optional.empty(),
            new dev.deputy.core.Cause.Person("ann"));
    assertThat(printed(event)).doesNotContain("branch", "commit", "null");
  }

  private static String printed(BuildEvent event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new JsonView(new PrintStream(out, true, StandardCharsets.UTF_8)).on(event);
    return out.toString(StandardCharsets.UTF_8);
  }
}
