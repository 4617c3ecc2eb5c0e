package dev.deputy.iam;

import static dev.deputy.iam.Samples.QUEUE;
import static dev.deputy.iam.Samples.ROOT;
import static dev.deputy.iam.Samples.TASK;
import static dev.deputy.iam.Samples.TASK_ROLE;
import static dev.deputy.iam.Samples.TASK_SESSION;
import static dev.deputy.iam.Samples.TOOLING;
import static dev.deputy.iam.Samples.USER;
import static dev.deputy.iam.Samples.allow;
import static dev.deputy.iam.Samples.allowTo;
import static dev.deputy.iam.Samples.assertAllowedBy;
import static dev.deputy.iam.Samples.assertMissing;
import static dev.deputy.iam.Samples.aws;
import static dev.deputy.iam.Samples.boundary;
import static dev.deputy.iam.Samples.decide;
import static dev.deputy.iam.Samples.deny;
import static dev.deputy.iam.Samples.denyTo;
import static dev.deputy.iam.Samples.identity;
import static dev.deputy.iam.Samples.resource;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policy evaluation for requests within a single account. */
class SingleAccountTest {

  private static final String SEND = "sqs:SendMessage";
  private static final String TOOLING_ROOT = aws("arn:aws:iam::000000000000:root");

  @Test
  void withoutPoliciesEverythingIsImplicitlyDenied() {
    assertMissing(decide(USER, SEND, QUEUE, Policies.none()), Layer.IDENTITY);
  }

  @Test
  void identityBasedPolicyAllows() {
    assertAllowedBy(
        decide(TASK, SEND, QUEUE, Policies.ofIdentity(identity(allow("sqs:*")))), Layer.IDENTITY);
  }

  @Test
  void actionsAreNotCaseSensitiveButResourcesAre() {
    Policies policies =
        Policies.ofIdentity(
            identity("{'Effect':'Allow','Action':'SQS:send*','Resource':'%s'}".formatted(QUEUE)));

    assertThat(decide(USER, SEND, QUEUE, policies).allowed()).isTrue();
    assertThat(decide(USER, "sqs:SENDMESSAGE", QUEUE, policies).allowed()).isTrue();
    assertThat(decide(USER, SEND, QUEUE.replace("jobs", "Jobs"), policies).allowed()).isFalse();
  }

  @Test
  void explicitDenyWinsInEveryKindOfPolicy() {
    Policies open =
        new Policies(
            identity(allow("*")),
            java.util.Optional.of(resource(allowTo("'*'", "*"))),
            java.util.Optional.of(boundary(allow("*"))),
            identity(allow("*")));
    assertThat(decide(TASK, SEND, QUEUE, open).allowed()).isTrue();

    List<Policies> denying =
        List.of(
            open.withIdentity(identity(allow("*"), deny("sqs:*"))),
            open.withResource(resource(allowTo("'*'", "*"), denyTo("'*'", "sqs:*"))),
            open.withBoundary(boundary(allow("*"), deny("sqs:*"))),
            open.withSession(identity(allow("*"), deny("sqs:*"))));
    for (Policies policies : denying) {
      assertThat(decide(TASK, SEND, QUEUE, policies)).isInstanceOf(Decision.ExplicitDeny.class);
      assertThat(decide(TASK, "sns:Publish", QUEUE, policies).allowed()).isTrue();
    }
  }

  @Test
  void notActionAndNotResourceMatchEverythingElse() {
    Policies policies =
        Policies.ofIdentity(
            identity(
                "{'Effect':'Allow','NotAction':['iam:*','sts:*'],'NotResource':'%s'}"
                    .formatted(QUEUE)));

    assertThat(decide(USER, "ecs:RunTask", "*", policies).allowed()).isTrue();
    assertThat(decide(USER, "iam:PassRole", "*", policies).allowed()).isFalse();
    assertThat(decide(USER, SEND, QUEUE, policies).allowed()).isFalse();
  }

  @Test
  void actionWithoutResourceNeedsTheStar() {
    String list = "{'Effect':'Allow','Action':'ecs:*','Resource':'%s'}";

    assertThat(
            decide(
                    USER,
                    "ecs:ListClusters",
                    "*",
                    Policies.ofIdentity(identity(list.formatted("arn:aws:ecs:*:*:*"))))
                .allowed())
        .isFalse();
    assertThat(
            decide(
                    USER,
                    "ecs:ListClusters",
                    "*",
                    Policies.ofIdentity(identity(list.formatted("*"))))
                .allowed())
        .isTrue();
  }

