package dev.deputy.cli;

import java.util.Optional;
import picocli.CommandLine;
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

  /** Whether a command has this option and was told to print JSON. */
  static boolean isJson(CommandLine command) {
    return Optional.ofNullable(command.getCommandSpec().findOption("--output"))
        .filter(option -> Format.JSON.equals(option.getValue()))
        .isPresent();
  }
}
