package dev.deputy.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.systemtests.DeputyProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ExamplesTest {
  private static final Pattern DEPLOYED_BY =
      Pattern.compile(
          "\"arn:aws:sts::([0-9]{12}):assumed-role/deputy-deploy-([a-z]+)/examples-dtap-1\"");
  private static final List<String> FOUR_ACCOUNTS =
      List.of(
          "111111111111 development",
          "222222222222 test",
          "333333333333 acceptance",
          "444444444444 production");

  @TempDir private Path folder;
  private Path checkout;

  @BeforeEach
  void checkOut() throws Exception {
    checkout = ExampleCheckout.in(folder);
  }

  @Test
  void dtapReachesFourAccountsEachWithItsOwnDeployRole() throws Exception {
    Result result =
        run("examples/dtap/Jenkinsfile", "--approve", "release-manager", "--output", "json");

    assertThat(result.status()).as(result.text()).isZero();
    EventSchema.check(result.events());
    assertThat(deployers(result)).containsExactlyElementsOf(FOUR_ACCOUNTS);
    assertThat(tasks(result, "agent-launching")).hasSize(7).doesNotHaveDuplicates();
    assertThat(tasks(result, "agent-registered"))
        .containsExactlyInAnyOrderElementsOf(tasks(result, "agent-launching"));
    assertThat(result.events("credentials-issued"))
        .hasSize(6)
        .allSatisfy(issued ->
            assertThat(issued.get("session").asString())
                .contains(":" + issued.get("accountId").asString() + ":")
                .endsWith("/examples-dtap-1"));
    JsonNode last = result.events().getLast();
    assertThat(last.get("result").asString()).isEqualTo("SUCCESS");
    assertThat(Files.readString(Path.of(last.get("logFile").asString())))
        .contains("[Pipeline] { (Deploy to production)")
        .contains("+ ./deploy.sh production")
        .endsWith("Finished: SUCCESS\n");
  }

  @Test
  void dtapRunsOnABareMachine() throws Exception {
    Machine bare = Machine.without("aws", "jq", "bwrap", "unshare");

    Result result =
        DeputyProcess.run(
            bare,
            checkout,
            "run",
            "examples/dtap/Jenkinsfile",
            "--approve",
            "release-manager",
            "--output",
            "json");

    assertThat(result.status()).as(result.text()).isZero();
    assertThat(deployers(result)).containsExactlyElementsOf(FOUR_ACCOUNTS);
  }

  @Test
  void withoutAnybodyToApproveTheBuildAbortsAndSaysWhoCould() throws Exception {
    String release = productionOnly();

    Result result = run(release);

    assertThat(result.status()).as(result.text()).isEqualTo(130);
    assertThat(result.text())
        .contains("--approve release-manager")
        .doesNotContain("must not happen");
  }

  @Test
  void approvalBySomebodyWhomTheGrantDoesNotAcceptIsRefused() throws Exception {
    String release = productionOnly();

    Result result = run(release, "--approve", "mallory");

    assertThat(result.status()).as(result.text()).isEqualTo(130);
    assertThat(result.text()).contains("mallory").doesNotContain("must not happen");
  }

  @Test
  void classicPracticeWorksUnchangedAndItsTraceIsMasked() throws Exception {
    Programs.assumeInstalled("aws", "jq");

    Result result = run("examples/classic/Jenkinsfile");

    assertThat(result.status()).as(result.text()).isZero();
    assertThat(result.text())
        .contains("arn:aws:sts::111111111111:assumed-role/deputy-deploy-classic/classic-deployment")
        .contains("AWS_SECRET_ACCESS_KEY=****")
        .containsPattern("SecretAccessKey\\W+\\*\\*\\*\\*");
  }

  @Test
  void denialNamesJobTemplateAndMissingGrantAndLaunchesNothing() throws Exception {
    Result result =
        run(
            "examples/denied/Jenkinsfile",
            "examples/denied/caught.Jenkinsfile",
            "--output",
            "json");

    assertThat(result.status()).as(result.text()).isEqualTo(3);
    assertThat(result.events("denied"))
        .hasSize(2)
        .allSatisfy(denied ->
            assertThat(denied.get("message").asString())
                .contains("examples/denied", "production", "grant"));
    assertThat(result.events("build-finished"))
        .hasSize(2)
        .allSatisfy(end -> assertThat(end.get("result").asString()).isEqualTo("FAILURE"));
    assertThat(result.events("agent-launching")).isEmpty();
    assertThat(result.text()).doesNotContain("not reached");
  }

  @Test
  void everyAttackOfTheAbuseExampleIsRefused() throws Exception {
    Result result = run("examples/abuse/Jenkinsfile");

    assertThat(result.status()).as(result.text()).isZero();
    assertThat(result.out().stream().filter(line -> line.contains("Attack | refused: ")))
        .hasSize(6);
    assertThat(result.out()).anyMatch(line -> line.contains("Become root | refused: "));
  }

  @Test
  void imageThatDoesNotExistFailsTheBuildInTheWordsOfEcs() throws Exception {
    Path configuration = checkout.resolve("deputy.yaml");
    Files.writeString(
        configuration,
        Files.readString(configuration).replace("image: deputy-agent", "image: no-such-image"));
    String build =
        ExampleCheckout.pipeline(
            checkout,
            "dtap",
            "pipeline { agent any\n stages { stage('x') { steps { sh 'x' } } } }");

    Result result = run(build);

    assertThat(result.status()).as(result.text()).isEqualTo(1);
    assertThat(result.text())
        .contains("no agent of template builder")
        .contains("CannotPullContainerError")
        .contains("no-such-image");
  }

  /** The release to production alone, of the main branch's last commit. */
  private String productionOnly() throws Exception {
    String path =
        ExampleCheckout.pipeline(
            checkout,
            "dtap",
            """
            pipeline {
              agent { label 'AgentAccountProduction' }
              stages { stage('Release') { steps { echo 'must not happen' } } }
            }
            """);
    ExampleCheckout.commit(checkout);
    return path;
  }

  private Result run(String... arguments) throws Exception {
    return DeputyProcess.run(
        checkout,
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("run"), java.util.stream.Stream.of(arguments))
            .toArray(String[]::new));
  }

  /** Who the deploy steps' own GetCallerIdentity said they were. */
  private static List<String> deployers(Result result) {
    String log =
        result.events("log").stream()
            .map(event -> event.get("text").asString())
            .collect(Collectors.joining());
    return DEPLOYED_BY.matcher(log).results().map(m -> m.group(1) + " " + m.group(2)).toList();
  }

  private static List<String> tasks(Result result, String type) {
    return result.events(type).stream().map(event -> event.get("task").asString()).toList();
  }
}
