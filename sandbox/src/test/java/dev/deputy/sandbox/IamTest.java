package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.Tag;

class IamTest {
  private static final String ACCOUNT = "111111111111";

  private Sandbox sandbox;
  private Clients root;
  private IamClient iam;

  @BeforeEach
  void start() {
    sandbox = Sandbox.builder().start();
    root = Clients.root(sandbox, ACCOUNT);
    iam = root.iam();
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private static void refused(ThrowingCallable call, int status, String code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            IamException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(e.awsErrorDetails().errorMessage()).contains(message);
            });
  }

  @Test
  void roleIsReadBackAsItWasMade() {
    iam.createPolicy(r -> r.policyName("limit").policyDocument(Roles.allowing("ssm:*", "*")));
    String boundary = "arn:aws:iam::111111111111:policy/limit";
    iam.createRole(r ->
        r.roleName("deploy")
            .path("/deputy/")
            .description("deploys <this> & \"that\"")
            .maxSessionDuration(43200)
            .permissionsBoundary(boundary)
            .assumeRolePolicyDocument(Roles.trusting(ACCOUNT))
            .tags(Tag.builder().key("team").value("a b").build()));
    var role = iam.getRole(r -> r.roleName("DEPLOY")).role();
    assertThat(role.arn()).isEqualTo("arn:aws:iam::111111111111:role/deputy/deploy");
    assertThat(role.roleId()).matches("AROA[A-Z2-7]{17}");
    assertThat(role.description()).isEqualTo("deploys <this> & \"that\"");
    assertThat(role.maxSessionDuration()).isEqualTo(43200);
    assertThat(role.permissionsBoundary().permissionsBoundaryArn()).isEqualTo(boundary);
    assertThat(role.tags()).containsExactly(Tag.builder().key("team").value("a b").build());
    assertThat(URLDecoder.decode(role.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
        .isEqualTo(Roles.trusting(ACCOUNT));
  }

  @Test
  void nameIsUniqueWhateverItsCase() {
    Roles.create(root, "deploy", Roles.trusting(ACCOUNT));
    refused(
        () -> Roles.create(root, "Deploy", Roles.trusting(ACCOUNT)),
        409,
        "EntityAlreadyExists",
        "Role with name Deploy already exists.");
  }

  @Test
  void accountsDoNotSeeEachOther() {
    Roles.create(root, "deploy", Roles.trusting(ACCOUNT));
    IamClient other = Clients.root(sandbox, "222222222222").iam();
    assertThat(other.listRoles().roles()).isEmpty();
    refused(
        () -> other.getRole(r -> r.roleName("deploy")),
        404,
        "NoSuchEntity",
        "The role with name deploy cannot be found.");
  }

  @Test
  void trustInAMissingRoleIsRefused() {
    refused(
        () ->
            Roles.create(
                root, "deploy", Roles.trusting("AWS", "arn:aws:iam::222222222222:role/none")),
        400,
        "MalformedPolicyDocument",
        "Invalid principal in policy: \"AWS\":\"arn:aws:iam::222222222222:role/none\"");
  }

  @Test
  void malformedDocumentsAreRefused() {
    refused(() -> Roles.create(root, "deploy", "{"), 400, "MalformedPolicyDocument", "");
    Roles.create(root, "deploy", Roles.trusting(ACCOUNT));
    refused(
        () ->
            iam.putRolePolicy(r ->
                r.roleName("deploy")
                    .policyName("p")
                    .policyDocument(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Maybe\"}]}")),
        400,
        "MalformedPolicyDocument",
        "Syntax errors in policy");
  }

  @Test
  void inlinePoliciesComeAndGo() {
    String arn =
        Roles.create(root, ACCOUNT, "deploy", Roles.allowing("ssm:DescribeParameters", "*"));
    assertThat(iam.listRolePolicies(r -> r.roleName("deploy")).policyNames())
        .containsExactly("policy");
    assertThat(
            URLDecoder.decode(
                iam.getRolePolicy(r -> r.roleName("deploy").policyName("policy")).policyDocument(),
                StandardCharsets.UTF_8))
        .isEqualTo(Roles.allowing("ssm:DescribeParameters", "*"));
    Clients session = root.assume(arn, "me");
    assertThat(session.ssm().describeParameters().parameters()).isEmpty();
    refused(
        () -> iam.deleteRole(r -> r.roleName("deploy")),
        409,
        "DeleteConflict",
        "must delete policies first");
    iam.deleteRolePolicy(r -> r.roleName("deploy").policyName("policy"));
    assertThatThrownBy(() -> session.ssm().describeParameters())
        .hasMessageContaining(
            "User: arn:aws:sts::111111111111:assumed-role/deploy/me is not authorized to perform:"
                + " ssm:DescribeParameters on resource: arn:aws:ssm:eu-west-1:111111111111:*"
                + " because no identity-based policy allows the ssm:DescribeParameters action");
  }

  @Test
  void managedPolicyGivesWhatItAllowsWhileAttached() {
    String arn = Roles.create(root, "deploy", Roles.trusting(ACCOUNT));
    var policy =
        iam.createPolicy(
                r -> r.policyName("read").policyDocument(Roles.allowing("ssm:Describe*", "*")))
            .policy();
    iam.attachRolePolicy(r -> r.roleName("deploy").policyArn(policy.arn()));
    assertThat(iam.getPolicy(r -> r.policyArn(policy.arn())).policy().attachmentCount())
        .isEqualTo(1);
    assertThat(
            iam.listAttachedRolePolicies(r -> r.roleName("deploy"))
                .attachedPolicies()
                .getFirst()
                .policyName())
        .isEqualTo("read");
    Clients session = root.assume(arn, "me");
    assertThat(session.ssm().describeParameters().parameters()).isEmpty();
    refused(
        () -> iam.deletePolicy(r -> r.policyArn(policy.arn())), 409, "DeleteConflict", "attached");
    iam.detachRolePolicy(r -> r.roleName("deploy").policyArn(policy.arn()));
    assertThatThrownBy(() -> session.ssm().describeParameters())
        .hasMessageContaining("not authorized");
    iam.deletePolicy(r -> r.policyArn(policy.arn()));
    refused(
        () -> iam.attachRolePolicy(r -> r.roleName("deploy").policyArn(policy.arn())),
        404,
        "NoSuchEntity",
        "does not exist or is not attachable");
  }

  @Test
  void defaultVersionOfAManagedPolicyIsWhatItSays() {
    String arn = Roles.create(root, "deploy", Roles.trusting(ACCOUNT));
    String policy =
        iam.createPolicy(r -> r.policyName("read").policyDocument(Roles.allowing("s3:*", "*")))
            .policy()
            .arn();
    iam.attachRolePolicy(r -> r.roleName("deploy").policyArn(policy));
    Clients session = root.assume(arn, "me");
    assertThatThrownBy(() -> session.ssm().describeParameters())
        .hasMessageContaining("not authorized");
    String next =
        iam.createPolicyVersion(r ->
                r.policyArn(policy)
                    .policyDocument(Roles.allowing("ssm:Describe*", "*"))
                    .setAsDefault(true))
            .policyVersion()
            .versionId();
    assertThat(next).isEqualTo("v2");
    assertThat(session.ssm().describeParameters().parameters()).isEmpty();
    iam.setDefaultPolicyVersion(r -> r.policyArn(policy).versionId("v1"));
    assertThatThrownBy(() -> session.ssm().describeParameters())
        .hasMessageContaining("not authorized");
    refused(
        () -> iam.deletePolicyVersion(r -> r.policyArn(policy).versionId("v1")),
        409,
        "DeleteConflict",
        "default version");
    iam.detachRolePolicy(r -> r.roleName("deploy").policyArn(policy));
    refused(
        () -> iam.deletePolicy(r -> r.policyArn(policy)),
        409,
        "DeleteConflict",
        "more than one version");
    iam.deletePolicyVersion(r -> r.policyArn(policy).versionId("v2"));
    iam.deletePolicy(r -> r.policyArn(policy));
  }

  @Test
  void boundaryLimitsWhatPoliciesAllow() {
    String arn = Roles.create(root, ACCOUNT, "deploy", Roles.allowing("*", "*"));
    var limit =
        iam.createPolicy(r -> r.policyName("limit").policyDocument(Roles.allowing("ssm:*", "*")))
            .policy();
    Clients session = root.assume(arn, "me");
    assertThat(session.iam().listRoles().roles()).hasSize(1);
    iam.putRolePermissionsBoundary(r -> r.roleName("deploy").permissionsBoundary(limit.arn()));
    assertThatThrownBy(() -> session.iam().listRoles())
        .hasMessageContaining("because no permissions boundary allows the iam:ListRoles action");
    assertThat(session.ssm().describeParameters().parameters()).isEmpty();
    refused(
        () -> session.iam().deleteRolePermissionsBoundary(r -> r.roleName("deploy")),
        403,
        "AccessDenied",
        "no permissions boundary allows");
  }

  @Test
  void explicitDenyWinsAndIsNamed() {
    String arn = Roles.create(root, ACCOUNT, "deploy", Roles.allowing("*", "*"));
    iam.putRolePolicy(r ->
        r.roleName("deploy")
            .policyName("no")
            .policyDocument(Roles.allowing("iam:*", "*").replace("\"Allow\"", "\"Deny\"")));
    assertThatThrownBy(() -> root.assume(arn, "me").iam().listRoles())
        .hasMessageContaining("with an explicit deny in an identity-based policy");
  }

  @Test
  void creationMayBeTiedToABoundary() {
    String policy =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:CreateRole",
         "Resource":"arn:aws:iam::111111111111:role/app/*","Condition":{"StringEquals":{
         "iam:PermissionsBoundary":"arn:aws:iam::111111111111:policy/limit"}}}]}\
        """;
    String arn = Roles.create(root, ACCOUNT, "deploy", policy);
    iam.createPolicy(r -> r.policyName("limit").policyDocument(Roles.allowing("ssm:*", "*")));
    IamClient session = root.assume(arn, "me").iam();
    refused(
        () ->
            session.createRole(r ->
                r.roleName("x").path("/app/").assumeRolePolicyDocument(Roles.trusting(ACCOUNT))),
        403,
        "AccessDenied",
        "iam:CreateRole on resource: arn:aws:iam::111111111111:role/app/x");
    assertThat(
            session
                .createRole(r ->
                    r.roleName("x")
                        .path("/app/")
                        .permissionsBoundary("arn:aws:iam::111111111111:policy/limit")
                        .assumeRolePolicyDocument(Roles.trusting(ACCOUNT)))
                .role()
                .arn())
        .endsWith("role/app/x");
  }

  @Test
  void listsComeInPages() {
    IntStream.range(0, 25).forEach(i -> Roles.create(root, "role" + i, Roles.trusting(ACCOUNT)));
    assertThat(iam.listRoles(r -> r.maxItems(10)).isTruncated()).isTrue();
    assertThat(iam.listRolesPaginator(r -> r.maxItems(10)).roles()).hasSize(25);
    refused(() -> iam.listRoles(r -> r.marker("&")), 400, "ValidationError", "Marker");
  }

  @Test
  void tagsAreKeptWithoutRegardToTheCaseOfKeys() {
    Roles.create(root, "deploy", Roles.trusting(ACCOUNT));
    iam.tagRole(r -> r.roleName("deploy").tags(Tag.builder().key("Team").value("a").build()));
    iam.tagRole(r -> r.roleName("deploy").tags(Tag.builder().key("team").value("b").build()));
    assertThat(iam.getRole(r -> r.roleName("deploy")).role().tags())
        .containsExactly(Tag.builder().key("team").value("b").build());
    iam.untagRole(r -> r.roleName("deploy").tagKeys("TEAM"));
    assertThat(iam.getRole(r -> r.roleName("deploy")).role().tags()).isEmpty();
  }

  @Test
  void policiesBeyondTheirQuotaAreRefused() {
    Roles.create(root, "deploy", Roles.trusting(ACCOUNT));
    String large = Roles.allowing("ssm:" + "x".repeat(10240), "*");
    refused(
        () -> iam.putRolePolicy(r -> r.roleName("deploy").policyName("p").policyDocument(large)),
        409,
        "LimitExceeded",
        "Maximum policy size");
    refused(
        () -> iam.createPolicy(r -> r.policyName("p").policyDocument(large)),
        409,
        "LimitExceeded",
        "PolicySize");
  }

  @Test
  void awsManagedPolicyIsThereForEverybodyAndStays() {
    Roles.create(root, "deploy", Roles.trusting(ACCOUNT));
    String arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
    iam.attachRolePolicy(r -> r.roleName("deploy").policyArn(arn));
    assertThat(
            iam.listAttachedRolePolicies(r -> r.roleName("deploy"))
                .attachedPolicies()
                .getFirst()
                .policyArn())
        .isEqualTo(arn);
    refused(() -> iam.deletePolicy(r -> r.policyArn(arn)), 403, "AccessDenied", "");
  }
}
