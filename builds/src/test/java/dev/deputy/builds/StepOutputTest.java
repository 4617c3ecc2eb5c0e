package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StepOutputTest {
  private final List<String> pieces = new ArrayList<>();

  private StepOutput output(String... secrets) {
    return new StepOutput(
        new Masks(List.of(secrets)),
        (bytes, offset, length, _) ->
            pieces.add(new String(bytes, offset, length, StandardCharsets.UTF_8)));
  }

  private static void write(StepOutput output, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.write(bytes, 0, bytes.length);
  }

  @Test
  void linesAreHandedOnWhole() {
    try (StepOutput output = output()) {
      write(output, "one\ntwo\nth");
      assertThat(pieces).containsExactly("one\ntwo\n");
      write(output, "ree\nfour");
      assertThat(pieces).containsExactly("one\ntwo\n", "three\n");
    }
    assertThat(pieces).containsExactly("one\ntwo\n", "three\n", "four");
  }

  @Test
  void wholeLinesAreHandedOnWithoutACopy() {
    byte[] given = "xone\n".getBytes(StandardCharsets.UTF_8);
    List<byte[]> taken = new ArrayList<>();
    try (var output = new StepOutput(new Masks(List.of()), (bytes, _, _, _) -> taken.add(bytes))) {
      output.write(given, 1, 4);
    }
    assertThat(taken).hasSize(1);
    assertThat(taken.getFirst()).isSameAs(given);
  }

  @Test
  void secretsAreHiddenHoweverTheOutputIsCut() {
    var random = new Random(7);
    for (int round = 0; round < 200; round++) {
      pieces.clear();
      String text = "a hunter2 é hunter2\nx".repeat(20);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      try (StepOutput output = output("hunter2")) {
        for (int at = 0; at < bytes.length; ) {
          int length = Math.min(1 + random.nextInt(9), bytes.length - at);
          output.write(bytes, at, length);
          at += length;
        }
      }
      assertThat(String.join("", pieces)).isEqualTo(text.replace("hunter2", "****"));
    }
  }

  @Test
  void anEndlessLineGoesInPiecesWithoutLosingAByteOrASecret() {
    var random = new Random(11);
    String text = "progress € hunter2 …".repeat(20_000);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (StepOutput output = output("hunter2")) {
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(1 + random.nextInt(5000), bytes.length - at);
        output.write(bytes, at, length);
        at += length;
      }
      assertThat(pieces).hasSizeGreaterThan(3);
    }
    assertThat(String.join("", pieces)).isEqualTo(text.replace("hunter2", "****"));
  }

  @Test
  void piecesOfAnEndlessLineNeverCutALetter() {
    try (StepOutput output = output()) {
      byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 99_999; i++) {
        output.write(euro, i % 3, 1);
      }
    }
    assertThat(pieces).allSatisfy(piece -> assertThat(piece).matches("€+"));
  }

  @Test
  void whatComesAfterTheEndIsNotLost() {
    StepOutput output = output("hunter2");
    write(output, "one");
    output.close();
    write(output, "late hunter2");
    assertThat(pieces).containsExactly("one", "late ****");
  }
}
