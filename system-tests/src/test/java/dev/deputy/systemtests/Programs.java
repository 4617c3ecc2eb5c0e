package dev.deputy.systemtests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine that some tests use. */
final class Programs {
  private Programs() {}

  /** Skips the test, saying why, where one of them is not installed. */
  static void assumeInstalled(String... programs) {
    for (String program : programs) {
      Assumptions.assumeTrue(installed(program), () -> program + " is not installed");
    }
  }

  static boolean installed(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
