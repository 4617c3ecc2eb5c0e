package dev.deputy.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the text, the parser answers with a document that can be evaluated or a refusal. */
class PolicyFuzzTest {

  private static final String SEED =
      Samples.json(
          "{'Sid':'A','Effect':'Allow','Action':['ecs:Run*','sts:*'],'Resource':['arn:aws:ecs:*:000000000000:task/${aws:username,"
              + " \\u0027x\\u0027}','*'],"
              + "'Condition':{'ForAllValues:StringLikeIfExists':{'aws:TagKeys':['a*','${$}']},"
              + "'NumericLessThan':{'x:n':10},'DateGreaterThan':{'x:d':'2026-01-31'},"
              + "'IpAddress':{'aws:SourceIp':['10.0.0.0/8','::1']},'Bool':{'x:b':true}}}",
          "{'Effect':'Deny','Principal':{'AWS':['000000000000',"
              + "'arn:aws:iam::000000000000:role/x'],'Service':'ecs.amazonaws.com'},"
              + "'NotAction':'iam:*'}");
  private static final List<String> FRAGMENTS =
      List.of(
          "\"",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "${",
          "*",
          "?",
          "null",
          "true",
          "-1e9",
          "\\u0000",
          "\\ud800",
          "\"Principal\":",
          "\"NotResource\":",
          "\"Condition\":{",
          "ForAnyValue:",
          "/",
          "é",
          "\n",
          "arn:aws:iam::",
          "000000000000",
          "''",
          " ");

  @Property(tries = 3000)
  void mutatedPoliciesAreReadOrRefused(
      @ForAll Random random, @ForAll PolicyKind kind, @ForAll("mutationCounts") int mutations) {
    StringBuilder text = new StringBuilder(SEED);
    for (int i = 0; i < mutations; i++) {
      mutate(text, random);
    }
    readOrRefuse(text.toString(), kind);
  }

  @Property(tries = 2000)
  void randomTextIsReadOrRefused(@ForAll String text, @ForAll PolicyKind kind) {
    readOrRefuse(text, kind);
  }

  @Property(tries = 2000)
  void randomJsonIsReadOrRefused(@ForAll("tokens") List<String> tokens) {
    readOrRefuse(String.join("", tokens), PolicyKind.RESOURCE);
  }

  @Property(tries = 1000)
  void randomValuesAreReadOrRefused(
      @ForAll("operators") String operator, @ForAll String value, @ForAll String actual) {
    String escaped = value.replaceAll("[\\\\\"\\p{Cntrl}]", "x");
    readOrRefuse(
        Samples.quoted(
                "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'*',"
                    + "'Resource':'*','Condition':{'OP':{'x:n':VALUE}}}}")
            .replace("OP", operator)
            .replace("VALUE", "\"" + escaped + "\""),
        PolicyKind.IDENTITY,
        actual);
  }

  @Provide
  Arbitrary<Integer> mutationCounts() {
    return Arbitraries.integers().between(1, 6);
  }

  @Provide
  Arbitrary<List<String>> tokens() {
    return Arbitraries.of(FRAGMENTS).list().ofMaxSize(40);
  }

  @Provide
  Arbitrary<String> operators() {
    return Arbitraries.of(
        "StringLike",
        "NumericEquals",
        "DateEquals",
        "Bool",
        "BinaryEquals",
        "IpAddress",
        "ArnLike",
        "Null");
  }

  private static void mutate(StringBuilder text, Random random) {
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + random.nextInt(12));
    switch (random.nextInt(4)) {
      case 0 -> text.delete(at, end);
      case 1 -> text.insert(at, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
      case 2 -> text.setCharAt(at, (char) random.nextInt(128));
      default -> text.insert(random.nextInt(text.length()), text.substring(at, end));
    }
  }

  private static void readOrRefuse(String text, PolicyKind kind) {
    readOrRefuse(text, kind, "10");
  }

  private static void readOrRefuse(String text, PolicyKind kind, String actual) {
    try {
      PolicyDocument document = PolicyDocument.parse(text, kind);
      NamedPolicy policy = new NamedPolicy("fuzz", document);
      Policies policies =
          kind == PolicyKind.IDENTITY
              ? Policies.ofIdentity(List.of(policy))
              : Policies.none().withResource(policy);
      Request request =
          new Request(
              Samples.USER,
              "ecs:RunTask",
              "arn:aws:ecs:eu-west-1:000000000000:task/carlos",
              Map.of("x:n", List.of(actual), "aws:TagKeys", List.of("a", "b")));
      assertThat(Evaluator.evaluate(request, policies).explain()).isNotEmpty();
    } catch (PolicySyntaxException refusal) {
      assertThat(refusal.line()).isPositive();
      assertThat(refusal.column()).isPositive();
      assertThat(refusal.getMessage())
          .hasSizeLessThan(1000)
          .matches(message -> message.chars().noneMatch(Character::isISOControl), "one line");
    }
  }
}
