package dev.deputy.core;

/**
 * Where something was written down, so that a decision can name it.
 *
 * @param file as the user would name it
 * @param line from 1
 * @param column from 1
 */
public record SourceRef(String file, int line, int column) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
