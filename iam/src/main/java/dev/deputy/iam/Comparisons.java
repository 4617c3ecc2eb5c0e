package dev.deputy.iam;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** Compiles the values of conditions. A request's value of the wrong type equals nothing. */
final class Comparisons {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");
  private static final Pattern EPOCH_SECONDS = Pattern.compile("[0-9]{1,11}");

  private Comparisons() {}

  static ValueTest stringEquals(Json.Text value, boolean variables) {
    return TextPattern.compile(value, false, variables)::matches;
  }

  static ValueTest stringEqualsIgnoreCase(Json.Text value, boolean variables) {
    return TextPattern.compile(value, false, variables)::matchesIgnoringCase;
  }

  static ValueTest stringLike(Json.Text value, boolean variables) {
    return TextPattern.compile(value, true, variables)::matches;
  }

  static ValueTest arn(Json.Text value, boolean variables) {
    return ArnPattern.compile(value, variables)::matches;
  }

  static ConditionOperator.ValueCompiler numeric(IntPredicate order) {
    return (value, _) -> {
      BigDecimal limit = number(value.value()).orElseThrow(() -> value.error("a decimal number"));
      return (actual, _) -> number(actual).filter(n -> order.test(n.compareTo(limit))).isPresent();
    };
  }

  static ConditionOperator.ValueCompiler date(IntPredicate order) {
    return (value, _) -> {
      Instant limit =
          instant(value.value())
              .orElseThrow(() ->
                  value.error(
                      "a date such as 2026-01-31 or 2026-01-31T12:00:00Z, or seconds since"
                          + " 1970"));
      return (actual, _) ->
          instant(actual).filter(time -> order.test(time.compareTo(limit))).isPresent();
    };
  }

  static ValueTest bool(Json.Text value, boolean variables) {
    String expected = value.value();
    if (!expected.equalsIgnoreCase("true") && !expected.equalsIgnoreCase("false")) {
      throw value.error("true or false");
    }
    return (actual, _) -> actual.equalsIgnoreCase(expected);
  }

  static ValueTest binary(Json.Text value, boolean variables) {
    byte[] expected = base64(value.value()).orElseThrow(() -> value.error("base64"));
    return (actual, _) ->
        base64(actual).filter(bytes -> Arrays.equals(bytes, expected)).isPresent();
  }

  static ValueTest ipAddress(Json.Text value, boolean variables) {
    IpRange range =
        IpRange.parse(value.value())
            .orElseThrow(() -> value.error("an IP address or CIDR range such as 203.0.113.0/24"));
    return (actual, _) -> range.contains(actual);
  }

  private static Optional<BigDecimal> number(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  private static Optional<Instant> instant(String text) {
    try {
      if (EPOCH_SECONDS.matcher(text).matches()) {
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
      }
      return Optional.of(
          text.indexOf('T') < 0
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> base64(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
