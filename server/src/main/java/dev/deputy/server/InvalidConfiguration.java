package dev.deputy.server;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that was refused as a whole; carries everything that is wrong with it. */
public final class InvalidConfiguration extends RuntimeException {
  private final List<ConfigurationProblem> problems;

  public InvalidConfiguration(List<ConfigurationProblem> problems) {
    super(problems.stream().map(ConfigurationProblem::format).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<ConfigurationProblem> problems() {
    return problems;
  }
}
