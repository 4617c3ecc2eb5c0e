package dev.deputy.builds;

import dev.deputy.pipeline.PipelineException.StepFailed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML 1.2 as plain values. Tags make no objects; what aliases stand for is copied out, up to a
 * limit, so that no text grows into more than the build may have.
 */
final class YamlData {
  private static final int MAX_VALUES = 100_000;
  private static final int MAX_DEPTH = 100;
  private static final int MAX_CHARACTERS = 3 << 20;

  private final String step;
  private int values;

  private YamlData(String step) {
    this.step = step;
  }

  /** The only document's value, or a list of those of several; null where there is none. */
  static @Nullable Object read(String step, String text) {
    var settings =
        LoadSettings.builder()
            .setLabel(step)
            .setSchema(new CoreSchema())
            .setMaxAliasesForCollections(50)
            .setCodePointLimit(MAX_CHARACTERS)
            .build();
    var reader = new YamlData(step);
    List<@Nullable Object> documents = new ArrayList<>();
    try {
      for (Object document : new Load(settings).loadAllFromString(text)) {
        documents.add(reader.plain(document, 0));
      }
    } catch (YamlEngineException e) {
      throw new StepFailed(step + ": no YAML: " + e.getMessage());
    }
    return switch (documents.size()) {
      case 0 -> null;
      case 1 -> documents.getFirst();
      default -> documents;
    };
  }

  private @Nullable Object plain(@Nullable Object value, int depth) {
    if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
      throw new StepFailed(
          "%s: the YAML is too large (at most %d values, %d levels)"
              .formatted(step, MAX_VALUES, MAX_DEPTH));
    }
    return switch (value) {
      case null -> null;
      case Boolean _, Integer _, Long _, String _ -> value;
      case BigInteger number -> new BigDecimal(number);
      case Double number when number.isNaN() || number.isInfinite() -> number.toString();
      case Double number -> BigDecimal.valueOf(number);
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, item) -> copy.put(key(key), plain(item, depth + 1)));
        yield copy;
      }
      case Iterable<?> items -> {
        List<@Nullable Object> copy = new ArrayList<>();
        items.forEach(item -> copy.add(plain(item, depth + 1)));
        yield copy;
      }
      default -> value.toString();
    };
  }

  private static Object key(@Nullable Object key) {
    return key instanceof Integer || key instanceof Boolean ? key : String.valueOf(key);
  }

  /** Documents in block style, with quotes around texts that are none in YAML 1.1 or 1.2. */
  static String write(List<? extends @Nullable Object> documents) {
    var settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setExplicitStart(documents.size() > 1)
            .setSchema(new CautiousSchema())
            .build();
    return new Dump(settings).dumpAllToString(documents.iterator());
  }
}
