package dev.deputy.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Principals, resources and short ways to policies for the tests of this module. */
final class Samples {

  static final String TOOLING = "000000000000";
  static final String PRODUCTION = "444444444444";

  static final Arn TASK_ROLE = Arn.parse("arn:aws:iam::000000000000:role/deputy/task-production");
  static final Principal.AssumedRole TASK = new Principal.AssumedRole(TASK_ROLE, "0123abcd");
  static final String TASK_SESSION =
      "arn:aws:sts::000000000000:assumed-role/task-production/0123abcd";
  static final Principal.IamUser USER =
      new Principal.IamUser(Arn.parse("arn:aws:iam::000000000000:user/staff/carlos"));
  static final Principal.RootUser ROOT = Principal.RootUser.of("aws", TOOLING);
  static final Principal.Service ECS_TASKS = new Principal.Service("ecs-tasks.amazonaws.com");

  static final String QUEUE = "arn:aws:sqs:eu-west-1:000000000000:jobs";
  static final String FOREIGN_QUEUE = "arn:aws:sqs:eu-west-1:444444444444:jobs";
  static final String ROLE = "arn:aws:iam::000000000000:role/local-deploy";
  static final String FOREIGN_ROLE = "arn:aws:iam::444444444444:role/deploy";

  private Samples() {}

  /** A document of statements written with single quotes. */
  static PolicyDocument document(PolicyKind kind, String... statements) {
    return PolicyDocument.parse(json(statements), kind);
  }

  static String json(String... statements) {
    return quoted(
        "{'Version':'2012-10-17','Statement':[\n%s\n]}".formatted(String.join(",\n", statements)));
  }

  static String quoted(String singleQuoted) {
    return singleQuoted.replace('\'', '"');
  }

  static List<NamedPolicy> identity(String... statements) {
    return List.of(new NamedPolicy("own", document(PolicyKind.IDENTITY, statements)));
  }

  static NamedPolicy boundary(String... statements) {
    return new NamedPolicy("limit", document(PolicyKind.IDENTITY, statements));
  }

  static NamedPolicy resource(String... statements) {
    return new NamedPolicy("queue", document(PolicyKind.RESOURCE, statements));
  }

  static NamedPolicy trust(String... statements) {
    return new NamedPolicy("deploy", document(PolicyKind.TRUST, statements));
  }

  static String allow(String action) {
    return "{'Effect':'Allow','Action':'%s','Resource':'*'}".formatted(action);
  }

  static String deny(String action) {
    return "{'Effect':'Deny','Action':'%s','Resource':'*'}".formatted(action);
  }

  static String allowTo(String principal, String action) {
    return "{'Effect':'Allow','Principal':%s,'Action':'%s'}".formatted(principal, action);
  }

  static String denyTo(String principal, String action) {
    return "{'Effect':'Deny','Principal':%s,'Action':'%s'}".formatted(principal, action);
  }

  static String aws(Object principal) {
    return "{'AWS':'%s'}".formatted(principal);
  }

  static Decision decide(Principal principal, String action, String resource, Policies policies) {
    return Evaluator.evaluate(new Request(principal, action, resource), policies);
  }

  /** Whether one {@code Allow} with this condition allows a request with this context. */
  static boolean holds(String condition, Map<String, List<String>> context) {
    return Evaluator.evaluate(
            new Request(USER, "sqs:SendMessage", QUEUE, context),
            Policies.ofIdentity(identity(conditional("Allow", condition))))
        .allowed();
  }

  static String conditional(String effect, String condition) {
    return "{'Effect':'%s','Action':'*','Resource':'*','Condition':%s}"
        .formatted(effect, condition);
  }

  static Map<String, List<String>> key(String key, String... values) {
    return Map.of(key, Arrays.asList(values));
  }

  static <T> List<T> plus(List<T> list, T item) {
    List<T> longer = new ArrayList<>(list);
    longer.add(item);
    return longer;
  }

  static void assertMissing(Decision decision, Layer layer) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.ImplicitDeny.class, deny -> assertThat(deny.layer()).isEqualTo(layer));
  }

  static void assertAllowedBy(Decision decision, Layer... layers) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Allowed.class,
            allowed ->
                assertThat(allowed.statements())
                    .extracting(StatementRef::layer)
                    .containsExactlyInAnyOrder(layers));
  }
}
