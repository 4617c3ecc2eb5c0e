package dev.deputy.iam;

import static dev.deputy.iam.Samples.USER;
import static dev.deputy.iam.Samples.conditional;
import static dev.deputy.iam.Samples.holds;
import static dev.deputy.iam.Samples.identity;
import static dev.deputy.iam.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "StringEquals | prod | prod | true",
        "StringEquals | prod | Prod | false",
        "StringEquals | pr* | prod | false",
        "StringNotEquals | prod | prod | false",
        "StringNotEquals | prod | test | true",
        "StringEqualsIgnoreCase | prod | PROD | true",
        "StringNotEqualsIgnoreCase | prod | PROD | false",
        "StringLike | pr?d* | product | true",
        "StringLike | pr?d | Prod | false",
        "StringNotLike | pr* | prod | false",
        "NumericEquals | 10 | 10.0 | true",
        "NumericNotEquals | 10 | 11 | true",
        "NumericLessThan | 10 | 9.99 | true",
        "NumericLessThan | 10 | 10 | false",
        "NumericLessThanEquals | 10 | 10 | true",
        "NumericGreaterThan | -1 | 0 | true",
        "NumericGreaterThanEquals | 10 | 9 | false",
        "NumericEquals | 10 | ten | false",
        "DateEquals | 2026-01-31T00:00:00Z | 2026-01-31 | true",
        "DateNotEquals | 2026-01-31 | 2026-02-01 | true",
        "DateLessThan | 2026-01-31T12:00:00Z | 2026-01-31T13:00:00+02:00 | true",
        "DateLessThanEquals | 1769860800 | 2026-01-31T12:00:00Z | true",
        "DateGreaterThan | 2026-01-31T12:00:00Z | 2026-01-31T12:00:00.5Z | true",
        "DateGreaterThanEquals | 2026-01-31 | 2026-01-30 | false",
        "DateEquals | 2026-01-31 | yesterday | false",
        "Bool | true | true | true",
        "Bool | true | False | false",
        "Bool | false | FALSE | true",
        "BinaryEquals | QUJD | QUJD | true",
        "BinaryEquals | QUJD | QUJE | false",
        "BinaryEquals | QUJD | *** | false",
        "IpAddress | 203.0.113.0/24 | 203.0.113.255 | true",
        "IpAddress | 203.0.113.0/24 | 203.0.114.0 | false",
        "IpAddress | 203.0.113.7 | 203.0.113.7 | true",
        "IpAddress | 0.0.0.0/0 | 198.51.100.1 | true",
        "IpAddress | 0.0.0.0/0 | 2001:db8::1 | false",
        "IpAddress | 2001:DB8:1234::/48 | 2001:db8:1234:5678::1 | true",
        "IpAddress | 203.0.113.0/24 | localhost | false",
        "NotIpAddress | 203.0.113.0/24 | 203.0.113.9 | false",
        "ArnEquals | arn:aws:iam::*:role/dep* | arn:aws:iam::000000000000:role/deploy | true",
        "ArnLike | arn:aws:iam::*:role/dep* | arn:aws:iam::000000000000:role/x | false",
        "ArnNotEquals | arn:aws:iam::*:role/dep* | arn:aws:iam::000000000000:role/x | true",
        "ArnNotLike | arn:aws:iam::*:role/dep* | arn:aws:iam::000000000000:role/deploy | false",
        "ArnLike | arn:aws:iam::*:role/dep* | not-an-arn | false"
      })
  void operatorsCompareAsDocumented(
      String operator, String policyValue, String requestValue, boolean expected) {
    assertThat(
            holds(
                "{'%s':{'x:key':'%s'}}".formatted(operator, policyValue),
                key("x:key", requestValue)))
        .isEqualTo(expected);
  }

  /** The example of AWS's documentation on ARN operators. */
  @Test
  void arnOperatorsMatchEachFieldSeparately() {
    String pattern = "arn:aws:someservice:*:111122223333:finance/*";
    Map<String, List<String>> context =
        key(
            "x:arn",
            "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document");

    assertThat(holds("{'StringLike':{'x:arn':'%s'}}".formatted(pattern), context)).isTrue();
    assertThat(holds("{'ArnLike':{'x:arn':'%s'}}".formatted(pattern), context)).isFalse();
    assertThat(holds("{'ArnEquals':{'x:arn':'%s'}}".formatted(pattern), context)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "StringEquals | a | false",
        "StringLike | * | false",
        "NumericLessThan | 1 | false",
        "DateGreaterThan | 2026-01-31 | false",
        "Bool | false | false",
        "IpAddress | 0.0.0.0/0 | false",
        "ArnLike | * | false",
        "StringNotEquals | a | true",
        "StringNotLike | a | true",
        "NumericNotEquals | 1 | true",
        "DateNotEquals | 2026-01-31 | true",
        "NotIpAddress | 0.0.0.0/0 | true",
        "ArnNotEquals | * | true",
        "StringEqualsIfExists | a | true",
        "BoolIfExists | true | true",
        "StringNotEqualsIfExists | a | true",
        "Null | true | true",
        "Null | false | false",
        "ForAllValues:StringEquals | a | true",
        "ForAllValues:StringNotEquals | a | true",
        "ForAnyValue:StringEquals | a | false",
        "ForAnyValue:StringNotEquals | a | false",
        "ForAnyValue:StringEqualsIfExists | a | false"
      })
  void absentKeyFollowsTheOperator(String operator, String value, boolean expected) {
    String condition = "{'%s':{'x:absent':'%s'}}".formatted(operator, value);

    assertThat(holds(condition, Map.of())).isEqualTo(expected);
    assertThat(holds(condition, key("x:absent"))).isEqualTo(expected);
  }

  @Test
  void ifExistsStillComparesAKeyThatIsThere() {
    assertThat(holds("{'StringEqualsIfExists':{'x:k':'a'}}", key("x:k", "b"))).isFalse();
    assertThat(holds("{'StringNotEqualsIfExists':{'x:k':'a'}}", key("x:k", "a"))).isFalse();
  }

  @Test
  void nullAsksWhetherTheKeyIsThere() {
    assertThat(holds("{'Null':{'x:k':'false'}}", key("x:k", "a"))).isTrue();
    assertThat(holds("{'Null':{'x:k':true}}", key("x:k", "a"))).isFalse();
  }

  @Test
  void severalPolicyValuesAreAlternativesAndForNegatedOperatorsAllExcluded() {
    assertThat(holds("{'StringEquals':{'x:k':['a','b']}}", key("x:k", "b"))).isTrue();
    assertThat(holds("{'StringNotEquals':{'x:k':['a','b']}}", key("x:k", "b"))).isFalse();
    assertThat(holds("{'StringNotEquals':{'x:k':['a','b']}}", key("x:k", "c"))).isTrue();
  }

  @Test
  void severalKeysAndOperatorsMustAllHold() {
    Map<String, List<String>> context = Map.of("x:a", List.of("1"), "x:b", List.of("2"));

    assertThat(holds("{'StringEquals':{'x:a':'1','x:b':'2'}}", context)).isTrue();
    assertThat(holds("{'StringEquals':{'x:a':'1','x:b':'3'}}", context)).isFalse();
    assertThat(holds("{'StringEquals':{'x:a':'1'},'Bool':{'x:b':'true'}}", context)).isFalse();
    assertThat(holds("{}", Map.of())).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ForAllValues:StringEquals | a | true",
        "ForAllValues:StringEquals | a,b | true",
        "ForAllValues:StringEquals | a,c | false",
        "ForAllValues:StringEquals | '' | true",
        "ForAnyValue:StringEquals | c,b | true",
        "ForAnyValue:StringEquals | c,d | false",
        "ForAnyValue:StringEquals | '' | false",
        "ForAllValues:StringNotEquals | c,d | true",
        "ForAllValues:StringNotEquals | a,d | false",
        "ForAnyValue:StringNotEquals | a,d | true",
        "ForAnyValue:StringNotEquals | a,b | false",
        "ForAllValues:StringLikeIfExists | a,b | true"
      })
  void setOperatorsQuantifyOverTheRequestsValues(String operator, String tags, boolean expected) {
    assertThat(
            holds(
                "{'%s':{'aws:TagKeys':['a','b']}}".formatted(operator),
                key("aws:TagKeys", tags.split(",", -1))))
        .isEqualTo(expected);
  }

  @Test
  void severalValuesWithoutSetOperatorAreDecidedAgainstTheRequest() {
    Map<String, List<String>> both = key("x:k", "a", "b");
    Request request = new Request(USER, "sqs:SendMessage", Samples.QUEUE, both);
    String condition = "{'StringEquals':{'x:k':['a','b']}}";

    assertThat(holds(condition, both)).isFalse();
    assertThat(
            Evaluator.evaluate(
                request,
                Policies.ofIdentity(identity(Samples.allow("*"), conditional("Deny", condition)))))
        .isInstanceOf(Decision.ExplicitDeny.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws:SourceIp", "AWS:sourceip", "aws:SOURCEIP"})
  void contextKeysAreNotCaseSensitive(String key) {
    assertThat(holds("{'IpAddress':{'aws:sourceIP':'10.0.0.0/8'}}", key(key, "10.1.2.3"))).isTrue();
  }

  @Test
  void numbersAndBooleansNeedNoQuotationMarks() {
    assertThat(
            holds(
                "{'NumericLessThan':{'x:n':20},'Bool':{'x:b':true}}",
                Map.of("x:n", List.of("10"), "x:b", List.of("true"))))
        .isTrue();
  }
}
