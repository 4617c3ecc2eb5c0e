package dev.deputy.iam;

import static dev.deputy.iam.Samples.FOREIGN_QUEUE;
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
import static dev.deputy.iam.Samples.identity;
import static dev.deputy.iam.Samples.resource;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cross-account policy evaluation. */
class CrossAccountTest {

  private static final String SEND = "sqs:SendMessage";
  private static final String TOOLING_ROOT = aws("arn:aws:iam::000000000000:root");

  @Test
  void bothAccountsMustAllow() {
    Policies own = Policies.ofIdentity(identity(allow(SEND)));
    Policies both = own.withResource(resource(allowTo(TOOLING_ROOT, SEND)));

    assertAllowedBy(decide(TASK, SEND, FOREIGN_QUEUE, both), Layer.IDENTITY, Layer.RESOURCE);
    assertMissing(decide(TASK, SEND, FOREIGN_QUEUE, own), Layer.RESOURCE);
    assertMissing(decide(TASK, SEND, FOREIGN_QUEUE, both.withIdentity(List.of())), Layer.IDENTITY);
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

  @Test
  void ownerInTheArnCannotBeOverruled() {
    Map<String, List<String>> lie = Map.of("aws:ResourceAccount", List.of(TOOLING));

    assertMissing(
        Evaluator.evaluate(
            new Request(TASK, SEND, FOREIGN_QUEUE, lie), Policies.ofIdentity(identity(allow("*")))),
        Layer.RESOURCE);
  }
}
