package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogIndexTest {
  @TempDir Path folder;

  @Test
  void aStepsPiecesAreFoundAgain() throws Exception {
    try (var index = new LogIndex(folder, 0)) {
      index.wrote(0, LogIndex.PIPELINE, 10, 10);
      index.wrote(1, LogIndex.PIPELINE, 10, 10);
      index.wrote(1, "1", 5, 10);
      index.wrote(2, LogIndex.PIPELINE, 10, 10);
      index.wrote(1, "1", 15, 15);
    }
    assertThat(LogIndex.ranges(folder, 1))
        .containsExactly(new LogIndex.Range(10, 30), new LogIndex.Range(40, 55));
    assertThat(LogIndex.ranges(folder, 3)).isEmpty();
  }

  @Test
  void anIndexThatIsOpenedAgainKnowsHowMuchOfEachStreamIsThere() {
    write();
    try (var index = new LogIndex(folder, 60)) {
      assertThat(index.length()).isEqualTo(30);
      assertThat(index.input(LogIndex.PIPELINE)).isEqualTo(10);
      assertThat(index.input("1")).isEqualTo(5);
      assertThat(index.input("2")).isZero();
    }
  }

  @Test
  void whatTheLogDoesNotHaveIsForgotten() throws Exception {
    write();
    try (var index = new LogIndex(folder, 29)) {
      assertThat(index.length()).isEqualTo(10);
      index.wrote(2, "2", 7, 8);
    }
    assertThat(LogIndex.ranges(folder, 1)).isEmpty();
    assertThat(LogIndex.ranges(folder, 2)).containsExactly(new LogIndex.Range(10, 18));
  }

  @Test
  void aLineThatWasCutOffIsForgotten() throws Exception {
    write();
    Path file = folder.resolve("log.index");
    for (int cut = 1; cut < "1 1 5 20\n".length(); cut++) {
      byte[] whole = "0 = 10 10\n1 1 5 20\n".getBytes(StandardCharsets.US_ASCII);
      Files.write(file, Arrays.copyOf(whole, whole.length - cut));
      try (var index = new LogIndex(folder, 30)) {
        assertThat(index.length()).isEqualTo(10);
      }
    }
  }

  private void write() {
    try (var index = new LogIndex(folder, 0)) {
      index.wrote(0, LogIndex.PIPELINE, 10, 10);
      index.wrote(1, "1", 5, 20);
    }
  }
}
