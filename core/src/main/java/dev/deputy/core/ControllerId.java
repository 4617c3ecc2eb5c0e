package dev.deputy.core;

import java.util.regex.Pattern;

/**
 * One controller, for good: the {@code startedBy} of its tasks (ECS: letters, digits, {@code -},
 * {@code /}, {@code _}; 128).
 */
public record ControllerId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public ControllerId {
    Checks.matches("controller", value, FORM, "1 to 64 letters, digits, '-' or '_'");
  }

  @Override
  public String toString() {
    return value;
  }
}