  @Test
  void wildcardsOfAResourceStayWithinTheirField() {
    Policies policies =
        Policies.ofIdentity(
            identity(
                "{'Effect':'Allow','Action':'*',"
                    + "'Resource':'arn:aws:ecs:*:000000000000:task-definition/agent:*'}"));

    assertThat(
            decide(
                    USER,
                    "ecs:RunTask",
                    "arn:aws:ecs:eu-west-1:000000000000:task-definition/agent:7",
                    policies)
                .allowed())
        .isTrue();
    assertThat(
            decide(
                    USER,
                    "ecs:RunTask",
                    "arn:aws:ecs:eu-west-1:444444444444:x:000000000000:task-definition/agent:7",
                    policies)
                .allowed())
        .isFalse();
  }

  @Test
  void boundaryLimitsWhatIdentityBasedPoliciesAllow() {
    Policies policies =
        Policies.ofIdentity(identity(allow("*"))).withBoundary(boundary(allow("sqs:*")));

    assertAllowedBy(decide(USER, SEND, QUEUE, policies), Layer.IDENTITY, Layer.BOUNDARY);
    assertMissing(decide(USER, "sns:Publish", QUEUE, policies), Layer.BOUNDARY);
    assertMissing(decide(USER, SEND, QUEUE, policies.withIdentity(List.of())), Layer.IDENTITY);
  }

  @Test
  void sessionPoliciesLimitToWhatOneOfThemAllows() {
    Policies policies =
        Policies.ofIdentity(identity(allow("*")))
            .withSession(List.of(boundary(allow("sqs:*")), boundary(allow("sns:*"))));

    assertAllowedBy(decide(TASK, SEND, QUEUE, policies), Layer.IDENTITY, Layer.SESSION);
    assertAllowedBy(decide(TASK, "sns:Publish", QUEUE, policies), Layer.IDENTITY, Layer.SESSION);
    assertMissing(decide(TASK, "ecs:RunTask", "*", policies), Layer.SESSION);
  }

  @ParameterizedTest
  @ValueSource(strings = {TASK_SESSION, "*"})
  void resourcePolicyForTheSessionIsNotLimitedByImplicitDenies(String principal) {
    assertAllowedBy(
        decide(
            TASK,
            SEND,
            QUEUE,
            Policies.none()
                .withResource(resource(allowTo(aws(principal), SEND)))
                .withBoundary(boundary(allow("ecs:*")))
                .withSession(identity(allow("ecs:*")))),
        Layer.RESOURCE);
  }

  @Test
  void resourcePolicyForAUserIsNotLimitedByImplicitDenies() {
    assertAllowedBy(
        decide(
            USER,
            SEND,
            QUEUE,
            Policies.none()
                .withResource(resource(allowTo(aws(USER.arn()), SEND)))
                .withBoundary(boundary(allow("ecs:*")))),
        Layer.RESOURCE);
  }

  @Test
  void resourcePolicyForTheRoleIsLimitedByBoundaryAndSessionPoliciesOnly() {
    Policies policies = Policies.none().withResource(resource(allowTo(aws(TASK_ROLE), SEND)));

    assertAllowedBy(decide(TASK, SEND, QUEUE, policies), Layer.RESOURCE);
    assertMissing(
        decide(TASK, SEND, QUEUE, policies.withBoundary(boundary(allow("ecs:*")))), Layer.BOUNDARY);
    assertMissing(
        decide(TASK, SEND, QUEUE, policies.withSession(identity(allow("ecs:*")))), Layer.SESSION);
    assertAllowedBy(
        decide(TASK, SEND, QUEUE, policies.withSession(identity(allow("sqs:*")))),
        Layer.RESOURCE,
        Layer.SESSION);
  }

