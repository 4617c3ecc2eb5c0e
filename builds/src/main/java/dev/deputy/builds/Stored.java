package dev.deputy.builds;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How what a wait ended with stands in the journal: as null, a boolean, a number, a text, or lists
 * and maps of these with texts as keys. What is read is equal to what was written.
 */
interface Stored<T> {
  @Nullable Object write(T value);

  /**
   * @throws Diverged when it can not be made again
   */
  T read(@Nullable Object stored);

  /** Of something that is done or not, and says nothing more. */
  static Stored<Boolean> done() {
    return of(value -> value, stored -> Boolean.TRUE.equals(stored));
  }

  static Stored<String> text() {
    return of(value -> value, String::valueOf);
  }

  static Stored<Integer> number() {
    return of(value -> value, stored -> Integer.valueOf(String.valueOf(stored)));
  }

  static Stored<Instant> time() {
    return of(Instant::toString, stored -> Instant.parse(String.valueOf(stored)));
  }

  /** What may be missing; for values that are never null themselves. */
  static <T> Stored<Optional<T>> optional(Stored<T> value) {
    return of(
        optional -> optional.map(value::write).orElse(null),
        stored -> stored == null ? Optional.empty() : Optional.of(value.read(stored)));
  }

  static <T> Stored<T> of(Writing<T> writing, Reading<T> reading) {
    return new Stored<>() {
      @Override
      public @Nullable Object write(T value) {
        return writing.write(value);
      }

      @Override
      public T read(@Nullable Object stored) {
        return reading.read(stored);
      }
    };
  }

  /** One half. */
  @FunctionalInterface
  interface Writing<T> {
    @Nullable Object write(T value);
  }

  /** The other half. */
  @FunctionalInterface
  interface Reading<T> {
    T read(@Nullable Object stored);
  }

  /** An object as it was stored. */
  record Fields(Map<?, ?> values) {
    static Fields of(@Nullable Object stored) {
      if (stored instanceof Map<?, ?> map) {
        return new Fields(map);
      }
      throw new Diverged("the journal holds something else than an object");
    }

    String text(String name) {
      return optionalText(name).orElseThrow(() -> new Diverged("the journal has no " + name));
    }

    Optional<String> optionalText(String name) {
      return Optional.ofNullable(values.get(name)).map(Object::toString);
    }

    int number(String name) {
      return values.get(name) instanceof Number number ? number.intValue() : 0;
    }

    List<String> texts(String name) {
      return list(name).stream().map(String::valueOf).toList();
    }

    List<?> list(String name) {
      return values.get(name) instanceof List<?> list ? list : List.of();
    }

    /** Texts by name, in their order. */
    Map<String, String> map(String name) {
      var map = new LinkedHashMap<String, String>();
      if (values.get(name) instanceof Map<?, ?> stored) {
        stored.forEach((key, value) -> map.put(String.valueOf(key), String.valueOf(value)));
      }
      return map;
    }
  }
}
