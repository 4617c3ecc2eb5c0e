package dev.deputy.core;

import java.util.regex.Pattern;

/**
 * The unique name of an agent template. It leaves room for what stands before it in the names of
 * roles, which AWS limits to 64 characters.
 */
public record TemplateName(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,49}");

  public TemplateName {
    Checks.matches("agent template", value, FORM, "a letter, then up to 49 letters, digits or '-'");
  }

  @Override
  public String toString() {
    return value;
  }
}
