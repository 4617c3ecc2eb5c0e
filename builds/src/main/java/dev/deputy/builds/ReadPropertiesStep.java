package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code readProperties}: Java properties as a map; the text wins over the file, both over
 * defaults.
 */
final class ReadPropertiesStep implements Step {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}]+)}");
  private static final int MOST_REFERENCES = 1000;

  @Override
  public StepSignature signature() {
    return Signatures.step("readProperties")
        .optional(Kind.STRING, "file", "text", "charset")
        .optional(Kind.MAP, "defaults")
        .optional(Kind.BOOLEAN, "interpolate", "replaceTokens")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public Set<String> names() {
    return Set.of("file", "charset");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    Map<String, Object> values = new TreeMap<>();
    if (step.argument("defaults") instanceof Map<?, ?> defaults) {
      defaults.forEach((key, value) -> values.put(String.valueOf(key), String.valueOf(value)));
    }
    if (step.filledText("file").isEmpty() && step.optionalText("text").isEmpty()) {
      throw new StepFailed("At least one of file or text needs to be provided to readProperties.");
    }
    step.filledText("file").ifPresent(file -> load(DataText.read(step, file), values));
    step.optionalText("text").ifPresent(text -> load(text, values));
    if (step.flag("interpolate", false)) {
      values.replaceAll((_, value) -> interpolated(value.toString(), values));
    }
    return values;
  }

  private static void load(String text, Map<String, Object> into) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      throw new StepFailed("readProperties: " + e.getMessage());
    }
    properties.stringPropertyNames().forEach(name -> into.put(name, properties.getProperty(name)));
  }

  /** References in values to other values; unknown ones stay as they are. */
  private static String interpolated(String value, Map<String, Object> values) {
    String text = value;
    int from = 0;
    for (int count = 0; count < MOST_REFERENCES; count++) {
      Matcher reference = REFERENCE.matcher(text);
      if (!reference.find(from)) {
        return text;
      }
      Object found = values.get(reference.group(1));
      if (found == null) {
        from = reference.end();
      } else {
        text = text.substring(0, reference.start()) + found + text.substring(reference.end());
        if (text.length() > 1 << 20) {
          break;
        }
      }
    }
    throw new StepFailed("readProperties: the values refer to each other without an end");
  }
}
