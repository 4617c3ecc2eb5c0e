package dev.deputy.pipeline;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a step takes.
 *
 * @param name as written in a Jenkinsfile
 * @param parameters all that it knows; at most one is the default, which a lone positional argument
 *     goes to
 * @param body whether a block must, may or must not follow
 * @param needsAgent whether it only works inside an agent (declarative {@code agent}, scripted
 *     {@code node})
 */
public record StepSignature(
    String name, List<Parameter> parameters, BodyUse body, boolean needsAgent) {
  public StepSignature {
    parameters = List.copyOf(parameters);
  }

  /** The parameter a lone positional argument goes to. */
  public Optional<Parameter> defaultParameter() {
    return parameters.stream().filter(Parameter::isDefault).findFirst();
  }

  /** Whether a step takes a block. */
  public enum BodyUse {
    NONE,
    REQUIRED,
    OPTIONAL
  }

  /** What kind of value a parameter takes. */
  public enum Kind {
    STRING,
    BOOLEAN,
    INTEGER,
    LIST,
    MAP,
    ANY
  }

  /**
   * Looks at a value that is written out in the file, beyond its kind, before anything runs. What
   * is only known at run time is the step's own to check.
   */
  @FunctionalInterface
  public interface Literals {
    /** Takes every value. */
    Literals ANY = _ -> Optional.empty();

    /**
     * @param value a string, a number, a boolean, or a map with what is written out in it
     * @return the value and what is expected instead, such as {@code -1 (expected: >= 0)}; empty
     *     where it will do
     */
    Optional<String> fault(Object value);
  }

  /**
   * One parameter of a step.
   *
   * @param ignored why what it is given has no effect, such as {@code see notifications in
   *     deputy.yaml}; empty where it has
   */
  public record Parameter(
      String name,
      Kind kind,
      boolean required,
      boolean isDefault,
      Literals literals,
      Optional<String> ignored) {
    public Parameter(String name, Kind kind, boolean required, boolean isDefault) {
      this(name, kind, required, isDefault, Literals.ANY, Optional.empty());
    }

    /** The warning where it is given something and that has no effect. */
    public Optional<String> withoutEffect(@Nullable Object value) {
      boolean nothing = value == null || value.equals(false) || String.valueOf(value).isBlank();
      return nothing ? Optional.empty() : ignored.map(why -> name + " has no effect: " + why);
    }
  }
}
