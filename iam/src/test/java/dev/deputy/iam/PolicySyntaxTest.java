package dev.deputy.iam;

import static dev.deputy.iam.Samples.allow;
import static dev.deputy.iam.Samples.allowTo;
import static dev.deputy.iam.Samples.conditional;
import static dev.deputy.iam.Samples.json;
import static dev.deputy.iam.Samples.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicySyntaxTest {

  private static PolicySyntaxException refused(String json, PolicyKind kind) {
    PolicySyntaxException refusal =
        catchThrowableOfType(PolicySyntaxException.class, () -> PolicyDocument.parse(json, kind));
    assertThat(refusal).as(json).isNotNull();
    return refusal;
  }

  private static void assertRefused(
      PolicyKind kind, String statement, String expected, String found) {
    PolicySyntaxException refusal = refused(json(statement), kind);
    assertThat(refusal.expected()).contains(expected);
    assertThat(refusal.found()).isEqualTo(found.replace('\'', '"'));
  }

  @Test
  void errorNamesLineColumnExpectationAndFinding() {
    PolicySyntaxException refusal =
        refused(
            """
            {
              "Version": "2012-10-17",
              "Statement": {
                "Effect": "allow",
                "Action": "ecs:RunTask",
                "Resource": "*"
              }
            }
            """,
            PolicyKind.IDENTITY);

    assertThat(refusal.line()).isEqualTo(4);
    assertThat(refusal.column()).isEqualTo(15);
    assertThat(refusal)
        .hasMessage("line 4, column 15: expected \"Allow\" or \"Deny\", found \"allow\"");
  }

  static Stream<Arguments> brokenStatements() {
    return Stream.of(
        Arguments.of("{}", "Effect", "an empty object without it"),
        Arguments.of("'x'", "a statement", "'x'"),
        Arguments.of("{'Effect':true}", "Allow", "true"),
        Arguments.of("{'Effekt':'Allow'}", "one of Sid, Effect", "'Effekt'"),
        Arguments.of(
            "{'Effect':'Allow','Resource':'*'}",
            "Action or NotAction",
            "a statement without either"),
        Arguments.of(
            "{'Effect':'Allow','Action':'*'}",
            "Resource or NotResource",
            "a statement without either"),
        Arguments.of(
            "{'Effect':'Allow','Action':'*','NotAction':'*','Resource':'*'}",
            "Action or NotAction",
            "both"),
        Arguments.of(
            "{'Effect':'Allow','Effect':'Deny','Action':'*','Resource':'*'}",
            "each key once",
            "a second 'Effect'"),
        Arguments.of(
            "{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'}",
            "no principal",
            "Principal"),
        Arguments.of(
            "{'Sid':'a b','Effect':'Allow','Action':'*','Resource':'*'}", "letters", "'a b'"),
        Arguments.of("{'Effect':'Allow','Action':[],'Resource':'*'}", "an action", "an empty list"),
        Arguments.of("{'Effect':'Allow','Action':7,'Resource':'*'}", "an action", "7"),
        Arguments.of("{'Effect':'Allow','Action':'*','Resource':null}", "ARN", "null"));
  }

  @ParameterizedTest
  @MethodSource("brokenStatements")
  void brokenStatementIsRefused(String statement, String expected, String found) {
    assertRefused(PolicyKind.IDENTITY, statement, expected, found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RunTask", "ecs:", ":RunTask", "e*s:RunTask", "ecs RunTask", "", "ecs:Run Task"})
  void actionNeedsAServiceWithoutWildcards(String action) {
    assertRefused(PolicyKind.IDENTITY, allow(action), "an action", "'" + action + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "queue",
        "arn:aws:sqs:*",
        "arn:aws:sqs:*:000000000000",
        "arn:aws:*:*:*:*",
        "arn:aws:s?s:::x",
        "arn:aws:sqs:${aws:x}:000000000000:q",
        "${aws:username}",
        "urn:aws:sqs:::x"
      })
  void resourceNeedsSixFieldsAndAService(String resource) {
    assertThat(
            refused(
                    json("{'Effect':'Allow','Action':'*','Resource':'%s'}".formatted(resource)),
                    PolicyKind.IDENTITY)
                .found())
        .isEqualTo("\"" + resource + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${", "${aws:username", "${}", "${username}", "${aws:x, y}", "${:x}"})
  void brokenPolicyVariableIsRefused(String variable) {
    assertThat(
            refused(
                json(
                    "{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::b/%s'}"
                        .formatted(variable)),
                PolicyKind.IDENTITY))
        .hasMessageContaining("${");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'StringEqual':{'x:k':'a'}} | a condition operator | 'StringEqual'",
        "{'stringequals':{'x:k':'a'}} | a condition operator | 'stringequals'",
        "{'ForSomeValues:StringEquals':{'x:k':'a'}} | a condition operator |"
            + " 'ForSomeValues:StringEquals'",
        "{'ForAllValues:ForAnyValue:Bool':{'x:k':true}} | a condition operator |"
            + " 'ForAllValues:ForAnyValue:Bool'",
        "{'NullIfExists':{'x:k':'true'}} | Null without | 'NullIfExists'",
        "{'ForAnyValue:Null':{'x:k':'true'}} | Null without | 'ForAnyValue:Null'",
        "{'StringEquals':{'key':'a'}} | a condition key | 'key'",
        "{'StringEquals':{}} | condition keys | an empty object",
        "{'StringEquals':{'x:k':[]}} | a value | an empty list",
        "{'StringEquals':{'x:k':[['a']]}} | a value | a list",
        "{'StringEquals':{'x:k':null}} | a value | null",
        "{'StringEquals':{'x:k':'a','X:K':'b'}} | each condition key once | a second 'X:K'",
        "{'StringEquals':{'x:k':'a'},'StringEquals':{'x:j':'b'}} | each key once | a second"
            + " 'StringEquals'",
        "{'NumericEquals':{'x:k':'ten'}} | a decimal number | 'ten'",
        "{'NumericEquals':{'x:k':'1e999999999'}} | a decimal number | '1e999999999'",
        "{'DateEquals':{'x:k':'31.1.2026'}} | a date | '31.1.2026'",
        "{'DateEquals':{'x:k':'2026-01-31T12:00'}} | a date | '2026-01-31T12:00'",
        "{'Bool':{'x:k':'yes'}} | true or false | 'yes'",
        "{'Null':{'x:k':'${aws:x}'}} | true or false | '${aws:x}'",
        "{'BinaryEquals':{'x:k':'***'}} | base64 | '***'",
        "{'IpAddress':{'x:k':'10.0.0.0/33'}} | an IP address | '10.0.0.0/33'",
        "{'IpAddress':{'x:k':'10.1'}} | an IP address | '10.1'",
        "{'IpAddress':{'x:k':'example.org'}} | an IP address | 'example.org'",
        "{'IpAddress':{'x:k':'fe80::1%lo'}} | an IP address | 'fe80::1%lo'",
        "{'ArnLike':{'x:k':'arn:aws:iam::*'}} | six fields | 'arn:aws:iam::*'",
        "[] | condition operators | an empty list"
      })
  void brokenConditionIsRefused(String condition, String expected, String found) {
    assertRefused(PolicyKind.IDENTITY, conditional("Allow", condition), expected, found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'x' | or an object | 'x'",
        "{} | or an object | an empty object",
        "{'Aws':'*'} | AWS, Service or Federated | 'Aws'",
        "{'CanonicalUser':'79a5'} | AWS, Service or Federated | 'CanonicalUser'",
        "{'AWS':'12345'} | 12-digit | '12345'",
        "{'AWS':'arn:aws:iam::000000000000:role/*'} | without wildcards |"
            + " 'arn:aws:iam::000000000000:role/*'",
        "{'AWS':'arn:aws:iam::000000000000:group/x'} | 12-digit |"
            + " 'arn:aws:iam::000000000000:group/x'",
        "{'AWS':'arn:aws:iam::000000000000:role/'} | 12-digit | 'arn:aws:iam::000000000000:role/'",
        "{'AWS':'arn:aws:iam::000000000000:role'} | 12-digit | 'arn:aws:iam::000000000000:role'",
        "{'AWS':'arn:aws:iam::000000000000:root/x'} | 12-digit |"
            + " 'arn:aws:iam::000000000000:root/x'",
        "{'AWS':'arn:aws:sts::000000000000:assumed-role/x'} | 12-digit |"
            + " 'arn:aws:sts::000000000000:assumed-role/x'",
        "{'AWS':'arn:aws:sts::000000000000:assumed-role/x/y/z'} | 12-digit |"
            + " 'arn:aws:sts::000000000000:assumed-role/x/y/z'",
        "{'AWS':'arn:aws:s3:::bucket'} | 12-digit | 'arn:aws:s3:::bucket'",
        "{'Service':'*'} | without wildcards | '*'",
        "{'Federated':''} | without wildcards | ''"
      })
  void brokenPrincipalIsRefused(String principal, String expected, String found) {
    assertRefused(PolicyKind.TRUST, allowTo(principal, "sts:AssumeRole"), expected, found);
  }

  @Test
  void trustPolicyHasNoResourceNoNotPrincipalAndOnlyActionsOfSts() {
    assertRefused(PolicyKind.TRUST, allow("sts:AssumeRole"), "Principal", "a statement without it");
    assertRefused(PolicyKind.TRUST, allowTo("'*'", "*"), "an action of sts", "'*'");
    assertRefused(PolicyKind.TRUST, allowTo("'*'", "sqs:*"), "an action of sts", "'sqs:*'");
    assertRefused(
        PolicyKind.TRUST,
        "{'Effect':'Allow','Principal':'*','Action':'sts:AssumeRole','Resource':'*'}",
        "no resource",
        "Resource");
    assertRefused(
        PolicyKind.TRUST,
        "{'Effect':'Allow','Principal':'*','NotAction':'sts:AssumeRole'}",
        "Action in a role trust policy",
        "NotAction");
    assertRefused(
        PolicyKind.TRUST,
        "{'Effect':'Deny','NotPrincipal':{'AWS':'000000000000'},'Action':'sts:AssumeRole'}",
        "Principal in a role trust policy",
        "NotPrincipal");
  }

  @Test
  void notPrincipalOnlyDeniesAndNamesItsExceptions() {
    assertRefused(
        PolicyKind.RESOURCE,
        "{'Effect':'Allow','NotPrincipal':{'AWS':'000000000000'},'Action':'*'}",
        "only with",
        "NotPrincipal");
    assertRefused(
        PolicyKind.RESOURCE,
        "{'Effect':'Deny','NotPrincipal':'*','Action':'*'}",
        "named principals",
        "'*'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "'x'",
        "{",
        "{'Statement':",
        "{'Version':'2012-10-17'}",
        "{'Version':'2012-10-18','Statement':[]}",
        "{'Version':2012,'Statement':[]}",
        "{'Statement':[]}",
        "{'Statement':'x'}",
        "{'Statements':[]}",
        "{'Statement':[]} {}",
        "{'Statement':[],}",
        "{'Statement':[]} // comment",
        "{Statement:[]}",
        "{'Id':7,'Statement':{}}"
      })
  void brokenDocumentIsRefused(String document) {
    PolicySyntaxException refusal = refused(quoted(document), PolicyKind.IDENTITY);

    assertThat(refusal.line()).isPositive();
    assertThat(refusal.column()).isPositive();
  }

  @Test
  void sidsMustDiffer() {
    String statement = "{'Sid':'A','Effect':'Allow','Action':'*','Resource':'*'}";

    assertThat(refused(json(statement, statement), PolicyKind.IDENTITY))
        .hasMessage("line 3, column 8: expected each Sid once, found a second \"A\"");
  }

  @Test
  void emptySidIsNone() {
    String statement = "{'Sid':'','Effect':'Allow','Action':'*','Resource':'*'}";

    assertThat(PolicyDocument.parse(json(statement, statement)).statements())
        .extracting(Statement::sid)
        .allMatch(java.util.Optional::isEmpty);
  }

  @Test
  void sizeAndDepthAreBounded() {
    assertThat(refused(" ".repeat(65_537), PolicyKind.IDENTITY))
        .hasMessageContaining("at most 65536 characters");
    assertThat(refused("[".repeat(60_000), PolicyKind.IDENTITY)).hasMessageContaining("depth");
  }

  @Test
  void foundTextIsShortAndPrintable() {
    assertThat(
            refused(json(allow("x".repeat(5000) + "\\n\\u001b[31m")), PolicyKind.IDENTITY).found())
        .hasSizeLessThan(100);
    assertThat(refused(json(allow("a\\u001b[31m")), PolicyKind.IDENTITY).found())
        .doesNotContain("\u001b");
  }

  @Test
  void singleValuesMayStandForListsAndElementsInAnyOrder() {
    PolicyDocument document =
        PolicyDocument.parse(
            quoted(
                "{'Statement':{'Resource':['*'],'Action':['ecs:*'],'Effect':'Deny','Sid':'One'},"
                    + "'Id':'id','Version':'2012-10-17'}"));

    assertThat(document.kind()).isEqualTo(PolicyKind.IDENTITY);
    assertThat(document.version()).isEqualTo("2012-10-17");
    assertThat(document.id()).contains("id");
    assertThat(document.statements())
        .singleElement()
        .satisfies(statement -> {
          assertThat(statement.sid()).contains("One");
          assertThat(statement.effect()).isEqualTo(Effect.DENY);
          assertThat(statement.line()).isEqualTo(1);
        });
  }
}
