package dev.deputy.sandbox;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request parameter may hold. An action declares its shape once; {@link ShapeCheck} then
 * refuses whatever does not fit, names what is not known, and turns the strings of the Query
 * protocol into typed values.
 */
sealed interface Shape {
  /**
   * A string of {@code min} to {@code max} characters; a secret one is left out of messages and
   * events.
   */
  record Text(int min, int max, @Nullable Pattern pattern, boolean secret) implements Shape {}

  /** One of some words, compared exactly. */
  record Choice(List<String> values) implements Shape {
    public Choice {
      values = List.copyOf(values);
    }
  }

  /** An integer within inclusive limits. */
  record Whole(long min, long max) implements Shape {}

  /** True or false. */
  record Flag() implements Shape {}

  /**
   * A point in time: seconds since the epoch in JSON, ISO 8601 in the Query protocol; kept as
   * seconds.
   */
  record Time() implements Shape {}

  /** An ordered list. */
  record ListOf(Shape element, int min, int max) implements Shape {}

  /** A JSON object with free keys. */
  record MapOf(Shape value) implements Shape {}

  /** An object with known members only. */
  record Structure(Map<String, Field> fields) implements Shape {
    public Structure {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /** Any JSON, such as a policy document within a template. */
  record Document() implements Shape {}

  /** One member of a structure. */
  record Field(String name, Shape shape, boolean required) {}

  static Text text() {
    return text(0, Integer.MAX_VALUE);
  }

  static Text text(int min, int max) {
    return new Text(min, max, null, false);
  }

  static Text text(int min, int max, String pattern) {
    return new Text(min, max, Pattern.compile(pattern), false);
  }

  static Text secret(int min, int max) {
    return new Text(min, max, null, true);
  }

  static Choice oneOf(String... values) {
    return new Choice(List.of(values));
  }

  static Whole whole(long min, long max) {
    return new Whole(min, max);
  }

  static Flag flag() {
    return new Flag();
  }

  static Time time() {
    return new Time();
  }

  static Document document() {
    return new Document();
  }

  static ListOf list(Shape element) {
    return new ListOf(element, 0, Integer.MAX_VALUE);
  }

  static ListOf list(Shape element, int min, int max) {
    return new ListOf(element, min, max);
  }

  static MapOf map(Shape value) {
    return new MapOf(value);
  }

  /** A member that a request must have. */
  static Field need(String name, Shape shape) {
    return new Field(name, shape, true);
  }

  /** A member that a request may have. */
  static Field may(String name, Shape shape) {
    return new Field(name, shape, false);
  }

  static Structure structure(Field... fields) {
    Map<String, Field> byName = new LinkedHashMap<>();
    for (Field field : fields) {
      byName.put(field.name(), field);
    }
    return new Structure(byName);
  }
}
