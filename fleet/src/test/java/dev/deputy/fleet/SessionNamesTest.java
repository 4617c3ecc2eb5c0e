package dev.deputy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.BuildId;
import dev.deputy.core.JobName;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SessionNamesTest {
  private static String name(String job, int number) {
    return SessionNames.of(new BuildId(new JobName(job), number));
  }

  @Test
  void ordinaryJobIsReadable() {
    assertThat(name("examples/dtap", 3)).isEqualTo("examples-dtap-3");
    assertThat(name("shop", 12)).isEqualTo("shop-12");
  }

  @Test
  void jobsThatLookTheSameAreToldApart() {
    assertThat(name("my-shop/deploy", 3)).startsWith("my-shop-deploy-3@");
    assertThat(name("my-shop/deploy", 3))
        .isNotEqualTo(name("my/shop-deploy", 3))
        .isNotEqualTo(name("my/shop/deploy", 3));
  }

  @Test
  void longJobKeepsItsNumber() {
    assertThat(name("a".repeat(255), 1234567890)).hasSize(64).contains("-1234567890@");
  }

  @Property
  void nameIsOneThatStsTakes(@ForAll("builds") BuildId build) {
    assertThat(SessionNames.of(build)).matches("[\\w+=,.@-]{2,64}");
    assertThat(SessionNames.folder(build.job())).matches("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}");
  }

  @Property
  void noTwoBuildsHaveTheSameName(@ForAll("builds") BuildId one, @ForAll("builds") BuildId other) {
    assertThat(SessionNames.of(one).equals(SessionNames.of(other))).isEqualTo(one.equals(other));
  }

  @Property
  void tagIsOneThatAwsTakes(@ForAll String value) {
    assertThat(SessionNames.tag(value)).matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");
  }

  /** Few letters and short segments: names that are nearly the same are likely. */
  @Provide
  Arbitrary<BuildId> builds() {
    Arbitrary<String> segment =
        Combinators.combine(
                Arbitraries.strings().withChars("ab_1").ofLength(1),
                Arbitraries.strings().withChars("ab-.+1").ofMaxLength(20))
            .as(String::concat);
    return Combinators.combine(
            segment.list().ofMinSize(1).ofMaxSize(5).map(list -> String.join("/", list)),
            Arbitraries.integers().between(1, 12))
        .as((job, number) -> new BuildId(new JobName(job), number));
  }
}
