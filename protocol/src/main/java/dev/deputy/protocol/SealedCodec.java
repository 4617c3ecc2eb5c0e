package dev.deputy.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The records of one sealed interface as JSON objects that say in {@code type} which one it is. */
final class SealedCodec<T> {
  static final String TYPE = "type";

  private final String what;
  private final Map<String, Class<?>> types = new HashMap<>();
  private final Map<Class<?>, RecordCodec<?>> codecs = new ConcurrentHashMap<>();

  SealedCodec(String what, Class<T> sealed) {
    this.what = what;
    for (Class<?> type : sealed.getPermittedSubclasses()) {
      types.put(RecordCodec.nameOf(type), type);
    }
  }

  Map<String, Object> write(T message) {
    return codec(message.getClass()).write(message);
  }

  /** Reads and removes the fields. */
  @SuppressWarnings("unchecked") // codecs of permitted subclasses only
  T read(Map<String, Object> fields) {
    if (!(fields.remove(TYPE) instanceof String name)) {
      throw new ProtocolException(what + ": field \"type\" is missing or not a string");
    }
    Class<?> type = types.get(name);
    if (type == null) {
      throw new ProtocolException(what + ": unknown type \"" + brief(name) + '"');
    }
    return (T) codec(type).read(fields);
  }

  private RecordCodec<?> codec(Class<?> type) {
    return codecs.computeIfAbsent(type, RecordCodec::new);
  }

  /** A name of the other end's choice, short enough for a message. */
  static String brief(String name) {
    return name.length() > 40 ? name.substring(0, 40) + "…" : name;
  }
}
