package dev.deputy.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.systemtests.DeputyProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExamplesTest {
  private static final Pattern DEPLOYED_BY =
      Pattern.compile(
          "arn:aws:sts::([0-9]{12}):assumed-role/deputy-deploy-([a-z]+)/examples-dtap-1\"");

  @TempDir private Path folder;

  @Test
  void dtapReachesFourAccountsEachWithItsOwnDeployRole() throws Exception {
    Path checkout = ExampleCheckout.in(folder);

    Result result =
        DeputyProcess.run(
            checkout, "run", "examples/dtap/Jenkinsfile", "--approve", "release-manager");

    assertThat(result.status()).as(result.text()).isZero();
    Matcher identities = DEPLOYED_BY.matcher(result.text());
    assertThat(identities.results().map(match -> match.group(1) + " " + match.group(2)))
        .containsExactly(
            "111111111111 development",
            "222222222222 test",
            "333333333333 acceptance",
            "444444444444 production");
  }

  @Test
  void dtapWithoutAnybodyToApproveAbortsAndSaysWhoCould() throws Exception {
    Path checkout = ExampleCheckout.in(folder);

    Result result = DeputyProcess.run(checkout, "run", "examples/dtap/Jenkinsfile");

    assertThat(result.status()).as(result.text()).isEqualTo(130);
    assertThat(result.text())
        .contains("--approve release-manager")
        .doesNotContain("assumed-role/deputy-deploy-production");
  }

  @Test
  void approvalBySomebodyWhomTheGrantDoesNotAcceptIsRefused() throws Exception {
    Path checkout = ExampleCheckout.in(folder);

    Result result =
        DeputyProcess.run(checkout, "run", "examples/dtap/Jenkinsfile", "--approve", "mallory");

    assertThat(result.status()).as(result.text()).isEqualTo(130);
    assertThat(result.text())
        .contains("mallory")
        .doesNotContain("assumed-role/deputy-deploy-production");
  }

  @Test
  void classicPracticeWorksUnchangedAndItsTraceIsMasked() throws Exception {
    Programs.assumeInstalled("aws", "jq");
    Path checkout = ExampleCheckout.in(folder);

    Result result = DeputyProcess.run(checkout, "run", "examples/classic/Jenkinsfile");

    assertThat(result.status()).as(result.text()).isZero();
    assertThat(result.text())
        .contains("arn:aws:sts::111111111111:assumed-role/deputy-deploy-classic/classic-deployment")
        .contains("AWS_SECRET_ACCESS_KEY=****")
        .containsPattern("SecretAccessKey\\W+\\*\\*\\*\\*");
  }

  @Test
  void denialNamesJobTemplateAndMissingGrantAndLaunchesNothing() throws Exception {
    Path checkout = ExampleCheckout.in(folder);

    for (String file :
        List.of("examples/denied/Jenkinsfile", "examples/denied/caught.Jenkinsfile")) {
      Result result = DeputyProcess.run(checkout, "run", file, "--output", "json");

      assertThat(result.status()).as(result.text()).isEqualTo(3);
      assertThat(events(result, "denied"))
          .singleElement()
          .satisfies(denied ->
              assertThat(denied.get("message").asString())
                  .contains("examples/denied", "production", "grant"));
      assertThat(events(result, "agent-launching")).isEmpty();
      assertThat(result.text()).doesNotContain("not reached");
    }
  }

  @Test
  void everyAttackOfTheAbuseExampleIsRefused() throws Exception {
    Path checkout = ExampleCheckout.in(folder);

    Result result = DeputyProcess.run(checkout, "run", "examples/abuse/Jenkinsfile");

    assertThat(result.status()).as(result.text()).isZero();
    assertThat(result.out().stream().filter(line -> line.contains("refused: "))).hasSize(6);
  }

  @Test
  void jsonOutputEndsWithTheBuildsResultAndItsLogFile() throws Exception {
    Path checkout = ExampleCheckout.in(folder);

    Result result =
        DeputyProcess.run(
            checkout,
            "run",
            "examples/dtap/Jenkinsfile",
            "--approve",
            "release-manager",
            "--output",
            "json");

    JsonNode last = JsonMapper.shared().readTree(result.out().getLast());
    assertThat(last.get("type").asString()).isEqualTo("build-finished");
    assertThat(last.get("result").asString()).isEqualTo("SUCCESS");
    assertThat(Files.readString(Path.of(last.get("logFile").asString())))
        .contains("[Pipeline] { (Deploy to production)")
        .endsWith("Finished: SUCCESS\n");
    assertThat(events(result, "credentials-issued")).hasSize(6);
    assertThat(events(result, "agent-registered")).hasSize(7);
  }

  private static List<JsonNode> events(Result result, String type) {
    return result.out().stream()
        .map(line -> JsonMapper.shared().readTree(line))
        .filter(event -> event.get("type").asString().equals(type))
        .toList();
  }
}
