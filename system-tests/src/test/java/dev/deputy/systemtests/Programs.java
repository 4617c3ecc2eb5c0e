package dev.deputy.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
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

  /** Whether it is installed for every user of this machine: steps run as one of their own. */
  static boolean installed(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, program))
        .anyMatch(Programs::isForEveryone);
  }

  private static boolean isForEveryone(Path program) {
    try {
      for (Path at = program.toRealPath(); at != null; at = at.getParent()) {
        if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return false;
        }
      }
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
