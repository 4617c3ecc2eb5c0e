package dev.deputy.protocol;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One record type as JSON: its components are the fields, in both directions, nothing missing and
 * nothing more. An empty Optional is a field that is not there.
 */
final class RecordCodec<T> {
  private final String name;
  private final RecordComponent[] components;
  private final Value[] values;
  private final Constructor<T> constructor;

  RecordCodec(Class<T> type) {
    name = nameOf(type);
    components = type.getRecordComponents();
    values = Arrays.stream(components).map(Value::of).toArray(Value[]::new);
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
    try {
      constructor = type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(name + " is not a record", e);
    }
  }

  /** The name of a type in {@code type} fields: its simple name starting in lower case. */
  static String nameOf(Class<?> type) {
    String name = type.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  Map<String, Object> write(Object message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(SealedCodec.TYPE, name);
    for (int i = 0; i < components.length; i++) {
      Object component = component(i, message);
      if (component instanceof Optional<?> optional) {
        if (optional.isEmpty()) {
          continue;
        }
        component = optional.get();
      }
      fields.put(components[i].getName(), values[i].write(component));
    }
    return fields;
  }

  private Object component(int i, Object message) {
    try {
      return components[i].getAccessor().invoke(message);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + name, e);
    }
  }

  /** Reads and removes the fields. */
  T read(Map<String, Object> fields) {
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = argument(i, fields);
    }
    for (String unknown : fields.keySet()) {
      throw new ProtocolException(name + ": unknown field \"" + SealedCodec.brief(unknown) + '"');
    }
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException bad) {
        throw new ProtocolException(name + ": " + bad.getMessage());
      }
      throw new IllegalStateException("cannot make " + name, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + name, e);
    }
  }

  private Object argument(int i, Map<String, Object> fields) {
    String field = components[i].getName();
    boolean optional = components[i].getType() == Optional.class;
    Object json = fields.remove(field);
    if (json == null) {
      if (optional) {
        return Optional.empty();
      }
      throw new ProtocolException(name + ": field \"" + field + "\" is missing");
    }
    try {
      Object value = values[i].read(json);
      return optional ? Optional.of(value) : value;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ProtocolException(name + ": field \"" + field + "\": " + e.getMessage());
    }
  }
}
