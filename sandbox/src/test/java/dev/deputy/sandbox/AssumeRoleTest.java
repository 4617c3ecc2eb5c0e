package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

class AssumeRoleTest {
  private static final String TOOLING = "000000000000";
  private static final String TARGET = "111111111111";
  private static final String TASK_ROLE = "arn:aws:iam::000000000000:role/task";
  private static final String DEPLOY_ROLE = "arn:aws:iam::111111111111:role/deploy";

  private final SettableClock clock = new SettableClock();
  private Sandbox sandbox;
  private Clients tooling;
  private Clients target;

  @BeforeEach
  void start() {
    sandbox = Sandbox.builder().clock(clock).start();
    tooling = Clients.root(sandbox, TOOLING);
    target = Clients.root(sandbox, TARGET);
    Roles.create(
        tooling,
        TOOLING,
        "task",
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"%s",\
        "Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}]}\
        """
            .formatted(DEPLOY_ROLE));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private Clients task() {
    return tooling.assume(TASK_ROLE, "task-id");
  }

  private void deployRole(String statement) {
    Roles.create(
        target, "deploy", "{\"Version\":\"2012-10-17\",\"Statement\":[%s]}".formatted(statement));
  }

  private void deployRoleTrustsTask() {
    Roles.create(target, "deploy", Roles.trusting("AWS", TASK_ROLE));
  }

  private static AssumeRoleResponse assume(
      Clients as, Consumer<AssumeRoleRequest.Builder> request) {
    return as.sts()
        .assumeRole(r -> {
          r.roleArn(DEPLOY_ROLE).roleSessionName("job-1");
          request.accept(r);
        });
  }

  private static void refused(
      Clients as, Consumer<AssumeRoleRequest.Builder> request, String code, String message) {
    assertThatThrownBy(() -> assume(as, request))
        .isInstanceOfSatisfying(
            StsException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(e.awsErrorDetails().errorMessage()).contains(message);
            });
  }

  private static void denied(Clients as, Consumer<AssumeRoleRequest.Builder> request) {
    refused(
        as,
        request,
        "AccessDenied",
        "User: arn:aws:sts::000000000000:assumed-role/task/task-id is not authorized to perform:"
            + " sts:");
  }

