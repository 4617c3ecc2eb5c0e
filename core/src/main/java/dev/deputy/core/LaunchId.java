package dev.deputy.core;

import java.util.regex.Pattern;

/**
 * One launch: the attempt to get one agent for one need. Also the {@code clientToken} of its
 * RunTask call, hence its form (ECS: 33 to 126 printable characters, at most 64 accepted).
 */
public record LaunchId(String value) {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  public LaunchId {
    Checks.matches("launch", value, FORM, "a UUID in lower case");
  }

  @Override
  public String toString() {
    return value;
  }
}
