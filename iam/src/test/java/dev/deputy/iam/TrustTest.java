package dev.deputy.iam;

import static dev.deputy.iam.Samples.ECS_TASKS;
import static dev.deputy.iam.Samples.FOREIGN_ROLE;
import static dev.deputy.iam.Samples.PRODUCTION;
import static dev.deputy.iam.Samples.ROLE;
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
import static dev.deputy.iam.Samples.decide;
import static dev.deputy.iam.Samples.identity;
import static dev.deputy.iam.Samples.resource;
import static dev.deputy.iam.Samples.trust;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Role trust policies. */
class TrustTest {

  private static final String ASSUME = "sts:AssumeRole";
  private static final String TOOLING_ROOT = aws("arn:aws:iam::000000000000:root");

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
            other, ASSUME, FOREIGN_ROLE, Map.of("aws:PrincipalArn", List.of(TASK_ROLE.toString())));

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
                        TASK, ASSUME, FOREIGN_ROLE, Map.of("sts:externalid", List.of("deputy-1"))),
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
