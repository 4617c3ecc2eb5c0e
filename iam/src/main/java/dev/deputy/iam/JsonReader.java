package dev.deputy.iam;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads strict JSON of bounded size and depth into values that know their place. */
final class JsonReader {

  /** Three times the largest policy that AWS accepts anywhere (20 KiB, for buckets). */
  static final int MAX_LENGTH = 65_536;

  /** A condition's value list lies at depth 6. */
  static final int MAX_DEPTH = 8;

  private static final int MAX_NUMBER_LENGTH = 40;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .build())
          .build();

  private final JsonParser parser;

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  static Json read(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new PolicySyntaxException(
          1, 1, "at most " + MAX_LENGTH + " characters", text.length() + " characters");
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      return new JsonReader(parser).document();
    } catch (JacksonException e) {
      throw at(e.getLocation(), "valid JSON", e.getOriginalMessage());
    }
  }

  private Json document() {
    Json value = value(parser.nextToken());
    if (parser.nextToken() != null) {
      throw here("the end of the document", "more text");
    }
    return value;
  }

  private Json value(@Nullable JsonToken token) {
    TokenStreamLocation start = parser.currentTokenLocation();
    int line = start.getLineNr();
    int column = start.getColumnNr();
    return switch (token) {
      case START_OBJECT -> new Json.Members(line, column, members());
      case START_ARRAY -> new Json.Array(line, column, items());
      case VALUE_STRING -> new Json.Text(line, column, parser.getString());
      case VALUE_NULL -> new Json.Null(line, column);
      case VALUE_TRUE, VALUE_FALSE, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Json.Literal(line, column, parser.getString());
      case null, default -> throw here("a JSON value", "the end of the document");
    };
  }

  private List<Json.Member> members() {
    List<Json.Member> members = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      TokenStreamLocation start = parser.currentTokenLocation();
      Json.Text name = new Json.Text(start.getLineNr(), start.getColumnNr(), parser.currentName());
      if (!seen.add(name.value())) {
        throw name.error("each key once", "a second " + name.describe());
      }
      members.add(new Json.Member(name, value(parser.nextToken())));
    }
    return List.copyOf(members);
  }

  private List<Json> items() {
    List<Json> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(token));
    }
    return List.copyOf(items);
  }

  private PolicySyntaxException here(String expected, String found) {
    return at(parser.currentTokenLocation(), expected, found);
  }

  /** The library counts from 1 but says 0 at the end of an empty document, or nothing at all. */
  private static PolicySyntaxException at(
      @Nullable TokenStreamLocation location, String expected, String found) {
    int line = location == null ? 1 : Math.max(1, location.getLineNr());
    int column = location == null ? 1 : Math.max(1, location.getColumnNr());
    return new PolicySyntaxException(line, column, expected, found);
  }
}
