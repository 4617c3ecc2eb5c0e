package dev.deputy.cli;

import dev.deputy.server.ConfigurationProblem;
import dev.deputy.server.InvalidConfiguration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A configuration that is missing, unreadable or refused; machines get it as {@code lint} does. */
final class ConfigurationFailed extends CommandFailed {
  private final String file;
  private final List<Map<String, Object>> errors;

  private ConfigurationFailed(String file, String message, List<Map<String, Object>> errors) {
    super(ExitStatus.BAD_INPUT, message);
    this.file = file;
    this.errors = errors;
  }

  /**
   * @param fault what is wrong with the file as a whole
   */
  static ConfigurationFailed unusable(String file, String message, String fault) {
    return new ConfigurationFailed(file, message, List.of(CheckedFile.fault(1, 1, fault)));
  }

  static ConfigurationFailed refused(String file, InvalidConfiguration refusal) {
    return new ConfigurationFailed(
        file,
        String.valueOf(refusal.getMessage()),
        refusal.problems().stream().map(ConfigurationFailed::error).toList());
  }

  @Override
  Map<String, Object> json(Instant now) {
    return CheckedFile.line(file, false, errors);
  }

  private static Map<String, Object> error(ConfigurationProblem problem) {
    return CheckedFile.fault(problem.line(), problem.column(), problem.message());
  }
}
