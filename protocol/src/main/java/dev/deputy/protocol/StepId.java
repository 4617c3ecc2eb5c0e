package dev.deputy.protocol;

/**
 * A step of a build, unique within the build; a repeated order with the same id is the same step.
 */
public record StepId(String value) {
  public StepId {
    Names.requireId("step", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
