package dev.deputy.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.systemtests.DeputyProcess.Result;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sandbox that stays, with a controller beside it, looked at through an unmodified SDK. */
class SandboxCommandTest {
  @TempDir private Path folder;
  private Path checkout;
  private DeputyProcess sandbox;
  private URI endpoint;
  private ProfileFile profiles;

  @BeforeEach
  void startSandbox() throws Exception {
    checkout = ExampleCheckout.in(folder);
    sandbox = DeputyProcess.start(checkout, "sandbox", "--output", "json");
    JsonNode started =
        JsonMapper.shared().readTree(sandbox.await(line -> line.contains("\"sandbox-started\"")));
    endpoint = URI.create(started.get("endpoint").asString());
    profiles =
        ProfileFile.builder()
            .content(Path.of(started.get("credentialsFile").asString()))
            .type(ProfileFile.Type.CREDENTIALS)
            .build();
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
      try (SsmClient ssm = ssm(account)) {
        assertThat(ssm.getParameter(call -> call.name("/webshop/release")).parameter().value())
            .startsWith("1.4.1 ");
      }
    }
    try (SsmClient ssm = ssm("tooling")) {
      assertThatThrownBy(() -> ssm.getParameter(call -> call.name("/webshop/release")))
          .isInstanceOf(ParameterNotFoundException.class);
    }
    assertNoTaskRuns();
  }

  @Test
  void deniedJobLeavesNoRunTaskInCloudTrail() throws Exception {
    assertThat(run("examples/denied/Jenkinsfile").status()).isEqualTo(3);
    assertThat(run("examples/denied/caught.Jenkinsfile").status()).isEqualTo(3);

    assertThat(events("RunTask")).isEmpty();
  }

  @Test
  void runTaskCarriesNoSecretAndStartsOneTaskForOneNeed() throws Exception {
    assertThat(run("examples/dtap/Jenkinsfile", "--approve", "release-manager").status()).isZero();

    List<Event> launches = events("RunTask");
    assertThat(launches).hasSize(7);
    try (EcsClient ecs = ecs()) {
      List<String> tasks =
          ecs.listTasks(call ->
                  call.cluster("jenkins-agent-cluster").desiredStatus(DesiredStatus.STOPPED))
              .taskArns();
      assertThat(tasks).hasSize(7);
      assertThat(
              ecs.describeTasks(call -> call.cluster("jenkins-agent-cluster").tasks(tasks)).tasks())
          .allSatisfy(task ->
              assertThat(task.overrides().containerOverrides())
                  .singleElement()
                  .satisfies(container ->
                      assertThat(container.environment())
                          .extracting(variable -> variable.name())
                          .containsExactlyInAnyOrder(
                              "DEPUTY_URL", "DEPUTY_SERVER", "DEPUTY_LAUNCH")));
    }
  }

  @Test
  void interruptEndsTheSandbox() throws Exception {
    sandbox.interrupt();

    assertThat(sandbox.result().status()).isIn(0, 130);
  }

  @Test
  void profilesAreReadableByTheirOwnerOnly() throws Exception {
    assertThat(Files.getPosixFilePermissions(checkout.resolve(".deputy/sandbox/credentials")))
        .hasSize(2)
        .allSatisfy(permission -> assertThat(permission.name()).startsWith("OWNER_"));
  }

  private Result run(String... arguments) throws Exception {
    List<String> all = new java.util.ArrayList<>(List.of("run"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--endpoint-url", endpoint.toString()));
    return DeputyProcess.run(checkout, all.toArray(String[]::new));
  }

  private void assertNoTaskRuns() {
    try (EcsClient ecs = ecs()) {
      assertThat(ecs.listTasks(call -> call.cluster("jenkins-agent-cluster")).taskArns()).isEmpty();
    }
  }

  private List<Event> events(String name) {
    try (CloudTrailClient trail =
        CloudTrailClient.builder()
            .endpointOverride(endpoint)
            .region(Region.EU_WEST_1)
            .credentialsProvider(profile("tooling"))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      LookupAttribute named =
          LookupAttribute.builder()
              .attributeKey(LookupAttributeKey.EVENT_NAME)
              .attributeValue(name)
              .build();
      return trail.lookupEventsPaginator(call -> call.lookupAttributes(named)).events().stream()
          .toList();
    }
  }

  private SsmClient ssm(String account) {
    return SsmClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_WEST_1)
        .credentialsProvider(profile(account))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private EcsClient ecs() {
    return EcsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_WEST_1)
        .credentialsProvider(profile("tooling"))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private ProfileCredentialsProvider profile(String name) {
    return ProfileCredentialsProvider.builder().profileFile(profiles).profileName(name).build();
  }
}
