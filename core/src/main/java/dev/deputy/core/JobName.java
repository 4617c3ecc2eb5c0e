package dev.deputy.core;

import java.util.regex.Pattern;

/**
 * A job's full name: folder names and the job's own, joined by {@code /}. There is exactly one way
 * to write a name: case matters and no segment is empty, {@code .} or {@code ..}, holds an encoded
 * or look-alike character, or starts or ends with a space. A grant therefore never matches a job by
 * accident.
 */
public record JobName(String value) {
  private static final Pattern FORM =
      Pattern.compile("(?!.{256})[A-Za-z0-9_][A-Za-z0-9_.+-]*(/[A-Za-z0-9_][A-Za-z0-9_.+-]*)*");

  public JobName {
    Checks.matches(
        "job",
        value,
        FORM,
        "segments of letters, digits, '_', '.', '+', '-' joined by '/', at most 255 characters");
  }

  @Override
  public String toString() {
    return value;
  }
}
