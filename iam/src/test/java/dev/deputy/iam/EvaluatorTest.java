package dev.deputy.iam;

import static dev.deputy.iam.Samples.ECS_TASKS;
import static dev.deputy.iam.Samples.FOREIGN_QUEUE;
import static dev.deputy.iam.Samples.FOREIGN_ROLE;
import static dev.deputy.iam.Samples.PRODUCTION;
import static dev.deputy.iam.Samples.QUEUE;
import static dev.deputy.iam.Samples.ROLE;
import static dev.deputy.iam.Samples.ROOT;
import static dev.deputy.iam.Samples.TASK;
import static dev.deputy.iam.Samples.TASK_ROLE;
import static dev.deputy.iam.Samples.TASK_SESSION;
import static dev.deputy.iam.Samples.TOOLING;
import static dev.deputy.iam.Samples.USER;
import static dev.deputy.iam.Samples.allow;
import static dev.deputy.iam.Samples.allowTo;
import static dev.deputy.iam.Samples.aws;
import static dev.deputy.iam.Samples.boundary;
import static dev.deputy.iam.Samples.decide;
import static dev.deputy.iam.Samples.deny;
import static dev.deputy.iam.Samples.denyTo;
import static dev.deputy.iam.Samples.identity;
import static dev.deputy.iam.Samples.resource;
import static dev.deputy.iam.Samples.trust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {

  private static final String SEND = "sqs:SendMessage";
  private static final String ASSUME = "sts:AssumeRole";
  private static final String TOOLING_ROOT = aws("arn:aws:iam::000000000000:root");

  private static void assertMissing(Decision decision, Layer layer) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.ImplicitDeny.class, deny -> assertThat(deny.layer()).isEqualTo(layer));
  }

  private static void assertAllowedBy(Decision decision, Layer... layers) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Allowed.class,
            allowed ->
                assertThat(allowed.statements())
                    .extracting(StatementRef::layer)
                    .containsExactlyInAnyOrder(layers));
  }

  @Nested
  class WithinOneAccount {

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
          decide(TASK, SEND, QUEUE, policies.withBoundary(boundary(allow("ecs:*")))),
          Layer.BOUNDARY);
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
            decide(TASK, SEND, QUEUE, policies.withIdentity(identity(allow(SEND)))),
            Layer.IDENTITY);
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
                  ROOT,
                  SEND,
                  QUEUE,
                  Policies.none().withResource(resource(denyTo("'*'", "sqs:*")))))
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
  }

  @Nested
  class AcrossAccounts {

    @Test
    void bothAccountsMustAllow() {
      Policies own = Policies.ofIdentity(identity(allow(SEND)));
      Policies both = own.withResource(resource(allowTo(TOOLING_ROOT, SEND)));

      assertAllowedBy(decide(TASK, SEND, FOREIGN_QUEUE, both), Layer.IDENTITY, Layer.RESOURCE);
      assertMissing(decide(TASK, SEND, FOREIGN_QUEUE, own), Layer.RESOURCE);
      assertMissing(
          decide(TASK, SEND, FOREIGN_QUEUE, both.withIdentity(List.of())), Layer.IDENTITY);
    }

    @Test
    void namingTheSessionOrEverybodyDoesNotReplaceTheIdentityBasedPolicy() {
      for (String principal : List.of(aws(TASK_SESSION), aws(TASK_ROLE), "'*'")) {
        assertMissing(
            decide(
                TASK,
                SEND,
                FOREIGN_QUEUE,
                Policies.none().withResource(resource(allowTo(principal, SEND)))),
            Layer.IDENTITY);
      }
    }

    @Test
    void boundaryAndSessionPoliciesLimitEvenADirectGrant() {
      Policies policies =
          Policies.ofIdentity(identity(allow(SEND)))
              .withResource(resource(allowTo(aws(TASK_SESSION), SEND)));

      assertMissing(
          decide(TASK, SEND, FOREIGN_QUEUE, policies.withBoundary(boundary(allow("ecs:*")))),
          Layer.BOUNDARY);
      assertMissing(
          decide(TASK, SEND, FOREIGN_QUEUE, policies.withSession(identity(allow("ecs:*")))),
          Layer.SESSION);
    }

    @Test
    void rootUserNeedsOnlyTheOtherAccount() {
      assertMissing(decide(ROOT, SEND, FOREIGN_QUEUE, Policies.none()), Layer.RESOURCE);
      assertAllowedBy(
          decide(
              ROOT,
              SEND,
              FOREIGN_QUEUE,
              Policies.none().withResource(resource(allowTo(TOOLING_ROOT, SEND)))),
          Layer.RESOURCE);
    }

    @Test
    void resourceOfUnknownOwnerCountsAsForeign() {
      Policies policies = Policies.ofIdentity(identity(allow("s3:*")));
      Map<String, List<String>> owned = Map.of("aws:ResourceAccount", List.of(TOOLING));

      assertMissing(decide(USER, "s3:GetObject", "arn:aws:s3:::b/k", policies), Layer.RESOURCE);
      assertThat(
              Evaluator.evaluate(
                      new Request(USER, "s3:GetObject", "arn:aws:s3:::b/k", owned), policies)
                  .allowed())
          .isTrue();
    }
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

  @Nested
  class AssumingRoles {

    private static final String DEPUTY_TRUST =
        "{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::000000000000:root'},"
            + "'Action':['sts:AssumeRole','sts:TagSession','sts:SetSourceIdentity'],"
            + "'Condition':{'ArnEquals':{'aws:PrincipalArn':"
            + "'arn:aws:iam::000000000000:role/deputy/task-production'}}}";

    private final Policies may = Policies.ofIdentity(identity(allow(ASSUME)));

    @Test
    void identityBasedPolicyAloneNeverSuffices() {
      assertMissing(decide(TASK, ASSUME, ROLE, may), Layer.TRUST);
      assertMissing(decide(ROOT, ASSUME, ROLE, Policies.none()), Layer.TRUST);
      assertMissing(
          decide(TASK, ASSUME, ROLE, may.withResource(trust(allowTo(aws(USER.arn()), ASSUME)))),
          Layer.TRUST);
    }

    @Test
    void documentParsedAsResourcePolicyIsStillATrustPolicyForARole() {
      assertMissing(
          decide(TASK, ASSUME, ROLE, may.withResource(resource(allowTo(aws(PRODUCTION), ASSUME)))),
          Layer.TRUST);
    }

    @Test
    void trustInTheOwnAccountNeedsTheIdentityBasedPolicyToo() {
      Policies trusting = Policies.none().withResource(trust(allowTo(TOOLING_ROOT, ASSUME)));

      assertMissing(decide(TASK, ASSUME, ROLE, trusting), Layer.IDENTITY);
      assertAllowedBy(
          decide(TASK, ASSUME, ROLE, trusting.withIdentity(identity(allow(ASSUME)))),
          Layer.IDENTITY,
          Layer.TRUST);
    }

    @Test
    void trustInTheRoleOrSessionOfTheSameAccountSuffices() {
      for (Object principal : List.of(TASK_ROLE, TASK_SESSION)) {
        assertAllowedBy(
            decide(
                TASK,
                ASSUME,
                ROLE,
                Policies.none().withResource(trust(allowTo(aws(principal), ASSUME)))),
            Layer.TRUST);
      }
    }

    @Test
    void trustInARoleOfAnotherAccountNeedsBoth() {
      Policies trusting = Policies.none().withResource(trust(allowTo(aws(TASK_ROLE), ASSUME)));

      assertMissing(decide(TASK, ASSUME, FOREIGN_ROLE, trusting), Layer.IDENTITY);
      assertAllowedBy(
          decide(TASK, ASSUME, FOREIGN_ROLE, trusting.withIdentity(identity(allow(ASSUME)))),
          Layer.IDENTITY,
          Layer.TRUST);
    }

    @Test
    void deployRoleTrustsExactlyItsTaskRole() {
      Policies policies = may.withResource(trust(DEPUTY_TRUST));
      Principal other =
          new Principal.AssumedRole(
              Arn.parse("arn:aws:iam::000000000000:role/deputy/task-development"), "0123abcd");
      Request lying =
          new Request(
              other,
              ASSUME,
              FOREIGN_ROLE,
              Map.of("aws:PrincipalArn", List.of(TASK_ROLE.toString())));

      assertThat(decide(TASK, ASSUME, FOREIGN_ROLE, policies).allowed()).isTrue();
      assertMissing(decide(other, ASSUME, FOREIGN_ROLE, policies), Layer.TRUST);
      assertMissing(Evaluator.evaluate(lying, policies), Layer.TRUST);
      assertMissing(decide(USER, ASSUME, FOREIGN_ROLE, policies), Layer.TRUST);
    }

    @Test
    void taggingAndSourceIdentityNeedTheTrustPolicyToo() {
      Policies policies =
          Policies.ofIdentity(identity(allow("sts:*")))
              .withResource(trust(allowTo(TOOLING_ROOT, ASSUME)));

      assertThat(decide(TASK, ASSUME, FOREIGN_ROLE, policies).allowed()).isTrue();
      assertMissing(decide(TASK, "sts:TagSession", FOREIGN_ROLE, policies), Layer.TRUST);
      assertMissing(decide(TASK, "sts:SetSourceIdentity", FOREIGN_ROLE, policies), Layer.TRUST);
    }

    @Test
    void serviceIsDecidedByTheTrustPolicyAlone() {
      String statement =
          "{'Effect':'Allow','Principal':{'Service':['ecs-tasks.amazonaws.com']},"
              + "'Action':'sts:AssumeRole',"
              + "'Condition':{'StringEquals':{'aws:SourceAccount':'000000000000'}}}";
      Policies policies = Policies.none().withResource(trust(statement));
      Map<String, List<String>> source = Map.of("aws:SourceAccount", List.of(TOOLING));

      assertAllowedBy(
          Evaluator.evaluate(new Request(ECS_TASKS, ASSUME, ROLE, source), policies), Layer.TRUST);
      assertMissing(decide(ECS_TASKS, ASSUME, ROLE, policies), Layer.TRUST);
      assertMissing(
          Evaluator.evaluate(
              new Request(new Principal.Service("ec2.amazonaws.com"), ASSUME, ROLE, source),
              policies),
          Layer.TRUST);
      assertMissing(decide(ECS_TASKS, ASSUME, ROLE, Policies.none()), Layer.TRUST);
    }

    @Test
    void externalIdIsCheckedOnlyIfTheTrustPolicyAsks() {
      Policies policies =
          may.withResource(
              trust(
                  "{'Effect':'Allow','Principal':{'AWS':'000000000000'},'Action':'sts:AssumeRole',"
                      + "'Condition':{'StringEquals':{'sts:ExternalId':'deputy-1'}}}"));

      assertMissing(decide(TASK, ASSUME, FOREIGN_ROLE, policies), Layer.TRUST);
      assertThat(
              Evaluator.evaluate(
                      new Request(
                          TASK,
                          ASSUME,
                          FOREIGN_ROLE,
                          Map.of("sts:externalid", List.of("deputy-1"))),
                      policies)
                  .allowed())
          .isTrue();
    }

    @Test
    void identityProvidersMatchNoPrincipal() {
      assertThat(
              decide(
                      TASK,
                      ASSUME,
                      ROLE,
                      may.withResource(
                          trust(
                              allowTo(
                                  "{'Federated':'token.actions.githubusercontent.com'}", ASSUME))))
                  .allowed())
          .isFalse();
    }
  }

  @Test
  void policiesRefuseDocumentsOfTheWrongKind() {
    NamedPolicy own = identity(allow("*")).getFirst();
    NamedPolicy trust = trust(allowTo("'*'", ASSUME));

    assertThatIllegalArgumentException().isThrownBy(() -> Policies.none().withResource(own));
    assertThatIllegalArgumentException().isThrownBy(() -> Policies.none().withBoundary(trust));
    assertThatIllegalArgumentException().isThrownBy(() -> Policies.ofIdentity(List.of(trust)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policies.none().withSession(List.of(trust)));
  }

  @Test
  void requestRefusesAmbiguousContextAndActions() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Request(USER, "RunTask", "*"));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Request(
                USER,
                SEND,
                "*",
                Map.of("aws:SourceIp", List.of("10.0.0.1"), "AWS:sourceip", List.of("::1"))));
  }
}