  @Test
  void roleThatTrustsTheExactRoleIsAssumedAcrossAccounts() {
    deployRoleTrustsTask();
    AssumeRoleResponse answer = assume(task(), _ -> {});
    assertThat(answer.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::111111111111:assumed-role/deploy/job-1");
    assertThat(answer.credentials().accessKeyId()).startsWith("ASIA");
    assertThat(answer.credentials().expiration())
        .isBetween(Instant.now().plusSeconds(3590), Instant.now().plusSeconds(3601));
    var identity = task().as(answer.credentials()).sts().getCallerIdentity();
    assertThat(identity.account()).isEqualTo(TARGET);
    assertThat(identity.userId()).isEqualTo(answer.assumedRoleUser().assumedRoleId());
  }

  @Test
  void roleThatTrustsTheAccountIsAssumedByRolesWithPermission() {
    Roles.create(target, "deploy", Roles.trusting(TOOLING));
    assertThat(assume(task(), _ -> {}).credentials()).isNotNull();
  }

  @Test
  void callersPolicyAloneDoesNotSuffice() {
    Roles.create(target, "deploy", Roles.trusting(TARGET));
    refused(
        task(),
        _ -> {},
        "AccessDenied",
        "User: arn:aws:sts::000000000000:assumed-role/task/task-id is not authorized to perform:"
            + " sts:AssumeRole on resource: arn:aws:iam::111111111111:role/deploy");
  }

  @Test
  void trustAloneDoesNotSufficeAcrossAccounts() {
    deployRoleTrustsTask();
    tooling.iam().deleteRolePolicy(r -> r.roleName("task").policyName("policy"));
    refused(
        task(),
        _ -> {},
        "AccessDenied",
        "because no identity-based policy allows the sts:AssumeRole action");
  }

  @Test
  void trustInTheExactRoleSufficesWithinAnAccount() {
    Roles.create(tooling, "other", Roles.trusting("AWS", TASK_ROLE));
    var answer = assume(task(), r -> r.roleArn("arn:aws:iam::000000000000:role/other"));
    assertThat(answer.assumedRoleUser().arn()).contains(":assumed-role/other/");
  }

  @Test
  void missingRoleIsNotToldFromOneThatDoesNotTrust() {
    Throwable missing = catchThrowable(() -> assume(task(), _ -> {}));
    Roles.create(target, "deploy", Roles.trusting(TARGET));
    Throwable untrusting = catchThrowable(() -> assume(task(), _ -> {}));
    assertThat(withoutRequestId(missing)).isEqualTo(withoutRequestId(untrusting));
    assertThat(missing).hasMessageContaining("role/deploy (Service");
  }

  private static String withoutRequestId(Throwable refusal) {
    return String.valueOf(refusal.getMessage()).replaceAll("Request ID: [-0-9a-f]+", "");
  }

  @Test
  void externalIdIsCheckedByTheTrustPolicy() {
    deployRole(
        """
        {"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"sts:AssumeRole",
         "Condition":{"StringEquals":{"sts:ExternalId":"deputy:1"}}}\
        """
            .formatted(TASK_ROLE));
    denied(task(), _ -> {});
    denied(task(), r -> r.externalId("deputy:2"));
    assertThat(assume(task(), r -> r.externalId("deputy:1")).credentials()).isNotNull();
  }

  @Test
  void principalArnConditionPinsTheRole() {
    deployRole(
        """
        {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:root"},
         "Action":"sts:AssumeRole",
         "Condition":{"ArnEquals":{"aws:PrincipalArn":"%s"}}}\
        """
            .formatted(TASK_ROLE));
    assertThat(assume(task(), _ -> {}).credentials()).isNotNull();
    Roles.create(tooling, TOOLING, "other", Roles.allowing("sts:*", "*"));
    Clients other = tooling.assume("arn:aws:iam::000000000000:role/other", "task-id");
    refused(other, _ -> {}, "AccessDenied", "sts:AssumeRole on resource");
  }

  @Test
  void chainedSessionsLastAnHourAtMost() {
    deployRoleTrustsTask();
    target.iam().updateRole(r -> r.roleName("deploy").maxSessionDuration(43200));
    refused(
        task(),
        r -> r.durationSeconds(3601),
        "ValidationError",
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
            + " chaining.");
    assertThat(assume(task(), r -> r.durationSeconds(3600)).credentials()).isNotNull();
  }

  @Test
  void firstSessionLastsAsLongAsTheRoleAllows() {
    Roles.create(target, "deploy", Roles.trusting(TARGET));
    refused(
        target,
        r -> r.durationSeconds(3601),
        "ValidationError",
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    target.iam().updateRole(r -> r.roleName("deploy").maxSessionDuration(43200));
    assertThat(assume(target, r -> r.durationSeconds(43200)).credentials().expiration())
        .isAfter(Instant.now().plus(Duration.ofHours(11)));
  }

  @Test
  void sourceIdentityNeedsPermissionOnBothSidesAndStays() {
    deployRole(
        """
        {"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"sts:AssumeRole"}\
        """
            .formatted(TASK_ROLE));
    denied(task(), r -> r.sourceIdentity("build-7"));
    target
        .iam()
        .updateAssumeRolePolicy(
            r -> r.roleName("deploy").policyDocument(Roles.trusting("AWS", TASK_ROLE)));
    var answer = assume(task(), r -> r.sourceIdentity("build-7"));
    assertThat(answer.sourceIdentity()).isEqualTo("build-7");

    Clients deploy = task().as(answer.credentials());
    Roles.create(target, "onward", Roles.trusting("AWS", DEPLOY_ROLE));
    String onward = "arn:aws:iam::111111111111:role/onward";
    assertThat(assume(deploy, r -> r.roleArn(onward)).sourceIdentity()).isEqualTo("build-7");
    refused(
        deploy,
        r -> r.roleArn(onward).sourceIdentity("build-8"),
        "AccessDenied",
        "is not authorized to perform: sts:SetSourceIdentity");
  }

  @Test
  void inheritedSourceIdentityMustBeAllowedOnward() {
    deployRoleTrustsTask();
    Clients deploy = task().as(assume(task(), r -> r.sourceIdentity("build-7")).credentials());
    target
        .iam()
        .createRole(r ->
            r.roleName("onward")
                .assumeRolePolicyDocument(
                    Roles.trusting("AWS", DEPLOY_ROLE).replace(",\"sts:SetSourceIdentity\"", "")));
    refused(
        deploy,
        r -> r.roleArn("arn:aws:iam::111111111111:role/onward"),
        "AccessDenied",
        "sts:SetSourceIdentity");
  }

  @Test
  void sourceIdentityReachesConditions() {
    deployRoleTrustsTask();
    target
        .iam()
        .putRolePolicy(r ->
            r.roleName("deploy")
                .policyName("p")
                .policyDocument(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                     "Action":"ssm:DescribeParameters","Resource":"*",
                     "Condition":{"StringEquals":{"aws:SourceIdentity":"build-7"}}}]}\
                    """));
    Clients right = task().as(assume(task(), r -> r.sourceIdentity("build-7")).credentials());
    assertThat(right.ssm().describeParameters().parameters()).isEmpty();
    Clients wrong = task().as(assume(task(), r -> r.sourceIdentity("build-8")).credentials());
    assertThatThrownBy(() -> wrong.ssm().describeParameters())
        .hasMessageContaining("not authorized to perform: ssm:DescribeParameters");
  }

  @Test
  void tagsNeedPermissionOnBothSides() {
    deployRole(
        """
        {"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"sts:AssumeRole"}\
        """
            .formatted(TASK_ROLE));
    denied(task(), r -> r.tags(tag("job", "x")));
    target
        .iam()
        .updateAssumeRolePolicy(
            r -> r.roleName("deploy").policyDocument(Roles.trusting("AWS", TASK_ROLE)));
    assertThat(assume(task(), r -> r.tags(tag("job", "x"))).packedPolicySize()).isPositive();
  }

  @Test
  void transitiveTagsGoAlongAndCannotBeReplaced() {
    deployRoleTrustsTask();
    var answer =
        assume(task(), r -> r.tags(tag("job", "x"), tag("build", "7")).transitiveTagKeys("job"));
    Clients deploy = task().as(answer.credentials());
    Roles.create(target, "onward", Roles.trusting("AWS", DEPLOY_ROLE));
    Consumer<AssumeRoleRequest.Builder> onward =
        r -> r.roleArn("arn:aws:iam::111111111111:role/onward");
    refused(deploy, onward.andThen(r -> r.tags(tag("JOB", "y"))), "ValidationError", "transitive");
    target
        .iam()
        .putRolePolicy(r ->
            r.roleName("onward")
                .policyName("p")
                .policyDocument(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                     "Action":"ssm:DescribeParameters","Resource":"*","Condition":{
                       "StringEquals":{"aws:PrincipalTag/job":"x"},
                       "Null":{"aws:PrincipalTag/build":"true"}}}]}\
                    """));
    Clients last = deploy.as(assume(deploy, onward).credentials());
    assertThat(last.ssm().describeParameters().parameters()).isEmpty();
  }

  @Test
  void transitiveKeyMustBeAmongTheTags() {
    deployRoleTrustsTask();
    refused(
        task(),
        r -> r.tags(tag("job", "x")).transitiveTagKeys("build"),
        "ValidationError",
        "The specified transitive tag key must be included in the requested tags.");
  }

  @Test
  void sessionPolicyOnlyShrinks() {
    Roles.create(target, TARGET, "deploy", Roles.allowing("ssm:*", "*"));
    Clients shrunk =
        target.as(
            assume(target, r -> r.policy(Roles.allowing("ssm:GetParameter", "*"))).credentials());
    assertThatThrownBy(() -> shrunk.ssm().describeParameters())
        .hasMessageContaining("because no session policy allows the ssm:DescribeParameters action");
    Clients grown =
        target.as(assume(target, r -> r.policy(Roles.allowing("*", "*"))).credentials());
    assertThat(grown.ssm().describeParameters().parameters()).isEmpty();
    assertThatThrownBy(() -> grown.iam().listRoles())
        .hasMessageContaining("because no identity-based policy allows the iam:ListRoles action");
  }

  @Test
  void malformedSessionPolicyIsRefused() {
    deployRoleTrustsTask();
    refused(task(), r -> r.policy("{}"), "MalformedPolicyDocument", "");
  }

  @Test
  void tooMuchSessionPolicyAndTagsAreRefused() {
    deployRoleTrustsTask();
    List<Tag> tags = IntStream.range(0, 50).mapToObj(i -> tag("key" + i, "v".repeat(256))).toList();
    refused(task(), r -> r.tags(tags), "PackedPolicyTooLarge", "of allotted space");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "folder/job", "with space", "percent%2F", "ümlaut"})
  void badSessionNameIsRefusedAsAwsDoes(String name) {
    deployRoleTrustsTask();
    refused(
        task(),
        r -> r.roleSessionName(name),
        "ValidationError",
        "1 validation error detected: Value '%s' at 'roleSessionName' failed to satisfy constraint:"
            .formatted(name));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 899, 43201})
  void badDurationIsRefused(int seconds) {
    deployRoleTrustsTask();
    refused(
        task(),
        r -> r.durationSeconds(seconds),
        "ValidationError",
        "at 'durationSeconds' failed to satisfy constraint: Member must have value");
  }

  @Test
  void severalFaultsAreNamedTogether() {
    refused(
        task(),
        r -> r.roleSessionName("a/b").sourceIdentity("c d").durationSeconds(1),
        "ValidationError",
        "3 validation errors detected:");
  }

  @Test
  void reservedSourceIdentityIsRefused() {
    deployRoleTrustsTask();
    refused(task(), r -> r.sourceIdentity("aws:root"), "ValidationError", "sourceIdentity");
  }

  @Test
  void recreatedRoleIsNotTheOneThatWasTrusted() {
    deployRoleTrustsTask();
    tooling.iam().deleteRolePolicy(r -> r.roleName("task").policyName("policy"));
    String id = tooling.iam().getRole(r -> r.roleName("task")).role().roleId();
    tooling.iam().deleteRole(r -> r.roleName("task"));
    Roles.create(tooling, TOOLING, "task", Roles.allowing("sts:*", "*"));
    denied(task(), _ -> {});
    String shown =
        target.iam().getRole(r -> r.roleName("deploy")).role().assumeRolePolicyDocument();
    assertThat(shown).contains(id).doesNotContain("role%2Ftask");
  }

  @Test
  void servicePrincipalIsTrustedByServicesOnly() {
    Roles.create(target, "deploy", Roles.trusting("Service", "ecs-tasks.amazonaws.com"));
    refused(target, _ -> {}, "AccessDenied", "sts:AssumeRole on resource");
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
