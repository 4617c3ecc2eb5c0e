package dev.deputy.core;

import java.util.regex.Pattern;

/** The name that {@code deputy.yaml} gives to an AWS account. */
public record AccountName(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,62}");

  public AccountName {
    Checks.matches("account", value, FORM, "a letter, then up to 62 letters, digits or '-'");
  }

  @Override
  public String toString() {
    return value;
  }
}