  @Test
  void resourcePolicyForTheAccountOnlyDelegates() {
    for (String account : List.of(TOOLING_ROOT, aws(TOOLING))) {
      Policies policies = Policies.none().withResource(resource(allowTo(account, SEND)));

      assertMissing(decide(TASK, SEND, QUEUE, policies), Layer.IDENTITY);
      assertAllowedBy(
          decide(TASK, SEND, QUEUE, policies.withIdentity(identity(allow(SEND)))), Layer.IDENTITY);
    }
  }

  @Test
  void otherSessionsRolesAndPartitionsAreOtherPrincipals() {
    for (String other :
        List.of(
            "arn:aws:sts::000000000000:assumed-role/task-production/ffff",
            "arn:aws:sts::444444444444:assumed-role/task-production/0123abcd",
            "arn:aws-cn:sts::000000000000:assumed-role/task-production/0123abcd",
            "arn:aws:iam::000000000000:role/task-production",
            "arn:aws:iam::000000000000:user/deputy/task-production",
            "arn:aws:iam::444444444444:root",
            "arn:aws-cn:iam::000000000000:root",
            "444444444444")) {
      assertThat(
              decide(
                      TASK,
                      SEND,
                      QUEUE,
                      Policies.none().withResource(resource(allowTo(aws(other), SEND))))
                  .allowed())
          .as(other)
          .isFalse();
    }
  }

  @Test
  void denyForAnAccountARoleOrASessionMeetsTheSession() {
    for (String principal : List.of(TOOLING_ROOT, aws(TASK_ROLE), aws(TASK_SESSION), "'*'")) {
      assertThat(
              decide(
                  TASK,
                  SEND,
                  QUEUE,
                  Policies.ofIdentity(identity(allow("*")))
                      .withResource(resource(denyTo(principal, SEND)))))
          .as(principal)
          .isInstanceOf(Decision.ExplicitDeny.class);
    }
  }

  @Test
  void notPrincipalExemptsOnlyWhoIsListedWithRoleAndAccount() {
    String deny = "{'Effect':'Deny','NotPrincipal':{'AWS':[%s]},'Action':'*'}";
    String session = "'" + TASK_SESSION + "'";
    String role = "'" + TASK_ROLE + "'";
    Policies open = Policies.ofIdentity(identity(allow("*")));

    for (String incomplete :
        List.of(
            session, role, "'000000000000'", session + "," + role, session + ",'000000000000'")) {
      assertThat(
              decide(TASK, SEND, QUEUE, open.withResource(resource(deny.formatted(incomplete))))
                  .allowed())
          .as(incomplete)
          .isFalse();
    }
    assertThat(
            decide(
                    TASK,
                    SEND,
                    QUEUE,
                    open.withResource(
                        resource(deny.formatted(session + "," + role + ",'000000000000'"))))
                .allowed())
        .isTrue();
    assertThat(
            decide(
                    USER,
                    SEND,
                    QUEUE,
                    open.withResource(
                        resource(deny.formatted("'" + USER.arn() + "','000000000000'"))))
                .allowed())
        .isTrue();
  }

  @Test
  void rootUserNeedsNoPolicyButObeysADeny() {
    assertAllowedBy(decide(ROOT, SEND, QUEUE, Policies.none()));
    assertThat(
            decide(
                ROOT, SEND, QUEUE, Policies.none().withResource(resource(denyTo("'*'", "sqs:*")))))
        .isInstanceOf(Decision.ExplicitDeny.class);
  }

  @Test
  void keyPolicyMustAllowWhateverTheIdentityMayDo() {
    String key = "arn:aws:kms:eu-west-1:000000000000:key/1";
    Policies policies = Policies.ofIdentity(identity(allow("*")));

    assertMissing(decide(TASK, "kms:Decrypt", key, policies), Layer.RESOURCE);
    assertAllowedBy(
        decide(
            TASK,
            "kms:Decrypt",
            key,
            policies.withResource(resource(allowTo(TOOLING_ROOT, "kms:*")))),
        Layer.IDENTITY,
        Layer.RESOURCE);
    assertAllowedBy(decide(TASK, "kms:ListKeys", "*", policies), Layer.IDENTITY);
  }

  @Test
  void managedPoliciesOfAwsBelongToEverybody() {
    assertAllowedBy(
        decide(
            USER,
            "iam:GetPolicy",
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
            Policies.ofIdentity(identity(allow("iam:Get*")))),
        Layer.IDENTITY);
  }
}
