package dev.deputy.pipeline;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What pipelines use of {@code java.time}. Where no zone is given it is UTC. */
final class Times {
  private static final List<Type> TEMPORAL =
      List.of(Type.INSTANT, Type.LOCAL_DATE, Type.LOCAL_DATE_TIME, Type.ZONED_DATE_TIME);

  private Times() {}

  static void addTo(KnownTypes types) {
    for (Type type : TEMPORAL) {
      types
          .statics(type)
          .add("now", 0, 1, (t, a) -> of(at(t, zoned(a, 0))))
          .add("parse", 1, 2, (t, a) -> dated(() -> of(parsed(t, a))))
          .add("of", 3, 7, (t, a) -> dated(() -> of(given(t, a))))
          .add("ofEpochMilli", 1, (_, a) -> of(Instant.ofEpochMilli(a.number(0).longValue())))
          .add("ofEpochSecond", 1, (_, a) -> of(Instant.ofEpochSecond(a.number(0).longValue())));
      methods(types.methods(type));
    }
    types
        .statics(Type.FORMATTER)
        .add("ofPattern", 1, 2, (_, a) -> dated(() -> formatter(a.text(0))));
    types
        .methods(Type.FORMATTER)
        .add("format", 1, (f, a) -> dated(() -> formatted((DateTimeFormatter) f.content(), a)))
        .add(
            "withZone", 1, (f, a) -> known(((DateTimeFormatter) f.content()).withZone(zone(a, 0))));
    types
        .statics(Type.ZONE)
        .add("of", 1, (_, a) -> dated(() -> new KnownValue(Type.ZONE, ZoneId.of(a.text(0)))))
        .add("systemDefault", 0, (_, _) -> new KnownValue(Type.ZONE, ZoneOffset.UTC));
    durations(types);
  }

  private static void methods(MethodTable<KnownValue> table) {
    table
        .add("format", 1, (t, a) -> dated(() -> shown(t, a)))
        .add("toEpochMilli", 0, (t, _) -> instant(t).toEpochMilli())
        .add("getEpochSecond", 0, (t, _) -> instant(t).getEpochSecond())
        .add("plus", 1, 2, (t, a) -> dated(() -> moved(t, a, 1)))
        .add("minus", 1, 2, (t, a) -> dated(() -> moved(t, a, -1)))
        .add("isBefore", 1, (t, a) -> instant(t).isBefore(instant(Dates.known(a, 0))))
        .add("isAfter", 1, (t, a) -> instant(t).isAfter(instant(Dates.known(a, 0))))
        .add("atZone", 1, (t, a) -> dated(() -> of(zoned(t, zone(a, 0)))))
        .add("atStartOfDay", 0, (t, _) -> of(((LocalDate) t.content()).atStartOfDay()))
        .add("toLocalDate", 0, (t, _) -> of(zoned(t, ZoneOffset.UTC).toLocalDate()))
        .add("toInstant", 0, 1, (t, _) -> of(instant(t)))
        .add("truncatedTo", 1, (t, a) -> dated(() -> of(truncated(t, unit(a, 0)))))
        .add("getYear", 0, (t, _) -> zoned(t, ZoneOffset.UTC).getYear())
        .add("getMonthValue", 0, (t, _) -> zoned(t, ZoneOffset.UTC).getMonthValue())
        .add("getDayOfMonth", 0, (t, _) -> zoned(t, ZoneOffset.UTC).getDayOfMonth())
        .add("getDayOfYear", 0, (t, _) -> zoned(t, ZoneOffset.UTC).getDayOfYear())
        .add("getDayOfWeek", 0, (t, _) -> zoned(t, ZoneOffset.UTC).getDayOfWeek().name())
        .add("getHour", 0, (t, _) -> zoned(t, ZoneOffset.UTC).getHour())
        .add("getMinute", 0, (t, _) -> zoned(t, ZoneOffset.UTC).getMinute())
        .add("getSecond", 0, (t, _) -> zoned(t, ZoneOffset.UTC).getSecond());
    for (ChronoUnit unit :
        List.of(
            ChronoUnit.MILLIS,
            ChronoUnit.SECONDS,
            ChronoUnit.MINUTES,
            ChronoUnit.HOURS,
            ChronoUnit.DAYS,
            ChronoUnit.WEEKS,
            ChronoUnit.MONTHS,
            ChronoUnit.YEARS)) {
      String name = unit.toString();
      table.add("plus" + name, 1, (t, a) -> dated(() -> of(by(t, a.number(0).longValue(), unit))));
      table.add(
          "minus" + name, 1, (t, a) -> dated(() -> of(by(t, -a.number(0).longValue(), unit))));
    }
  }

  private static void durations(KnownTypes types) {
    MethodTable<Type> statics = types.statics(Type.DURATION);
    for (ChronoUnit unit :
        List.of(
            ChronoUnit.MILLIS,
            ChronoUnit.SECONDS,
            ChronoUnit.MINUTES,
            ChronoUnit.HOURS,
            ChronoUnit.DAYS)) {
      statics.add(
          "of" + unit, 1, (_, a) -> dated(() -> of(Duration.of(a.number(0).longValue(), unit))));
    }
    statics.add(
        "between",
        2,
        (_, a) -> of(Duration.between(instant(Dates.known(a, 0)), instant(Dates.known(a, 1)))));
    types
        .methods(Type.DURATION)
        .add("toMillis", 0, (d, _) -> ((Duration) d.content()).toMillis())
        .add("getSeconds", 0, (d, _) -> ((Duration) d.content()).toSeconds())
        .add("toSeconds", 0, (d, _) -> ((Duration) d.content()).toSeconds())
        .add("toMinutes", 0, (d, _) -> ((Duration) d.content()).toMinutes())
        .add("toHours", 0, (d, _) -> ((Duration) d.content()).toHours())
        .add("toDays", 0, (d, _) -> ((Duration) d.content()).toDays());
  }

