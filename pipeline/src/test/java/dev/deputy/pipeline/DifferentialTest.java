package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same program gives the same in Groovy itself as here: value, types, output and errors. */
class DifferentialTest {
  private static final AllowedDifferences ALLOWED = AllowedDifferences.read();

  static List<Snippets> snippets() {
    return Snippets.all();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void snippetGivesTheSameAsInGroovy(Snippets snippet) {
    Observed there = BothWays.inGroovy(snippet.program());
    Observed here = BothWays.here(snippet.program());
    String both = both(snippet, there, here);
    assertThat(there.compiles()).as("a program in Groovy: " + both).isTrue();
    boolean mayDiffer = ALLOWED.snippets().containsKey(snippet.id());
    assertThat(ALLOWED.same(there, here))
        .as(mayDiffer ? "agrees by now, take it off allowed.txt: " + both : both)
        .isNotEqualTo(mayDiffer);
  }

  private static String both(Snippets snippet, Observed there, Observed here) {
    return "%s%n%s%n  Groovy%n%s%n  here%n%s%n"
        .formatted(snippet.id(), snippet.program(), there.show(), here.show());
  }

  @Test
  void thereAreEnoughSnippetsAndEachHasATitleOfItsOwn() {
    assertThat(snippets()).extracting(Snippets::id).hasSizeGreaterThan(500).doesNotHaveDuplicates();
  }

  @Test
  void eachAllowedDifferenceIsOfASnippet() {
    assertThat(snippets()).extracting(Snippets::id).containsAll(ALLOWED.snippets().keySet());
  }
}
