package dev.deputy.builds;

import dev.deputy.pipeline.JsonArray;
import dev.deputy.pipeline.JsonObject;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as plain values: maps, lists, strings, numbers, booleans and null. No types, no classes. */
final class JsonData {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(200)
                          .maxNumberLength(200)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonData() {}

  /**
   * @throws StepFailed with the place where it is no JSON
   */
  static @Nullable Object read(String step, String text) {
    return read(step, text, LinkedHashMap::new, ArrayList::new);
  }

  /**
   * As {@link #read}, of values whose texts are JSON again.
   *
   * @throws StepFailed with the place where it is no JSON
   */
  static @Nullable Object readObjects(String step, String text) {
    return read(step, text, JsonObject::new, JsonArray::new);
  }

  private static @Nullable Object read(
      String step,
      String text,
      Supplier<Map<Object, @Nullable Object>> maps,
      Supplier<List<@Nullable Object>> lists) {
    if (text.isBlank()) {
      throw new StepFailed(step + ": the text is empty (expected: JSON)");
    }
    try {
      return plain(MAPPER.readValue(text, Object.class), maps, lists);
    } catch (JacksonException e) {
      throw new StepFailed(step + ": no JSON" + place(e) + ": " + e.getOriginalMessage());
    }
  }

  private static String place(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private static @Nullable Object plain(
      @Nullable Object value,
      Supplier<Map<Object, @Nullable Object>> maps,
      Supplier<List<@Nullable Object>> lists) {
    return switch (value) {
      case null -> null;
      case BigInteger number -> new BigDecimal(number);
      case List<?> list -> {
        List<@Nullable Object> copy = lists.get();
        list.forEach(item -> copy.add(plain(item, maps, lists)));
        yield copy;
      }
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> copy = maps.get();
        map.forEach((key, item) -> copy.put(key, plain(item, maps, lists)));
        yield copy;
      }
      default -> value;
    };
  }

  /**
   * @param indent spaces a level; 0 for one line
   */
  static String write(@Nullable Object value, int indent) {
    if (indent <= 0) {
      return MAPPER.writeValueAsString(value);
    }
    var indenter = new DefaultIndenter(" ".repeat(Math.min(indent, 16)), "\n");
    var separators =
        Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER);
    var printer =
        new DefaultPrettyPrinter(separators)
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    return MAPPER.writer().with(printer).writeValueAsString(value);
  }
}
