package dev.deputy.store;

import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Maps of strings as JSON objects, keys in order. */
final class Json {
  private static final JsonFactory JSON = new JsonFactory();

  private Json() {}

  static String write(Map<String, String> map) {
    var out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      new TreeMap<>(map).forEach(json::writeStringProperty);
      json.writeEndObject();
    }
    return out.toString();
  }

  static Map<String, String> read(String text) {
    var map = new HashMap<String, String>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = json.currentName();
        json.nextToken();
        map.put(key, json.getString());
      }
    }
    return map;
  }
}