  private static <T> T dated(Supplier<T> work) {
    try {
      return work.get();
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException failure) {
      throw ScriptError.of(Type.DATE_TIME, String.valueOf(failure.getMessage()));
    }
  }

  private static KnownValue of(Object content) {
    Type type =
        switch (content) {
          case Instant _ -> Type.INSTANT;
          case LocalDate _ -> Type.LOCAL_DATE;
          case LocalDateTime _ -> Type.LOCAL_DATE_TIME;
          case ZonedDateTime _ -> Type.ZONED_DATE_TIME;
          default -> Type.DURATION;
        };
    return new KnownValue(type, content);
  }

  private static KnownValue known(DateTimeFormatter formatter) {
    return new KnownValue(Type.FORMATTER, formatter);
  }

  private static KnownValue formatter(String pattern) {
    if (pattern.length() > 200) {
      throw new IllegalArgumentException("the pattern of a date is too long");
    }
    return known(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
  }

  private static ZoneId zone(Arguments arguments, int index) {
    Object zone = arguments.count() > index ? arguments.get(index) : null;
    return zone instanceof KnownValue known && known.content() instanceof ZoneId id
        ? id
        : ZoneOffset.UTC;
  }

  private static ZonedDateTime zoned(Arguments arguments, int zone) {
    return arguments
        .run()
        .host()
        .now()
        .truncatedTo(ChronoUnit.MILLIS)
        .atZone(zone(arguments, zone));
  }

  private static Temporal at(Type type, ZonedDateTime time) {
    return switch (type) {
      case INSTANT -> time.toInstant();
      case LOCAL_DATE -> time.toLocalDate();
      case LOCAL_DATE_TIME -> time.toLocalDateTime();
      default -> time;
    };
  }

  private static Temporal parsed(Type type, Arguments arguments) {
    String text = arguments.text(0);
    @Nullable DateTimeFormatter formatter =
        arguments.count() > 1 && Dates.known(arguments, 1).content() instanceof DateTimeFormatter f
            ? f
            : null;
    return switch (type) {
      case INSTANT -> Instant.parse(text);
      case LOCAL_DATE ->
          formatter == null ? LocalDate.parse(text) : LocalDate.parse(text, formatter);
      case LOCAL_DATE_TIME ->
          formatter == null ? LocalDateTime.parse(text) : LocalDateTime.parse(text, formatter);
      default -> ZonedDateTime.parse(text);
    };
  }

  private static Temporal given(Type type, Arguments a) {
    return type == Type.LOCAL_DATE
        ? LocalDate.of(a.integer(0), a.integer(1), a.integer(2))
        : LocalDateTime.of(
            a.integer(0),
            a.integer(1),
            a.integer(2),
            a.count() > 3 ? a.integer(3) : 0,
            a.count() > 4 ? a.integer(4) : 0,
            a.count() > 5 ? a.integer(5) : 0);
  }

  private static Instant instant(KnownValue value) {
    return zoned(value, ZoneOffset.UTC).toInstant();
  }

  private static ZonedDateTime zoned(KnownValue value, ZoneId zone) {
    return switch (value.content()) {
      case Instant time -> time.atZone(zone);
      case LocalDate date -> date.atStartOfDay(zone);
      case LocalDateTime time -> time.atZone(zone);
      case ZonedDateTime time -> time;
      default -> throw new IllegalArgumentException(value.type().displayName() + " is no time");
    };
  }

  private static Object shown(KnownValue time, Arguments arguments) {
    DateTimeFormatter formatter =
        arguments.get(0) instanceof KnownValue known
                && known.content() instanceof DateTimeFormatter given
            ? given
            : (DateTimeFormatter) formatter(arguments.text(0)).content();
    return formatter.format((TemporalAccessor) time.content());
  }

  private static Object formatted(DateTimeFormatter formatter, Arguments arguments) {
    return formatter.format((TemporalAccessor) Dates.known(arguments, 0).content());
  }

  private static Temporal by(KnownValue time, long amount, ChronoUnit unit) {
    return ((Temporal) time.content()).plus(amount, unit);
  }

  private static KnownValue moved(KnownValue time, Arguments arguments, int sign) {
    if (arguments.get(0) instanceof KnownValue amount
        && amount.content() instanceof TemporalAmount by) {
      Temporal temporal = (Temporal) time.content();
      return of(sign > 0 ? temporal.plus(by) : temporal.minus(by));
    }
    ChronoUnit unit =
        arguments.count() > 1
            ? unit(arguments, 1)
            : time.type() == Type.LOCAL_DATE ? ChronoUnit.DAYS : ChronoUnit.SECONDS;
    return of(by(time, sign * arguments.number(0).longValue(), unit));
  }

  private static Temporal truncated(KnownValue time, ChronoUnit unit) {
    return switch (time.content()) {
      case Instant value -> value.truncatedTo(unit);
      case LocalDateTime value -> value.truncatedTo(unit);
      case ZonedDateTime value -> value.truncatedTo(unit);
      default -> (Temporal) time.content();
    };
  }

  private static ChronoUnit unit(Arguments arguments, int index) {
    return ChronoUnit.valueOf(
        arguments.values().text(arguments.get(index)).toUpperCase(Locale.ROOT));
  }
}
