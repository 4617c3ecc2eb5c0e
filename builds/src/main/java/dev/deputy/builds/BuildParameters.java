package dev.deputy.builds;

import dev.deputy.pipeline.ParameterDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A build's parameters: what was given, with defaults for the rest.
 *
 * @param values by name, in the file's order: strings or booleans
 * @param passwords names of those whose values are secrets
 * @param pending given, and not declared before the run: a step {@code properties} may declare them
 */
public record BuildParameters(
    Map<String, Object> values, Set<String> passwords, Map<String, String> pending) {
  public static final BuildParameters NONE = new BuildParameters(Map.of(), Set.of());

  public BuildParameters {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    passwords = Set.copyOf(passwords);
    pending = Map.copyOf(pending);
  }

  public BuildParameters(Map<String, Object> values, Set<String> passwords) {
    this(values, passwords, Map.of());
  }

  /**
   * Binds what was given to what a file declares before and while it runs; what is never declared
   * has no effect, as in Jenkins.
   *
   * @throws IllegalArgumentException naming the value that a parameter does not take
   */
  public static BuildParameters declaredLater(
      List<ParameterDefinition> declared, Map<String, String> given) {
    var now = new LinkedHashMap<String, String>(given);
    now.keySet().retainAll(declared.stream().map(ParameterDefinition::name).toList());
    var later = new LinkedHashMap<String, String>(given);
    later.keySet().removeAll(now.keySet());
    BuildParameters bound = of(declared, now);
    return new BuildParameters(bound.values(), bound.passwords(), later);
  }

  /**
   * Binds what was given to what the file declares.
   *
   * @throws IllegalArgumentException naming the parameter that the file does not declare, or the
   *     value that it does not take (never a password's)
   */
  public static BuildParameters of(List<ParameterDefinition> declared, Map<String, String> given) {
    var values = new LinkedHashMap<String, Object>();
    var passwords = new ArrayList<String>();
    for (ParameterDefinition definition : declared) {
      String text = given.get(definition.name());
      values.put(
          definition.name(), text == null ? definition.defaultValue() : value(definition, text));
      if (definition instanceof ParameterDefinition.Password) {
        passwords.add(definition.name());
      }
    }
    for (String name : given.keySet()) {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException(
            "parameter "
                + name
                + ": not declared by the pipeline (expected: "
                + (values.isEmpty() ? "none" : String.join(", ", values.keySet()))
                + ")");
      }
    }
    return new BuildParameters(values, Set.copyOf(passwords));
  }

  /** Reads the text that a person gave for a parameter. */
  private static Object value(ParameterDefinition definition, String text) {
    return switch (definition) {
      case ParameterDefinition.Text t -> t.trim() ? text.strip() : text;
      case ParameterDefinition.MultilineText _, ParameterDefinition.Password _ -> text;
      case ParameterDefinition.Flag(String name, _, _) -> flag(name, text);
      case ParameterDefinition.Choice(String name, _, List<String> choices) -> {
        if (!choices.contains(text)) {
          throw new IllegalArgumentException(
              "parameter "
                  + name
                  + ": \""
                  + text
                  + "\" (expected: one of "
                  + String.join(", ", choices)
                  + ")");
        }
        yield text;
      }
    };
  }

  private static Boolean flag(String name, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "parameter " + name + ": \"" + text + "\" (expected: true or false)");
    };
  }

  /** As environment variables of steps. */
  Map<String, String> environment() {
    var environment = new LinkedHashMap<String, String>();
    values.forEach((name, value) -> environment.put(name, value.toString()));
    return environment;
  }

  /** As they may be stored: without passwords. */
  Map<String, String> stored() {
    Map<String, String> stored = environment();
    stored.keySet().removeAll(passwords);
    return stored;
  }

  /** What must not appear anywhere. */
  Collection<String> secrets() {
    return environment().entrySet().stream()
        .filter(e -> passwords.contains(e.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Without the values of passwords. */
  @Override
  public String toString() {
    return "BuildParameters[" + stored() + ", passwords=" + passwords + "]";
  }
}
