package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs made at random give the same in Groovy itself as here: 10,000 in the full profile. */
class GeneratedProgramsTest {
  private static final int PROGRAMS =
      Integer.getInteger("deputy.programs", Boolean.getBoolean("deputy.full") ? 10_000 : 250);

  /** The same programs in each run, so that one that failed can be run again; others on demand. */
  private static final long FIRST = Long.getLong("deputy.seed", 1);

  private static final int MOST_SHOWN = 5;
  private static final int LONGEST_SHOWN = 5_000;
  private static final AllowedDifferences ALLOWED = AllowedDifferences.read();

  @Test
  void generatedProgramsGiveTheSameAsInGroovy() {
    List<String> differences = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < PROGRAMS; i++) {
      long seed = FIRST + i;
      String program = ProgramGenerator.program(seed);
      Observed there = BothWays.inGroovy(program);
      Observed here = BothWays.here(program);
      if (!there.compiles()) {
        broken.add(program + "\n" + there.show());
      }
      if (!ALLOWED.alike(there, here)) {
        differences.add(
            "seed %d%n%s%n  Groovy%n%s%n  here%n%s%n"
                .formatted(seed, program, shown(there), shown(here)));
      }
    }
    assertThat(broken).as("programs that are none in Groovy").isEmpty();
    assertThat(differences.stream().limit(MOST_SHOWN))
        .as("%d of %d programs from %d on differ", differences.size(), PROGRAMS, FIRST)
        .isEmpty();
  }

  private static String shown(Observed observed) {
    String text = observed.show();
    return text.substring(0, Math.min(text.length(), LONGEST_SHOWN));
  }
}
