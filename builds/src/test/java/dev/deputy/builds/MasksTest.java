package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MasksTest {
  @Test
  void everyOccurrenceIsHidden() {
    assertThat(new Masks(List.of("hunter2")).hide("a hunter2 b hunter2hunter2"))
        .isEqualTo("a **** b ********");
  }

  @Test
  void aSecretWithinAnotherDoesNotUncoverTheRest() {
    assertThat(new Masks(List.of("abc", "abcdef")).hide("x abcdef y abc z"))
        .isEqualTo("x **** y **** z");
  }

  @Test
  void secretsOfSeveralLinesAreHiddenLineByLine() {
    assertThat(new Masks(List.of("first\n  second \n")).hide("first\nother second"))
        .isEqualTo("****\nother ****");
  }

  @Test
  void blankSecretsHideNothing() {
    Masks masks = new Masks(List.of("", "  "));
    assertThat(masks.isEmpty()).isTrue();
    assertThat(masks.hide("a  b")).isEqualTo("a  b");
  }

  @Test
  void onlyTheGivenRangeIsHandedOn() {
    byte[] bytes = "secret and more secret".getBytes(StandardCharsets.UTF_8);
    byte[] hidden = new Masks(List.of("secret")).hide(bytes, 7, 11);
    assertThat(new String(hidden, StandardCharsets.UTF_8)).isEqualTo("and more se");
  }

  @Test
  void secretsAddedLaterAreHiddenFromThenOn() {
    Masks masks = new Masks(List.of("one"));
    masks.add(List.of("two"));
    assertThat(masks.hide("one two")).isEqualTo("**** ****");
    assertThat(masks.secrets()).containsExactlyInAnyOrder("one", "two");
  }
}
