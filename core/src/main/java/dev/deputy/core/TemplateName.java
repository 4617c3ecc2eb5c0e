package dev.deputy.core;

import java.util.regex.Pattern;

/** The unique name of an agent template. */
public record TemplateName(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,62}");

  public TemplateName {
    Checks.matches("agent template", value, FORM, "a letter, then up to 62 letters, digits or '-'");
  }

  @Override
  public String toString() {
    return value;
  }
}
