package dev.deputy.builds;

import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.BodyUse;
import dev.deputy.pipeline.StepSignature.Kind;
import dev.deputy.pipeline.StepSignature.Literals;
import dev.deputy.pipeline.StepSignature.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down a {@link StepSignature} in a line or two. */
final class Signatures {
  private static final String SCRIPT = "script";

  private final String name;
  private final BodyUse body;
  private final List<Parameter> parameters = new ArrayList<>();

  private Signatures(String name, BodyUse body) {
    this.name = name;
    this.body = body;
  }

  static Signatures step(String name) {
    return new Signatures(name, BodyUse.NONE);
  }

  /** A step around a block. */
  static Signatures block(String name) {
    return new Signatures(name, BodyUse.REQUIRED);
  }

  /** A step that may have a block. */
  static Signatures optionalBlock(String name) {
    return new Signatures(name, BodyUse.OPTIONAL);
  }

  /** The parameter that a lone positional argument goes to, required. */
  Signatures value(String parameter, Kind kind) {
    parameters.add(new Parameter(parameter, kind, true, true));
    return parameter.equals(SCRIPT) ? literals(Signatures::script) : this;
  }

  /** The parameter that a lone positional argument goes to, optional. */
  Signatures optionalValue(String parameter, Kind kind) {
    parameters.add(new Parameter(parameter, kind, false, true));
    return this;
  }

  Signatures required(String parameter, Kind kind) {
    parameters.add(new Parameter(parameter, kind, true, false));
    return this;
  }

  Signatures optional(Kind kind, String... names) {
    for (String parameter : names) {
      parameters.add(new Parameter(parameter, kind, false, false));
    }
    return this;
  }

  /** What the parameter that was added last takes, where it is written out. */
  Signatures literals(Literals literals) {
    Parameter last = parameters.removeLast();
    parameters.add(
        new Parameter(
            last.name(), last.kind(), last.required(), last.isDefault(), literals, last.ignored()));
    return this;
  }

  /**
   * Optional, for those who have it in their file: it has no effect.
   *
   * @param why for the warning where it is given
   */
  Signatures ignored(String why, Kind kind, String... names) {
    for (String parameter : names) {
      parameters.add(new Parameter(parameter, kind, false, false, Literals.ANY, Optional.of(why)));
    }
    return this;
  }

  /** A number could be made a string like any other, but as a command it is a slip. */
  private static Optional<String> script(Object value) {
    return value instanceof String
        ? Optional.empty()
        : Optional.of(value + " (expected: a string)");
  }

  /** Works anywhere. */
  StepSignature anywhere() {
    return new StepSignature(name, parameters, body, false);
  }

  /** Works only inside of an agent. */
  StepSignature onAgent() {
    return new StepSignature(name, parameters, body, true);
  }
}
