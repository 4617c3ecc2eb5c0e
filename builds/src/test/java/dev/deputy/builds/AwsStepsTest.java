package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.deputy.access.Grants;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.JobName;
import dev.deputy.fleet.Agent;
import dev.deputy.fleet.AwsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AWS steps with a stand-in for the agent's program. */
class AwsStepsTest {
  private static final String READER = "arn:aws:iam::444444444444:role/reader";

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void open() throws Exception {
    bench =
        new Bench(
            folder,
            new Grants(
                List.of(
                    Bench.grant("builders", "builder", Optional.empty()),
                    Bench.grant("releases", "production", Optional.empty()),
                    Bench.grant("machine", "local", Optional.empty()))));
    bench.credentials = new TestCredentials();
    program(
        """
        echo "did $1 in $AWS_REGION with $DEPUTY_AWS_ARGUMENTS" >&2
        echo '{"value": {"account": "999999999999", "arn": "me"}}'
        """);
  }

  private void program(String script) throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path program = Files.writeString(bin.resolve("deputy-aws"), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private BuildState run(String label, String body) {
    return bench
        .run(
            "node('%s') { withEnv(['PATH+AWS=%s']) { %s } }"
                .formatted(label, folder.resolve("bin"), body))
        .state();
  }

  private BuildState run(String body) {
    return run("AgentAccountProduction", body);
  }

  private List<Agent.Order> orders() {
    return bench.agents.agents().getFirst().orders();
  }

  private static AwsIdentity.Role role(int block, String arn) {
    return new AwsIdentity.Role(
        block, arn, "shop-1", Optional.empty(), Optional.empty(), Duration.ofHours(1));
  }

  @Test
  void valueOfAStepIsWhatTheAgentAnswers() {
    assertThat(run("def who = awsIdentity(); echo \"${who.account} ${who.arn}\""))
        .isEqualTo(BuildState.SUCCESS);

    assertThat(bench.log()).contains("did awsIdentity in eu-west-1", "999999999999 me");
  }

  @Test
  void argumentsGoToTheAgentAndNotIntoAScript() {
    run("cfnUpdate(stack: 'shop', file: 'a b.yaml', params: [Version: \"${1 + 1}\", Gone: null])");

    assertThat(orders().getLast().script()).isEqualTo("#!/bin/sh\nexec deputy-aws cfnUpdate");
    assertThat(orders().getLast().environment().get("DEPUTY_AWS_ARGUMENTS"))
        .isEqualTo(
            "{\"stack\":\"shop\",\"file\":\"a b.yaml\",\"params\":{\"Version\":\"2\"},"
                + "\"token\":\"deputy-shop-1-3\"}");
  }

  @Test
  void refusalOfAwsFailsTheStepInItsWords() throws Exception {
    program("echo '{\"error\": \"AccessDenied: not you\"}'; exit 1");

    assertThat(run("awsIdentity()")).isEqualTo(BuildState.FAILURE);

    assertThat(bench.log()).contains("ERROR: awsIdentity: AccessDenied: not you");
  }

  @Test
  void imageWithoutTheProgramIsSaidToBeOne() {
    assertThat(bench.run("node('AgentAccountProduction') { awsIdentity() }").state())
        .isEqualTo(BuildState.FAILURE);

    assertThat(bench.log()).contains("no program deputy-aws in its PATH");
  }

  @Test
  void agentWithoutAccountRefusesBeforeAnythingRuns() {
    assertThat(run("builder", "s3Upload(bucket: 'b', file: 'f')")).isEqualTo(BuildState.FAILURE);

    assertThat(bench.log())
        .contains("'s3Upload' needs an AWS account, and agent template 'builder' has none");
    assertThat(orders()).isEmpty();
  }

  @Test
  void thisMachineRefusesToo() {
    bench.local = true;

    run("builder", "awsIdentity()");

    assertThat(bench.log()).contains("--local reaches none");
  }

  @Test
  void roleIsForTheBlockAndAssumedOnceBeforeIt() {
    run("withAWS(role: 'reader') { sh 'echo in' }; sh 'echo out'");

    assertThat(orders())
        .extracting(Agent.Order::script, Agent.Order::identity)
        .containsExactly(
            tuple("#!/bin/sh\nexec deputy-aws withAWS", List.of(role(3, READER))),
            tuple("echo in", List.of(role(3, READER))),
            tuple("echo out", List.of()));
    assertThat(bench.log()).contains("Assuming role ARN is " + READER);
  }

  @Test
  void roleThatCannotBeAssumedFailsTheStepBeforeTheBlock() throws Exception {
    program("echo '{\"error\": \"AccessDenied: no trust\"}'; exit 1");

    run("withAWS(role: 'reader') { echo 'must not happen' }");

    assertThat(bench.log())
        .contains("withAWS: AccessDenied: no trust")
        .doesNotContain("must not happen\n");
  }

  @Test
  void innerRoleComesAfterTheOuterOneAndInItsAccount() {
    run(
        """
        withAWS(role: 'arn:aws:iam::555555555555:role/outer') {
          withAWS(role: 'inner', externalId: 'x', policy: '{}', duration: 900, roleSessionName: 'me') {
            sh 'true'
          }
        }
        """);

    assertThat(orders().getLast().identity())
        .containsExactly(
            role(3, "arn:aws:iam::555555555555:role/outer"),
            new AwsIdentity.Role(
                4,
                "arn:aws:iam::555555555555:role/inner",
                "me",
                Optional.of("x"),
                Optional.of("{}"),
                Duration.ofMinutes(15)));
  }

  @Test
  void branchesHaveTheirOwnRoles() {
    run(
        """
        parallel(
          a: { withAWS(role: 'a') { sh 'echo a' } },
          b: { withAWS(role: 'b') { sh 'echo b' } },
          c: { sh 'echo c' })
        """);

    assertThat(orders())
        .filteredOn(order -> order.script().startsWith("echo"))
        .allSatisfy(order -> {
          String name = order.script().substring(5);
          if (name.equals("c")) {
            assertThat(order.identity()).isEmpty();
          } else {
            assertThat(order.identity())
                .singleElement()
                .isInstanceOfSatisfying(
                    AwsIdentity.Role.class, r -> assertThat(r.arn()).endsWith(":role/" + name));
          }
        });
  }

  @Test
  void settingsAreForTheBlock() {
    run(
        """
        withAWS(region: 'us-east-1', endpointUrl: 'http://127.0.0.1:1', profile: 'p') {
          echo "$AWS_REGION $AWS_DEFAULT_REGION $AWS_ENDPOINT_URL $AWS_PROFILE"
        }
        echo "${env.AWS_REGION} ${env.AWS_PROFILE}"
        """);

    assertThat(bench.log())
        .contains("us-east-1 us-east-1 http://127.0.0.1:1 p\n", "eu-west-1 null\n");
  }

  @Test
  void keysInTheEnvironmentAssumeTheRoleAndAreHiddenBehindIt() {
    run(
        "builder",
        """
        withEnv(['AWS_ACCESS_KEY_ID=AKIA1', 'AWS_SECRET_ACCESS_KEY=hidden-key']) {
          withAWS(role: 'r', roleAccount: '555555555555') { sh 'true' }
        }
        """);

    Agent.Order order = orders().getLast();
    assertThat(order.identity())
        .containsExactly(
            new AwsIdentity.Keys("AKIA1", "hidden-key", Optional.empty()),
            role(4, "arn:aws:iam::555555555555:role/r"));
    assertThat(order.environment()).containsEntry("AWS_SECRET_ACCESS_KEY", "");
    assertThat(order.identity().toString()).doesNotContain("hidden-key");
  }

  @Test
  void keysOfTheConfigurationAreVariablesOfTheBlockAndNowhereElse() {
    assertThat(
            run(
                "builder",
                "withAWS(credentials: 'cloud') { awsIdentity(); sh 'echo key"
                    + " $AWS_SECRET_ACCESS_KEY' }"))
        .isEqualTo(BuildState.SUCCESS);

    assertThat(orders().getLast().environment())
        .containsEntry("AWS_ACCESS_KEY_ID", "AKIA1")
        .containsEntry("AWS_SECRET_ACCESS_KEY", TestCredentials.TOKEN);
    assertThat(bench.log()).contains("key ****").doesNotContain(TestCredentials.TOKEN);
    var build = new BuildId(new JobName(Bench.JOB), 1);
    assertThat(bench.builds.journal(build).toString()).doesNotContain(TestCredentials.TOKEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          role: 'a b'                                 | role: "a b" (expected: a role's name
          role: 'arn:aws:iam::1:role/x'               | role: "arn:aws:iam::1:role/x" (expected
          role: 'x', roleAccount: '12'                | roleAccount: "12" (expected: an account id
          role: 'x', duration: 60                     | duration: 60 (expected: 900 to 43200 seconds)
          role: 'x', roleSessionName: 'a/b'           | roleSessionName: "a/b" (expected: 2 to 64
          role: 'x', endpointUrl: 'http://localhost'  | endpointUrl and role together are not supported
          federatedUserId: 'x'                        | federatedUserId is not supported
          role: 'x', samlAssertion: 'x'               | samlAssertion is not supported
          credentials: 'unheard-of'                   | unheard-of
          """)
  void whatCannotBeIsRefusedByName(String arguments, String message) {
    assertThat(run("withAWS(" + arguments + ") { echo 'must not happen' }"))
        .isEqualTo(BuildState.FAILURE);

    assertThat(bench.log()).contains(message).doesNotContain("must not happen\n");
  }
}
