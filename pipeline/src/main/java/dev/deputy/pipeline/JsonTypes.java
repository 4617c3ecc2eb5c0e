package dev.deputy.pipeline;

/** {@code JsonOutput}, {@code JsonSlurper} and {@code JsonSlurperClassic}, {@code JsonBuilder}. */
final class JsonTypes {
  private JsonTypes() {}

  static void addTo(KnownTypes types) {
    types
        .statics(Type.JSON_OUTPUT)
        .add("toJson", 1, (_, a) -> new JsonWriter(a.run(), false).write(a.get(0)))
        .add("prettyPrint", 1, (_, a) -> pretty(a.text(0), a));
    types.statics(Type.JSON_SLURPER).add("new", 0, 1, (t, _) -> new KnownValue(t, "slurper"));
    types
        .methods(Type.JSON_SLURPER)
        .add("parseText", 1, (_, a) -> new JsonReader(a.text(0), a.budget()).read());
    types
        .statics(Type.JSON_BUILDER)
        .add("new", 0, 1, (t, a) -> new KnownValue(t, a.count() == 0 ? "" : given(a)));
    types
        .methods(Type.JSON_BUILDER)
        .add("toString", 0, (b, a) -> new JsonWriter(a.run(), false).write(content(b)))
        .add("toPrettyString", 0, (b, a) -> new JsonWriter(a.run(), true).write(content(b)))
        .add("getContent", 0, (b, _) -> content(b));
  }

  private static Object given(Arguments arguments) {
    Object value = arguments.get(0);
    return value == null ? "" : value;
  }

  private static Object content(KnownValue builder) {
    return builder.content();
  }

  private static Object pretty(String json, Arguments arguments) {
    return new JsonWriter(arguments.run(), true)
        .write(new JsonReader(json, arguments.budget()).read());
  }
}
