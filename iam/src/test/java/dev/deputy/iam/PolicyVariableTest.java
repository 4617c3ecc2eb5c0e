package dev.deputy.iam;

import static dev.deputy.iam.Samples.USER;
import static dev.deputy.iam.Samples.holds;
import static dev.deputy.iam.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyVariableTest {

  private static final String HOME = "arn:aws:s3:::home/";

  @Test
  void variableStandsForTheValueOfItsKey() {
    assertThat(mayRead("arn:aws:s3:::home/${aws:username}/*", HOME + "carlos/a.txt")).isTrue();
    assertThat(mayRead("arn:aws:s3:::home/${AWS:UserName}/*", HOME + "carlos/a.txt")).isTrue();
    assertThat(mayRead("arn:aws:s3:::home/${aws:username}/*", HOME + "maria/a.txt")).isFalse();
  }

  @Test
  void wildcardsInAValueAreLiteral() {
    String condition = "{'StringLike':{'x:path':'home/${x:tag}/*'}}";

    assertThat(holds(condition, Map.of("x:tag", List.of("*"), "x:path", List.of("home/bob/a"))))
        .isFalse();
    assertThat(holds(condition, Map.of("x:tag", List.of("*"), "x:path", List.of("home/*/a"))))
        .isTrue();
  }

  @Test
  void variableWithoutValueMatchesNothing() {
    assertThat(mayRead("arn:aws:s3:::home/${aws:PrincipalTag/team}/*", HOME + "/a")).isFalse();
    assertThat(holds("{'StringEquals':{'x:k':'${x:none}'}}", key("x:k", ""))).isFalse();
    assertThat(holds("{'StringNotEquals':{'x:k':'${x:none}'}}", key("x:k", "a"))).isTrue();
  }

  @Test
  void keyWithSeveralValuesCannotBeAVariable() {
    assertThat(
            holds(
                "{'StringEquals':{'x:k':'${x:many}'}}",
                Map.of("x:k", List.of("a"), "x:many", List.of("a", "b"))))
        .isFalse();
  }

  @Test
  void defaultValueStandsInForAnAbsentKey() {
    String pattern = "arn:aws:s3:::home/${aws:PrincipalTag/team, 'company-wide'}/*";

    assertThat(mayRead(pattern, HOME + "company-wide/a")).isTrue();
    assertThat(mayRead(pattern, HOME + "other/a")).isFalse();
    assertThat(
            holds(
                "{'StringEquals':{'x:k':'${x:t,'d'}'}}".replace("'d'", "\\u0027d\\u0027"),
                Map.of("x:k", List.of("v"), "x:t", List.of("v"))))
        .isTrue();
  }

  @Test
  void escapedCharactersAreLiteral() {
    assertThat(holds("{'StringLike':{'x:k':'a${*}b'}}", key("x:k", "a*b"))).isTrue();
    assertThat(holds("{'StringLike':{'x:k':'a${*}b'}}", key("x:k", "axb"))).isFalse();
    assertThat(holds("{'StringLike':{'x:k':'a${?}b'}}", key("x:k", "axb"))).isFalse();
    assertThat(holds("{'StringLike':{'x:k':'${$}{x:k}'}}", key("x:k", "${x:k}"))).isTrue();
    assertThat(holds("{'StringEquals':{'x:k':'$5'}}", key("x:k", "$5"))).isTrue();
  }

  @Test
  void arnOperatorsTakeVariables() {
    assertThat(
            holds(
                "{'ArnEquals':{'x:owner':'${aws:PrincipalArn}'}}",
                key("x:owner", USER.arn().toString())))
        .isTrue();
    assertThat(
            holds(
                "{'ArnLike':{'x:owner':'arn:aws:iam::*:user/staff/${aws:username}'}}",
                key("x:owner", USER.arn().toString())))
        .isTrue();
  }

  @Test
  void versionOf2008TakesVariablesLiterally() {
    String statement =
        "'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::${aws:username}'}";
    for (String version : List.of("'Version':'2008-10-17',", "")) {
      PolicyDocument document =
          PolicyDocument.parse(Samples.quoted("{" + version + statement + "}"));

      assertThat(document.version()).isEqualTo("2008-10-17");
      assertThat(reads(document, "arn:aws:s3:::carlos")).isFalse();
      assertThat(reads(document, "arn:aws:s3:::${aws:username}")).isTrue();
    }
  }

  /** The pattern's own single quotes (of default values) survive. */
  private static boolean mayRead(String pattern, String object) {
    String statement =
        "{'Effect':'Allow','Action':'s3:GetObject','Resource':'PATTERN'}".replace('\'', '"');
    return reads(
        PolicyDocument.parse(
            "{\"Version\":\"2012-10-17\",\"Statement\":%s}"
                .formatted(statement.replace("PATTERN", pattern))),
        object);
  }

  private static boolean reads(PolicyDocument document, String object) {
    return Evaluator.evaluate(
            new Request(
                USER,
                "s3:GetObject",
                object,
                Map.of("aws:ResourceAccount", List.of(Samples.TOOLING))),
            Policies.ofIdentity(List.of(new NamedPolicy("home", document))))
        .allowed();
  }
}
