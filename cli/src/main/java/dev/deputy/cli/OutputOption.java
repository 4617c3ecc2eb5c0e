package dev.deputy.cli;

import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code --output}: for people or for machines. */
final class OutputOption {
  enum Format {
    TEXT,
    JSON
  }

  /** Says the words as they are written at the command line. */
  static final class Words implements CommandLine.ITypeConverter<Format> {
    @Override
    public Format convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "text" -> Format.TEXT;
        case "json" -> Format.JSON;
        default ->
            throw new CommandLine.TypeConversionException(
                "'" + text + "' (expected: text or json)");
      };
    }
  }

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      converter = Words.class,
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
