package dev.deputy.cli;

import java.nio.file.Path;

/** Where this installation's other parts lie. */
final class Installation {
  private Installation() {}

  /** The folder with {@code lib}, {@code agent} and {@code tools}, as the launcher gives it. */
  static Path home() {
    String home = System.getProperty("deputy.home");
    if (home == null) {
      throw new CommandFailed(
          ExitStatus.FAULT,
          "the system property deputy.home is not set; start Deputy with ./deputy");
    }
    return Path.of(home).toAbsolutePath().normalize();
  }
}
