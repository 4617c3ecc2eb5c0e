package dev.deputy.iam;

import static dev.deputy.iam.Samples.plus;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Laws of the evaluation that hold for all policies. */
class PolicyPropertiesTest {

  /** Statements of each policy type, as JSON; a limit that is empty is absent. */
  record Setting(
      List<String> identity, List<String> resource, List<String> boundary, List<String> session) {

    Policies policies() {
      return new Policies(
          named(identity, PolicyKind.IDENTITY).stream().toList(),
          named(resource, PolicyKind.RESOURCE),
          named(boundary, PolicyKind.IDENTITY),
          named(session, PolicyKind.IDENTITY).stream().toList());
    }

    Setting shuffled(Random random) {
      return new Setting(
          shuffle(identity, random),
          shuffle(resource, random),
          shuffle(boundary, random),
          shuffle(session, random));
    }

    private static List<String> shuffle(List<String> statements, Random random) {
      List<String> copy = new ArrayList<>(statements);
      Collections.shuffle(copy, random);
      return copy;
    }

    private static Optional<NamedPolicy> named(List<String> statements, PolicyKind kind) {
      return statements.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new NamedPolicy("p", Samples.document(kind, statements.toArray(String[]::new))));
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void addedDenyNeverAllowsMore(
      @ForAll("settings") Setting setting,
      @ForAll("identityStatements") String identity,
      @ForAll("resourceStatements") String resource,
      @ForAll("requests") Request request) {
    List<String> limit = List.of(denying(identity));
    boolean before = allowed(request, setting);

    assertImplies(
        allowed(
            request,
            new Setting(
                plus(setting.identity(), denying(identity)),
                setting.resource(),
                setting.boundary(),
                setting.session())),
        before);
    assertImplies(
        allowed(
            request,
            new Setting(
                setting.identity(),
                plus(setting.resource(), denying(resource)),
                setting.boundary(),
                setting.session())),
        before);
    assertImplies(
        allowed(
            request, new Setting(setting.identity(), setting.resource(), limit, setting.session())),
        allowed(
            request,
            new Setting(setting.identity(), setting.resource(), List.of(), setting.session())));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void addedAllowNeverAllowsLess(
      @ForAll("settings") Setting setting,
      @ForAll("identityStatements") String identity,
      @ForAll("requests") Request request) {
    assertImplies(
        allowed(request, setting),
        allowed(
            request,
            new Setting(
                plus(setting.identity(), allowing(identity)),
                setting.resource(),
                setting.boundary(),
                setting.session())));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void limitsNeverAllowMore(
      @ForAll("settings") Setting setting, @ForAll("requests") Request request) {
    assertImplies(
        allowed(request, setting),
        allowed(
            request, new Setting(setting.identity(), setting.resource(), List.of(), List.of())));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void orderOfStatementsIsIrrelevant(
      @ForAll("settings") Setting setting,
      @ForAll("requests") Request request,
      @ForAll Random random) {
    Decision one = Evaluator.evaluate(request, setting.policies());
    Decision other = Evaluator.evaluate(request, setting.shuffled(random).policies());

    assertThat(outcome(other)).isEqualTo(outcome(one));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void severalPoliciesDecideAsOneWithAllTheirStatements(
      @ForAll("settings") Setting setting, @ForAll("requests") Request request) {
    Policies one = setting.policies();
    List<NamedPolicy> split =
        setting.identity().stream()
            .map(
                statement -> new NamedPolicy("p", Samples.document(PolicyKind.IDENTITY, statement)))
            .toList();

    assertThat(outcome(Evaluator.evaluate(request, one.withIdentity(split))))
        .isEqualTo(outcome(Evaluator.evaluate(request, one)));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void everyDecisionExplainsItself(
      @ForAll("settings") Setting setting, @ForAll("requests") Request request) {
    Decision decision = Evaluator.evaluate(request, setting.policies());

    assertThat(decision.explain())
        .contains(request.principal().identifier(), request.action(), request.resource())
        .contains(decision.allowed() ? "is authorized" : "is not authorized");
  }

  @Provide
  Arbitrary<Setting> settings() {
    Arbitrary<List<String>> identity = identityStatements().list().ofMaxSize(4);
    Arbitrary<List<String>> resource = resourceStatements().list().ofMaxSize(4);
    Arbitrary<List<String>> limit =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(List.of())),
            Tuple.of(1, identityStatements().list().ofMinSize(1).ofMaxSize(3)));
    return Combinators.combine(identity, resource, limit, limit).as(Setting::new);
  }

  @Provide
  Arbitrary<String> identityStatements() {
    return Combinators.combine(effects(), actions(), resources(), conditions())
        .as("{'Effect':'%s',%s,%s%s}"::formatted);
  }

  @Provide
  Arbitrary<String> resourceStatements() {
    return Combinators.combine(effects(), actions(), principals(), conditions())
        .as("{'Effect':'%s',%s,'Principal':%s%s}"::formatted);
  }

  @Provide
  Arbitrary<Request> requests() {
    Arbitrary<Principal> who =
        Arbitraries.of(Samples.TASK, Samples.USER, Samples.ROOT, Samples.ECS_TASKS);
    Arbitrary<String> what = Arbitraries.of("sqs:SendMessage", "sqs:Purge", "sts:AssumeRole");
    Arbitrary<String> where =
        Arbitraries.of(
            Samples.QUEUE, Samples.FOREIGN_QUEUE, Samples.ROLE, Samples.FOREIGN_ROLE, "*");
    Arbitrary<Map<String, List<String>>> context =
        Arbitraries.maps(
                Arbitraries.of("x:a", "x:b"), Arbitraries.of("1", "2", "").list().ofMaxSize(2))
            .ofMaxSize(2);
    return Combinators.combine(who, what, where, context).as(Request::new);
  }

  private static Arbitrary<String> effects() {
    return Arbitraries.frequency(Tuple.of(3, "Allow"), Tuple.of(1, "Deny"));
  }

  private static Arbitrary<String> actions() {
    return Arbitraries.of(
        "'Action':'*'",
        "'Action':'sqs:*'",
        "'Action':['sqs:SendMessage','sts:AssumeRole']",
        "'NotAction':'sqs:Pur?e'");
  }

  private static Arbitrary<String> resources() {
    return Arbitraries.of(
        "'Resource':'*'",
        "'Resource':'arn:aws:sqs:*:000000000000:*'",
        "'NotResource':'arn:aws:iam::*:role/*'",
        "'Resource':['" + Samples.QUEUE + "','" + Samples.ROLE + "']");
  }

  private static Arbitrary<String> principals() {
    return Arbitraries.of(
        "'*'",
        Samples.aws(Samples.TOOLING),
        Samples.aws(Samples.TASK_ROLE),
        Samples.aws(Samples.TASK_SESSION),
        Samples.aws(Samples.USER.arn()),
        Samples.aws(Samples.PRODUCTION),
        "{'Service':'ecs-tasks.amazonaws.com'}");
  }

  private static Arbitrary<String> conditions() {
    return Arbitraries.of(
        "",
        "",
        ",'Condition':{'StringEquals':{'x:a':'1'}}",
        ",'Condition':{'StringNotEqualsIfExists':{'x:a':['1','2']}}",
        ",'Condition':{'ForAllValues:StringEquals':{'x:b':['1']}}",
        ",'Condition':{'ForAnyValue:StringNotLike':{'x:b':'?'}}",
        ",'Condition':{'Null':{'x:a':'true'},'StringLike':{'x:b':'*'}}");
  }

  private static String denying(String statement) {
    return statement.replace("'Allow'", "'Deny'");
  }

  private static String allowing(String statement) {
    return statement.replace("'Deny'", "'Allow'");
  }

  private static boolean allowed(Request request, Setting setting) {
    return Evaluator.evaluate(request, setting.policies()).allowed();
  }

  private static void assertImplies(boolean premise, boolean conclusion) {
    assertThat(!premise || conclusion).isTrue();
  }

  private static String outcome(Decision decision) {
    return switch (decision) {
      case Decision.Allowed allowed ->
          "allowed " + allowed.statements().stream().map(StatementRef::layer).toList();
      case Decision.ExplicitDeny deny -> "denied by " + deny.statement().layer();
      case Decision.ImplicitDeny deny -> "not allowed by " + deny.layer();
    };
  }
}
