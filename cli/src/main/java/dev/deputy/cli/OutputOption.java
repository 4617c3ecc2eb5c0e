package dev.deputy.cli;

import picocli.CommandLine.Option;

/** {@code --output}: for people or for machines. */
final class OutputOption {
  enum Format {
    TEXT,
    JSON
  }

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "text for people, json for one JSON object per line (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  boolean json() {
    return format == Format.JSON;
  }
}
