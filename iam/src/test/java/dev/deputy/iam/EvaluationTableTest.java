package dev.deputy.iam;

import static dev.deputy.iam.Samples.TASK_ROLE;
import static dev.deputy.iam.Samples.TASK_SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every combination of implicit denies and grants for a role session, against AWS's table
 * "Resource-based policies and implicit denies in other policy types" and its cross-account rule,
 * written down once more as formulas.
 */
class EvaluationTableTest {

  /** What a limit that may be absent says. */
  enum Limit {
    ABSENT,
    ALLOWS,
    SILENT;

    boolean passes() {
      return this != SILENT;
    }
  }

  /** Whom the resource-based policy names. */
  enum Named {
    NOBODY,
    ACCOUNT,
    ROLE,
    SESSION
  }

  record Row(
      boolean sameAccount,
      boolean trust,
      boolean identity,
      Limit boundary,
      Limit session,
      Named named) {

    boolean expected() {
      boolean limits = boundary.passes() && session.passes();
      boolean own = identity && limits;
      if (!sameAccount) {
        return own && named != Named.NOBODY;
      }
      return switch (named) {
        case SESSION -> true;
        case ROLE -> limits;
        case ACCOUNT -> own;
        case NOBODY -> own && !trust;
      };
    }

    Decision decide() {
      String action = trust ? "sts:AssumeRole" : "sqs:SendMessage";
      Policies policies =
          Policies.ofIdentity(Samples.identity(Samples.allow(identity ? action : "x:Other")));
      if (boundary != Limit.ABSENT) {
        policies =
            policies.withBoundary(
                Samples.boundary(Samples.allow(boundary.passes() ? action : "x:Other")));
      }
      if (session != Limit.ABSENT) {
        policies =
            policies.withSession(
                Samples.identity(Samples.allow(session.passes() ? action : "x:Other")));
      }
      String statement = Samples.allowTo(Samples.aws(principal()), action);
      policies =
          policies.withResource(trust ? Samples.trust(statement) : Samples.resource(statement));
      return Samples.decide(Samples.TASK, action, target(), policies);
    }

    private Object principal() {
      return switch (named) {
        case NOBODY -> "999999999999";
        case ACCOUNT -> "arn:aws:iam::000000000000:root";
        case ROLE -> TASK_ROLE;
        case SESSION -> TASK_SESSION;
      };
    }

    private String target() {
      if (trust) {
        return sameAccount ? Samples.ROLE : Samples.FOREIGN_ROLE;
      }
      return sameAccount ? Samples.QUEUE : Samples.FOREIGN_QUEUE;
    }
  }

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (boolean sameAccount : new boolean[] {true, false}) {
      for (boolean trust : new boolean[] {true, false}) {
        for (boolean identity : new boolean[] {true, false}) {
          for (Limit boundary : Limit.values()) {
            for (Limit session : Limit.values()) {
              for (Named named : Named.values()) {
                rows.add(new Row(sameAccount, trust, identity, boundary, session, named));
              }
            }
          }
        }
      }
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decisionFollowsTheTable(Row row) {
    Decision decision = row.decide();

    assertThat(decision.allowed()).as(decision.explain()).isEqualTo(row.expected());
  }
}
