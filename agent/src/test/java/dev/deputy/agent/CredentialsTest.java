package dev.deputy.agent;

import static dev.deputy.agent.RunningAgent.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.AgentMessage.CredentialRequest;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.CredentialsMode;
import dev.deputy.protocol.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  private static final String DEPLOY_ROLE = "arn:aws:iam::111111111111:role/deploy";
  private static final String FETCH =
      "curl -sS -H \"Authorization: $AWS_CONTAINER_AUTHORIZATION_TOKEN\""
          + " \"$AWS_CONTAINER_CREDENTIALS_FULL_URI\"";

  @TempDir Path folder;
  private FakeController controller;
  private FakeAws aws;

  @BeforeEach
  void open() throws Exception {
    assertThat(folder.toFile().setExecutable(true, false)).isTrue();
    controller = new FakeController();
    aws = new FakeAws();
  }

  @AfterEach
  void close() throws Exception {
    assertThat(controller.complaints()).isEmpty();
    assertThat(aws.complaints).isEmpty();
    controller.send(new ControllerMessage.Stop());
    controller.stop();
    aws.close();
  }

  @Test
  void deployRoleIsAssumedAsGrantedAndReportedWithoutSecrets() throws Exception {
    startGranted(DEPLOY_ROLE);

    AgentMessage.CredentialsIssued issued = controller.await(AgentMessage.CredentialsIssued.class);
    assertThat(issued.accessKeyId()).startsWith("ASIADEPLOY");
    assertThat(issued.assumedRoleArn()).endsWith("assumed-role/deploy/dtap-7");
    assertThat(aws.assumed)
        .containsExactly(
            Map.of(
                "Action", "AssumeRole",
                "Version", "2011-06-15",
                "RoleArn", DEPLOY_ROLE,
                "RoleSessionName", "dtap-7",
                "DurationSeconds", "3600",
                "SourceIdentity", "build/dtap 7 & more",
                "ExternalId", "deputy:controller",
                "Tags.member.1.Key", "deputy:build",
                "Tags.member.1.Value", "7"));
    assertThat(controller.heard(AgentMessage.class).toString())
        .doesNotContain(FakeAws.secret(1))
        .doesNotContain(FakeAws.token(1));
  }

  @Test
  void stepFetchesTheDeployRoleAndItsSecretsAreMasked() throws Exception {
    assumeTrue(Programs.exist("curl"), "curl is not installed");
    startGranted(DEPLOY_ROLE);

    controller.send(
        script("one", "set +x\n" + FETCH + "\necho $AWS_CONTAINER_AUTHORIZATION_TOKEN"));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(controller.output("one"))
        .startsWith("+ set +x\n{\"AccessKeyId\":\"ASIADEPLOY")
        .contains("\"SecretAccessKey\":\"****\",\"Token\":\"****\"")
        .endsWith("}****\n");
  }

  @Test
  void awsCliFindsTheCredentials() throws Exception {
    assumeTrue(Programs.exist("aws"), "aws (AWS CLI) is not installed");
    startGranted(DEPLOY_ROLE);

    controller.send(
        script("one", "#!/bin/sh\naws configure list\naws configure export-credentials || true"));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(controller.output("one"))
        .contains("container-role")
        .doesNotContain(FakeAws.secret(1));
  }

  @Test
  void classicModeShowsTheTaskRoleAndMasksIt() throws Exception {
    assumeTrue(Programs.exist("curl"), "curl is not installed");
    controller.mode(CredentialsMode.TASK_ROLE);
    RunningAgent.start(controller, aws, folder);
    controller.await(AgentMessage.Ready.class);

    controller.send(script("one", "set +x\n" + FETCH));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(controller.output("one"))
        .contains(FakeAws.TASK_KEY, "\"SecretAccessKey\":\"****\"", FakeAws.TASK_ROLE)
        .doesNotContain(FakeAws.TASK_SECRET, FakeAws.TASK_TOKEN);
    assertThat(controller.heard(CredentialRequest.class)).isEmpty();
  }

  @Test
  void stepsEnvironmentHasNothingOfTheAgentsCredentials() throws Exception {
    startGranted(DEPLOY_ROLE);

    controller.send(script("one", "set +x\nenv\n", Map.of("GREETING", "hello"), Optional.empty()));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(controller.output("one").lines().map(line -> line.replaceFirst("=.*", "")))
        .contains("PATH", "HOME", "WORKSPACE", "AWS_REGION", "GREETING")
        .contains("AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN")
        .doesNotContain("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_SECRET_ACCESS_KEY")
        .filteredOn(name -> name.startsWith("DEPUTY_"))
        .containsExactly("DEPUTY_STEP");
  }

  @Test
  void controllerCannotPutTheTasksEndpointBackIntoTheEnvironment() throws Exception {
    startGranted(DEPLOY_ROLE);

    controller.send(
        script(
            "one",
            "set +x\nenv\n",
            Map.of("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/x"),
            Optional.empty()));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(controller.output("one")).doesNotContain("RELATIVE_URI");
  }

  @Test
  void tokenOfAStepDiesWithIt() throws Exception {
    assumeTrue(Programs.exist("curl"), "curl is not installed");
    startGranted(DEPLOY_ROLE);
    controller.send(
        script("one", "set +x\nprintf '%s\\n' \"" + FETCH.replace("\"", "\\\"") + "\" > fetch\n"));
    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));

    controller.send(script("two", "set +x\nsh fetch\n"));

    assertThat(controller.awaitExit("two").outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(controller.output("two")).contains("AccessDenied").doesNotContain("ASIADEPLOY");
  }

  @Test
  void endpointRefusesAnotherHost() throws Exception {
    assumeTrue(Programs.exist("curl"), "curl is not installed");
    startGranted(DEPLOY_ROLE);

    controller.send(script("one", "set +x\n" + FETCH + " -H 'Host: attacker.example'\n"));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(controller.output("one")).contains("AccessDenied");
  }

  @Test
  void refusedCredentialsMeanThatTheStepDoesNotStart() throws Exception {
    controller.mode(CredentialsMode.DEPLOY_ROLE);
    RunningAgent.start(controller, aws, folder);
    CredentialRequest request = controller.await(CredentialRequest.class);

    controller.send(new ControllerMessage.CredentialRefusal(request.request(), "grant withdrawn"));
    controller.send(script("one", "echo ran\n"));

    assertThat(controller.awaitExit("one").outcome())
        .isEqualTo(
            new Outcome.NotStarted("the deploy role's credentials are refused: grant withdrawn"));
    assertThat(aws.assumed).isEmpty();
  }

  @Test
  void roleThatTheTaskIsNotForIsNotAssumed() throws Exception {
    startGranted("arn:aws:iam::444444444444:role/deploy");

    AgentMessage.CredentialsFailed failed = controller.await(AgentMessage.CredentialsFailed.class);
    assertThat(failed.error()).contains("444444444444", "this task is for " + DEPLOY_ROLE);
    assertThat(aws.assumed).isEmpty();
  }

  @Test
  void whatStsAnswersIsReported() throws Exception {
    aws.denial = "not authorized to perform: sts:AssumeRole";
    startGranted(DEPLOY_ROLE);

    assertThat(controller.await(AgentMessage.CredentialsFailed.class).error())
        .isEqualTo("AccessDenied: not authorized to perform: sts:AssumeRole");
  }

  @Test
  void credentialsAreAskedForAgainBeforeTheyExpire() throws Exception {
    aws.life = Duration.ofSeconds(3);
    startGranted(DEPLOY_ROLE);
    AgentMessage.CredentialsIssued first = controller.await(AgentMessage.CredentialsIssued.class);

    CredentialRequest again =
        controller.await(
            CredentialRequest.class, asked -> !asked.request().equals(first.request()));
    grant(again, DEPLOY_ROLE);

    AgentMessage.CredentialsIssued second =
        controller.await(
            AgentMessage.CredentialsIssued.class,
            issued -> issued.request().equals(again.request()));
    assertThat(second.accessKeyId()).isNotEqualTo(first.accessKeyId());
  }

  @Test
  void requestThatWasLostWithItsConnectionIsRepeated() throws Exception {
    controller.mode(CredentialsMode.DEPLOY_ROLE);
    RunningAgent.start(controller, aws, folder);
    CredentialRequest lost = controller.await(CredentialRequest.class);

    controller.cut();

    CredentialRequest again =
        controller.await(CredentialRequest.class, asked -> !asked.request().equals(lost.request()));
    controller.send(script("one", "echo waited for credentials\n"));
    grant(lost, DEPLOY_ROLE);
    grant(again, DEPLOY_ROLE);
    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(aws.assumed).hasSize(1);
  }

  @Test
  void noSecretIsInTheAgentsFolder() throws Exception {
    assumeTrue(Programs.exist("curl"), "curl is not installed");
    startGranted(DEPLOY_ROLE);
    controller.acknowledging(false);
    controller.send(
        script(
            "one",
            "curl -sS -H \"Authorization: $AWS_CONTAINER_AUTHORIZATION_TOKEN\""
                + " $AWS_CONTAINER_CREDENTIALS_FULL_URI; echo end"));
    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));

    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> leaking =
          files.filter(Files::isRegularFile).filter(CredentialsTest::holdsSecret).toList();
      assertThat(leaking).isEmpty();
    }
    controller.acknowledging(true);
    controller.cut();
    controller.awaitOutput("one", "end");
  }

  private static boolean holdsSecret(Path file) {
    try {
      String text = Files.readString(file);
      return text.contains(FakeAws.secret(1)) || text.contains(FakeAws.token(1));
    } catch (IOException e) {
      return false;
    }
  }

  private void startGranted(String role) throws Exception {
    controller.mode(CredentialsMode.DEPLOY_ROLE);
    RunningAgent.start(controller, aws, folder);
    grant(controller.await(CredentialRequest.class), role);
    controller.await(AgentMessage.Ready.class);
  }

  private void grant(CredentialRequest request, String role) {
    controller.send(
        new ControllerMessage.CredentialGrant(
            request.request(),
            role,
            "dtap-7",
            Optional.of("build/dtap 7 & more"),
            Optional.of("deputy:controller"),
            Map.of("deputy:build", "7"),
            Duration.ofHours(1)));
  }
}
