package dev.deputy.iam;

import static dev.deputy.iam.Samples.FOREIGN_ROLE;
import static dev.deputy.iam.Samples.ROOT;
import static dev.deputy.iam.Samples.TASK;
import static dev.deputy.iam.Samples.allow;
import static dev.deputy.iam.Samples.decide;
import static dev.deputy.iam.Samples.identity;
import static dev.deputy.iam.Samples.trust;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionTest {

  private static final String WHO =
      "User: arn:aws:sts::000000000000:assumed-role/task-production/0123abcd";
  private static final String TRUST =
      "{'Sid':'Task','Effect':'Allow','Principal':{'AWS':'000000000000'},'Action':'sts:AssumeRole',"
          + "'Condition':{'StringEquals':{'sts:ExternalId':'deputy'}}}";

  @Test
  void allowedNamesTheStatementsThatAllowed() {
    Request request =
        new Request(
            TASK, "sts:AssumeRole", FOREIGN_ROLE, Map.of("sts:ExternalId", List.of("deputy")));

    assertThat(
            Evaluator.evaluate(
                    request,
                    Policies.ofIdentity(identity(allow("ecs:*"), allow("sts:AssumeRole")))
                        .withResource(trust(TRUST)))
                .explain())
        .isEqualTo(
            WHO
                + " is authorized to perform: sts:AssumeRole on resource: "
                + FOREIGN_ROLE
                + " because of statement (line 3) of identity-based policy own"
                + " and statement \"Task\" (line 2) of role trust policy deploy");
  }

  @Test
  void explicitDenyNamesTheDenyingStatement() {
    assertThat(
            decide(
                    TASK,
                    "ecs:RunTask",
                    "*",
                    Policies.ofIdentity(
                        identity(
                            allow("*"),
                            "{'Sid':'NoTasks','Effect':'Deny','Action':'ecs:*','Resource':'*'}")))
                .explain())
        .isEqualTo(
            WHO
                + " is not authorized to perform: ecs:RunTask on resource: *"
                + " with an explicit deny in an identity-based policy"
                + " (statement \"NoTasks\" (line 3) of identity-based policy own)");
  }

  @Test
  void implicitDenyNamesThePolicyTypeThatLacksAnAllow() {
    assertThat(decide(TASK, "ecs:RunTask", "*", Policies.none()).explain())
        .isEqualTo(
            WHO
                + " is not authorized to perform: ecs:RunTask on resource: *"
                + " because no identity-based policy allows the ecs:RunTask action");
  }

  @Test
  void implicitDenyNamesTheConditionThatFailedButNoValueOfTheRequest() {
    Policies policies = Policies.ofIdentity(identity(allow("sts:*"))).withResource(trust(TRUST));
    Request wrong =
        new Request(
            TASK, "sts:AssumeRole", FOREIGN_ROLE, Map.of("sts:ExternalId", List.of("s3cr3t")));

    assertThat(decide(TASK, "sts:AssumeRole", FOREIGN_ROLE, policies).explain())
        .endsWith(
            "because no role trust policy allows the sts:AssumeRole action (statement \"Task\""
                + " (line 2) of role trust policy deploy would, but condition StringEquals"
                + " sts:ExternalId is not met (the request has no such key))");
    assertThat(Evaluator.evaluate(wrong, policies).explain())
        .endsWith("would, but condition StringEquals sts:ExternalId is not met)")
        .doesNotContain("s3cr3t");
  }

  @Test
  void rootUserIsExplained() {
    assertThat(decide(ROOT, "ecs:RunTask", "*", Policies.none()).explain())
        .isEqualTo(
            "User: arn:aws:iam::000000000000:root is authorized to perform: ecs:RunTask on"
                + " resource: * because of the root user's full access to its own account");
  }
}
