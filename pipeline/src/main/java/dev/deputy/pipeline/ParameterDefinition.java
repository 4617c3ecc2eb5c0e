package dev.deputy.pipeline;

import java.util.List;

/** A parameter that a build can be started with. */
public sealed interface ParameterDefinition {
  /** The key in {@code params}. */
  String name();

  /** For people; empty where there is none. */
  String description();

  /** What the build gets when nothing was given: a string or a boolean. */
  Object defaultValue();

  /** {@code string}: one line. */
  record Text(String name, String description, String defaultValue, boolean trim)
      implements ParameterDefinition {}

  /** {@code text}: several lines. */
  record MultilineText(String name, String description, String defaultValue)
      implements ParameterDefinition {}

  /** {@code booleanParam}. */
  record Flag(String name, String description, Boolean defaultValue)
      implements ParameterDefinition {}

  /** One of several values, the first by default. */
  record Choice(String name, String description, List<String> choices)
      implements ParameterDefinition {
    public Choice {
      choices = List.copyOf(choices);
      if (choices.isEmpty()) {
        throw new IllegalArgumentException("choices: empty (expected: at least one)");
      }
    }

    @Override
    public String defaultValue() {
      return choices.getFirst();
    }
  }

  /** {@code password}: to be masked everywhere; never part of {@link #toString()}. */
  record Password(String name, String description, String defaultValue)
      implements ParameterDefinition {
    @Override
    public String toString() {
      return "Password[name=" + name + "]";
    }
  }
}
