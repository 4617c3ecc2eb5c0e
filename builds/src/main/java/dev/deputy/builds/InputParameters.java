package dev.deputy.builds;

import dev.deputy.pipeline.ParameterDefinition;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code parameters} as the interpreter hands them to a step. */
final class InputParameters {
  private InputParameters() {}

  /**
   * @param argument a map with {@code $class}, {@code name} and what belongs to the kind
   * @throws StepFailed naming a kind that does not exist or a name that is missing
   */
  static ParameterDefinition read(String step, Object argument) {
    if (!(argument instanceof Map<?, ?> map)) {
      throw new StepFailed(step + ": parameters (expected: string(name: …) and the like)");
    }
    String name = text(map, "name", "");
    if (name.isEmpty()) {
      throw new StepFailed(step + ": a parameter without a name");
    }
    String description = text(map, "description", "");
    String initial = text(map, "defaultValue", "");
    String kind = text(map, "$class", "");
    return switch (kind) {
      case "string", "StringParameterDefinition" ->
          new ParameterDefinition.Text(
              name, description, initial, Boolean.TRUE.equals(map.get("trim")));
      case "text", "TextParameterDefinition" ->
          new ParameterDefinition.MultilineText(name, description, initial);
      case "booleanParam", "BooleanParameterDefinition" ->
          new ParameterDefinition.Flag(name, description, initial.equals("true"));
      case "choice", "ChoiceParameterDefinition" ->
          new ParameterDefinition.Choice(
              name, description, choices(step, name, map.get("choices")));
      case "password", "PasswordParameterDefinition" ->
          new ParameterDefinition.Password(name, description, initial);
      default ->
          throw new StepFailed(
              step
                  + ": parameter "
                  + name
                  + ": \""
                  + kind
                  + "\" (expected: string, text, booleanParam, choice or password)");
    };
  }

  private static List<String> choices(String step, String name, @Nullable Object value) {
    List<String> choices =
        switch (value) {
          case List<?> items -> items.stream().map(String::valueOf).toList();
          case String lines -> Arrays.asList(lines.split("\n"));
          case null, default -> List.of();
        };
    if (choices.isEmpty()) {
      throw new StepFailed(step + ": parameter " + name + ": choices (expected: at least one)");
    }
    return choices;
  }

  private static String text(Map<?, ?> map, String key, String absent) {
    Object value = map.get(key);
    return value == null ? absent : value.toString();
  }
}
