package dev.deputy.protocol;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a component's value stands in JSON. Durations are whole milliseconds, instants ISO 8601,
 * bytes base64, enums their lower-case name with hyphens.
 *
 * <p>{@code read} throws IllegalArgumentException where the JSON is something else, and never
 * repeats a text of the other end's.
 */
interface Value {
  Object write(Object value);

  Object read(Object json);

  /** The value of this component; of its content for an Optional. */
  static Value of(RecordComponent component) {
    Limit limit = component.getAnnotation(Limit.class);
    return of(component.getGenericType(), limit == null ? Protocol.MAX_NAME : limit.value());
  }

  private static Value of(Type type, int limit) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == Optional.class) {
        return of(arguments[0], limit);
      }
      return generic.getRawType() == List.class
          ? new Elements(of(arguments[0], limit))
          : new Members(of(arguments[0], limit), of(arguments[1], limit));
    }
    return of((Class<?>) type, limit);
  }

  private static Value of(Class<?> type, int limit) {
    if (type == String.class) {
      return new Text(limit);
    } else if (type == ByteBuffer.class) {
      return new Bytes(limit);
    } else if (type == long.class || type == Long.class || type == int.class) {
      return new Whole(type == int.class);
    } else if (type == boolean.class) {
      return new Flag();
    } else if (type == Duration.class || type == Instant.class) {
      return new Time(type == Instant.class);
    } else if (type.isEnum()) {
      return new Choice(type.getEnumConstants());
    } else if (type.isSealed()) {
      return new Nested<>(new SealedCodec<>(RecordCodec.nameOf(type), type));
    } else if (type == StepId.class || type == TransferId.class || type == RequestId.class) {
      return new Id(type);
    }
    throw new IllegalStateException("no form in JSON for " + type);
  }

  /** A text. */
  record Text(int max) implements Value {
    @Override
    public Object write(Object value) {
      return value;
    }

    @Override
    public String read(Object json) {
      if (!(json instanceof String text)) {
        throw new IllegalArgumentException("not a string");
      }
      if (text.length() > max) {
        throw new IllegalArgumentException("longer than " + max + " characters");
      }
      return text;
    }
  }

  /** Bytes, in base64. */
  record Bytes(int max) implements Value {
    @Override
    public Object write(Object value) {
      ByteBuffer bytes = ((ByteBuffer) value).duplicate();
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return Base64.getEncoder().encodeToString(copy);
    }

    @Override
    public Object read(Object json) {
      byte[] bytes = decode(new Text(max / 3 * 4 + 4).read(json));
      if (bytes.length > max) {
        throw new IllegalArgumentException("longer than " + max + " bytes");
      }
      return ByteBuffer.wrap(bytes);
    }
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not base64", e);
    }
  }

  /** A whole number that is not negative. */
  record Whole(boolean small) implements Value {
    @Override
    public Object write(Object value) {
      return ((Number) value).longValue();
    }

    @Override
    public Object read(Object json) {
      if (!(json instanceof Long number) || number < 0) {
        throw new IllegalArgumentException("not a whole number from 0");
      }
      return small ? (Object) Math.toIntExact(number) : number;
    }
  }

  /** True or false. */
  record Flag() implements Value {
    @Override
    public Object write(Object value) {
      return value;
    }

    @Override
    public Object read(Object json) {
      if (!(json instanceof Boolean)) {
        throw new IllegalArgumentException("not true or false");
      }
      return json;
    }
  }

  /** A point or a span of time. */
  record Time(boolean point) implements Value {
    @Override
    public Object write(Object value) {
      return point ? value.toString() : (Object) ((Duration) value).toMillis();
    }

    @Override
    public Object read(Object json) {
      if (!point) {
        return Duration.ofMillis((Long) new Whole(false).read(json));
      }
      try {
        return Instant.parse(new Text(Protocol.MAX_NAME).read(json));
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("not an instant", e);
      }
    }
  }

  /** A constant of an enum. */
  record Choice(List<Object> constants) implements Value {
    Choice(Object[] constants) {
      this(List.of(constants));
    }

    @Override
    public Object write(Object value) {
      return value.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Object read(Object json) {
      for (Object constant : constants) {
        if (write(constant).equals(json)) {
          return constant;
        }
      }
      throw new IllegalArgumentException(
          "not one of " + constants.stream().map(this::write).toList());
    }
  }

  /** A record of a sealed interface. */
  record Nested<T>(SealedCodec<T> codec) implements Value {
    @Override
    @SuppressWarnings("unchecked") // the component's type
    public Object write(Object value) {
      return codec.write((T) value);
    }

    @Override
    @SuppressWarnings("unchecked") // names are strings in all of Json's maps
    public Object read(Object json) {
      if (!(json instanceof Map<?, ?> fields)) {
        throw new IllegalArgumentException("not an object");
      }
      return codec.read((Map<String, Object>) fields);
    }
  }

  /** A list. */
  record Elements(Value element) implements Value {
    @Override
    public Object write(Object value) {
      return ((List<?>) value).stream().map(element::write).toList();
    }

    @Override
    public Object read(Object json) {
      if (!(json instanceof List<?> elements)) {
        throw new IllegalArgumentException("not a list");
      }
      requireFew(elements.size());
      List<Object> read = new ArrayList<>(elements.size());
      for (Object each : elements) {
        read.add(element.read(each));
      }
      return read;
    }
  }

  /** A map. */
  record Members(Value key, Value value) implements Value {
    @Override
    public Object write(Object map) {
      Map<Object, Object> written = new LinkedHashMap<>();
      ((Map<?, ?>) map).forEach((k, v) -> written.put(key.write(k), value.write(v)));
      return written;
    }

    @Override
    public Object read(Object json) {
      if (!(json instanceof Map<?, ?> members)) {
        throw new IllegalArgumentException("not an object");
      }
      requireFew(members.size());
      Map<Object, Object> read = new LinkedHashMap<>();
      members.forEach((k, v) -> read.put(key.read(k), value.read(v)));
      return read;
    }
  }

  /** One of the id types, as its text. */
  record Id(Class<?> type) implements Value {
    @Override
    public Object write(Object value) {
      return value.toString();
    }

    @Override
    public Object read(Object json) {
      String id = new Text(Protocol.MAX_NAME).read(json);
      if (type == StepId.class) {
        return new StepId(id);
      }
      return type == TransferId.class ? new TransferId(id) : new RequestId(id);
    }
  }

  private static void requireFew(int size) {
    if (size > Protocol.MAX_ENTRIES) {
      throw new IllegalArgumentException("more than " + Protocol.MAX_ENTRIES + " entries");
    }
  }
}
