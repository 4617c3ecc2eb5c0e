package dev.deputy.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.deputy.systemtests.DeputyProcess.Result;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sandbox that stays, with controllers beside it, looked at through unmodified clients. */
class SandboxCommandTest {
  /** A duration that no other process of this machine sleeps for. */
  private static final String LONG = "86398." + ProcessHandle.current().pid();

  @TempDir private Path folder;
  private Path checkout;
  private DeputyProcess sandbox;
  private URI endpoint;
  private Path credentials;

  @BeforeEach
  void startSandbox() throws Exception {
    checkout = ExampleCheckout.in(folder);
    start("sandbox", "--output", "json");
  }

  @AfterEach
  void stopSandbox() {
    sandbox.close();
  }

  @Test
  void whatWasDeployedIsReadBackInTheRightAccountAndInNoOther() throws Exception {
    Result result = run("examples/dtap/Jenkinsfile", "--approve", "release-manager");
    assertThat(result.status()).as(result.text()).isZero();

    for (String account : List.of("development", "test", "acceptance", "production")) {
      assertThat(aws(account).parameter("/webshop/release")).startsWith("1.4.1 ");
    }
    assertThatThrownBy(() -> aws("tooling").parameter("/webshop/release"))
        .isInstanceOf(ParameterNotFoundException.class);
    assertOneTaskForOneNeedAndNoSecretInIt();
    assertThat(run("examples/denied/Jenkinsfile", "examples/denied/caught.Jenkinsfile").status())
        .isEqualTo(3);
    assertThat(launches()).as("RunTask was not called for a job that was denied").isEqualTo(7);
    assertAwsCliReadsBackToo();
  }

  private void assertOneTaskForOneNeedAndNoSecretInIt() {
    assertThat(launches()).isEqualTo(7);
    assertThat(aws("tooling").tasks(DesiredStatus.RUNNING)).isEmpty();
    assertThat(aws("tooling").tasks(DesiredStatus.STOPPED))
        .hasSize(7)
        .allSatisfy(task ->
            assertThat(task.overrides().containerOverrides())
                .singleElement()
                .satisfies(container ->
                    assertThat(container.environment())
                        .extracting(variable -> variable.name())
                        .containsExactlyInAnyOrder(
                            "DEPUTY_URL", "DEPUTY_SERVER", "DEPUTY_LAUNCH")));
  }

  private void assertAwsCliReadsBackToo() throws Exception {
    if (!Programs.installed("aws")) {
      return;
    }
    ProcessBuilder aws =
        new ProcessBuilder(
            "aws",
            "--endpoint-url=" + endpoint,
            "--profile=production",
            "ssm",
            "get-parameter",
            "--name=/webshop/release",
            "--query=Parameter.Value",
            "--output=text");
    aws.environment().put("AWS_CONFIG_FILE", credentials.resolveSibling("config").toString());
    aws.environment().put("AWS_SHARED_CREDENTIALS_FILE", credentials.toString());
    aws.redirectErrorStream(true);
    Process process = aws.start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("1.4.1 ");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void tasksOfAKilledControllerAreEndedByTheNextOne() throws Exception {
    String build =
        ExampleCheckout.pipeline(
            checkout,
            "dtap",
            "pipeline { agent { label 'builder' }\n"
                + " stages { stage('Long') { steps { sh 'echo begun; sleep "
                + LONG
                + "' } } } }\n");
    try (DeputyProcess killed =
        DeputyProcess.start(checkout, "run", build, "--endpoint-url", endpoint.toString())) {
      killed.await(line -> line.contains("| begun"));
      assertSecondControllerIsRefused();
      killed.kill();
    }
    Task left = assertThat(aws("tooling").tasks(DesiredStatus.RUNNING)).singleElement().actual();
    assertThat(DeputyProcess.commandLinesWith(LONG)).isNotEmpty();

    assertThat(run("examples/denied/Jenkinsfile").status()).isEqualTo(3);

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          assertThat(aws("tooling").tasks(DesiredStatus.STOPPED))
              .extracting(Task::taskArn)
              .containsExactly(left.taskArn());
          assertThat(DeputyProcess.commandLinesWith(LONG)).isEmpty();
        });
  }

  private void assertSecondControllerIsRefused() throws Exception {
    Result second = run("examples/denied/Jenkinsfile");

    assertThat(second.status()).as(second.text()).isEqualTo(75);
    assertThat(second.text()).contains("in use").doesNotContain("\tat ");
  }

  @Test
  void secondSandboxOfTheSameStateIsRefusedAndTheFirstStays() throws Exception {
    Result second = DeputyProcess.run(checkout, "sandbox");

    assertThat(second.status()).as(second.text()).isEqualTo(75);
    assertThat(second.text()).contains(endpoint.toString()).doesNotContain("\tat ");
    assertThat(run("examples/denied/Jenkinsfile").status()).isEqualTo(3);
    assertThat(Files.getPosixFilePermissions(credentials))
        .as("profiles are their owner's only")
        .hasSize(2)
        .allSatisfy(permission -> assertThat(permission.name()).startsWith("OWNER_"));
    sandbox.interrupt();
    assertThat(sandbox.result().status()).isIn(0, 130);
  }

  @Test
  void emptySandboxHasWhatIsDeployedThere() throws Exception {
    sandbox.close();
    start("sandbox", "--empty", "--output", "json");

    Result result = run("examples/dtap/Jenkinsfile");

    assertThat(result.status()).as(result.text()).isEqualTo(75);
    assertThat(result.text())
        .contains("are not deployed on", "deputy infra deploy --endpoint-url " + endpoint)
        .doesNotContain("ProfileFile(")
        .doesNotContain("\tat ");

    Result deployed =
        DeputyProcess.run(
            checkout, "infra", "deploy", "--yes", "--endpoint-url", endpoint.toString());
    assertThat(deployed.status()).as(deployed.text()).isZero();
    assertThat(run("examples/denied/Jenkinsfile").status())
        .as("denied, not unavailable")
        .isEqualTo(3);
  }

  private void start(String... arguments) throws Exception {
    sandbox = DeputyProcess.start(checkout, arguments);
    JsonNode started =
        JsonMapper.shared().readTree(sandbox.await(line -> line.contains("\"sandbox-started\"")));
    endpoint = URI.create(started.get("endpoint").asString());
    credentials = Path.of(started.get("credentialsFile").asString());
  }

  private Result run(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--endpoint-url", endpoint.toString()));
    return DeputyProcess.run(checkout, all.toArray(String[]::new));
  }

  private long launches() {
    return aws("tooling").events().stream()
        .filter(event -> event.eventName().equals("RunTask"))
        .count();
  }

  private Aws aws(String profile) {
    ProfileFile file =
        ProfileFile.builder().content(credentials).type(ProfileFile.Type.CREDENTIALS).build();
    return new Aws(
        endpoint,
        ProfileCredentialsProvider.builder().profileFile(file).profileName(profile).build());
  }
}
