package dev.deputy.pipeline;

import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * {@code Date}, {@code SimpleDateFormat}, {@code TimeZone} and the time in milliseconds. Where no
 * zone is given it is UTC.
 */
final class Dates {
  private static final int LONGEST_PATTERN = 200;
  private static final long DAY = Duration.ofDays(1).toMillis();

  private Dates() {}

  /** A pattern and the zone it shows. */
  private static final class Format {
    private final String pattern;
    private String zone;

    Format(String pattern, String zone) {
      this.pattern = pattern;
      this.zone = zone;
    }

    String pattern() {
      return pattern;
    }

    String zone() {
      return zone;
    }
  }

  static void addTo(KnownTypes types) {
    types
        .statics(Type.SYSTEM)
        .add("currentTimeMillis", 0, (_, a) -> a.run().host().now().toEpochMilli())
        .add("nanoTime", 0, (_, a) -> a.run().host().now().toEpochMilli() * 1_000_000L)
        .add("lineSeparator", 0, (_, _) -> "\n");
    types
        .statics(Type.DATE)
        .add("new", 0, 1, Dates::construct)
        .add("parse", 2, (_, a) -> parse(a.text(0), a.text(1), "UTC"));
    types
        .methods(Type.DATE)
        .add("getTime", 0, (d, _) -> millis(d))
        .add("toInstant", 0, (d, _) -> new KnownValue(Type.INSTANT, instant(d)))
        .add("format", 1, 2, Dates::format)
        .add("plus", 1, (d, a) -> date(millis(d) + a.number(0).longValue() * DAY))
        .add("minus", 1, Dates::minus)
        .add("next", 0, (d, _) -> date(millis(d) + DAY))
        .add("previous", 0, (d, _) -> date(millis(d) - DAY))
        .add("before", 1, (d, a) -> millis(d) < millis(known(a, 0)))
        .add("after", 1, (d, a) -> millis(d) > millis(known(a, 0)))
        .add("compareTo", 1, (d, a) -> Long.compare(millis(d), millis(known(a, 0))))
        .add("clearTime", 0, (d, _) -> date(Math.floorDiv(millis(d), DAY) * DAY));
    types
        .statics(Type.DATE_FORMAT)
        .add("new", 1, 2, (_, a) -> new KnownValue(Type.DATE_FORMAT, new Format(a.text(0), "UTC")));
    types
        .methods(Type.DATE_FORMAT)
        .add("setTimeZone", 1, Dates::setZone)
        .add("setLenient", 1, (_, _) -> null)
        .add("format", 1, (f, a) -> format(known(a, 0), formatOf(f)))
        .add("parse", 1, (f, a) -> parse(formatOf(f).pattern(), a.text(0), formatOf(f).zone()));
    types
        .statics(Type.TIME_ZONE)
        .add("getTimeZone", 1, (_, a) -> new KnownValue(Type.TIME_ZONE, zone(a.text(0))))
        .add("getDefault", 0, (_, _) -> new KnownValue(Type.TIME_ZONE, "UTC"));
    types.methods(Type.TIME_ZONE).add("getID", 0, (z, _) -> z.content());
  }

  private static @Nullable Object setZone(KnownValue format, Arguments arguments) {
    formatOf(format).zone = known(arguments, 0).content().toString();
    return null;
  }

  private static Format formatOf(KnownValue value) {
    return (Format) value.content();
  }

  private static KnownValue construct(Type type, Arguments arguments) {
    return arguments.count() == 0
        ? new KnownValue(
            type, arguments.run().host().now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS))
        : date(arguments.number(0).longValue());
  }

  static KnownValue date(long millis) {
    return new KnownValue(Type.DATE, Instant.ofEpochMilli(millis));
  }

  private static Instant instant(KnownValue date) {
    return (Instant) date.content();
  }

  private static long millis(KnownValue date) {
    return instant(date).toEpochMilli();
  }

  static KnownValue known(Arguments arguments, int index) {
    if (arguments.get(index) instanceof KnownValue value) {
      return value;
    }
    throw arguments
        .run()
        .invocations()
        .missingMethod("", arguments.method(), arguments.positional());
  }

  private static Object minus(KnownValue date, Arguments arguments) {
    return arguments.get(0) instanceof KnownValue other
        ? (Object) (int) ((millis(date) - millis(other)) / DAY)
        : date(millis(date) - arguments.number(0).longValue() * DAY);
  }

  /** As {@code date.toString()} shows it. */
  static String text(Instant date) {
    return format("EEE MMM dd HH:mm:ss zzz yyyy", "UTC").format(Date.from(date));
  }

  private static String zone(String name) {
    return TimeZone.getTimeZone(name).getID();
  }

  private static Object format(KnownValue date, Arguments arguments) {
    @Nullable Object zone = arguments.count() > 1 ? arguments.get(1) : null;
    String name = zone instanceof KnownValue known ? known.content().toString() : "UTC";
    return format(date, new Format(arguments.text(0), name));
  }

  private static String format(KnownValue date, Format format) {
    return format(format.pattern(), format.zone()).format(Date.from(instant(date)));
  }

  private static Object parse(String pattern, String text, String zone) {
    Date date = format(pattern, zone).parse(text, new ParsePosition(0));
    if (date == null) {
      throw ScriptError.of(Type.PARSE, "Unparseable date: \"" + text + "\"");
    }
    return date(date.toInstant().toEpochMilli());
  }

  private static SimpleDateFormat format(String pattern, String zone) {
    if (pattern.length() > LONGEST_PATTERN) {
      throw ScriptError.of(Type.ILLEGAL_ARGUMENT, "the pattern of a date is too long");
    }
    try {
      SimpleDateFormat format = new SimpleDateFormat(pattern, Locale.ENGLISH);
      format.setTimeZone(TimeZone.getTimeZone(ZoneId.of(zone, ZoneId.SHORT_IDS)));
      return format;
    } catch (IllegalArgumentException broken) {
      throw ScriptError.of(Type.ILLEGAL_ARGUMENT, String.valueOf(broken.getMessage()));
    }
  }
}
