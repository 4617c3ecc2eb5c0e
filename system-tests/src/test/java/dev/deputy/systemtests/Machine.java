package dev.deputy.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * This machine, or what it would be without some programs: they are covered up in a mount namespace
 * of the command's own, because a shorter PATH would not hide them from everybody.
 *
 * @param prefix of every command line that is to see it like this
 */
record Machine(List<String> prefix) {
  private static final String COVER_UP =
      "for program in $1; do mount --bind /dev/null \"$program\" || exit 1; done; shift;"
          + " exec \"$@\"";

  static Machine whole() {
    return new Machine(List.of());
  }

  /** Skips the test, saying why, where programs can not be hidden. */
  static Machine without(String... programs) throws IOException, InterruptedException {
    List<String> there =
        Stream.of(programs).flatMap(Machine::places).map(Path::toString).distinct().toList();
    if (there.isEmpty()) {
      return whole();
    }
    Machine machine =
        new Machine(
            List.of("unshare", "--mount", "sh", "-c", COVER_UP, "sh", String.join(" ", there)));
    Assumptions.assumeTrue(
        works(machine), () -> "programs can not be hidden here: that takes root and unshare");
    return machine;
  }

  private static boolean works(Machine machine) throws IOException, InterruptedException {
    List<String> command = Stream.concat(machine.prefix.stream(), Stream.of("true")).toList();
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  private static Stream<Path> places(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .map(Machine::real);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
