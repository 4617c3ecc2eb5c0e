package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogIndexTest {
  @TempDir Path folder;

  @Test
  void aStepsPiecesAreFoundAgain() throws Exception {
    try (var index = new LogIndex(folder)) {
      index.mark(0, 0);
      index.mark(10, 1);
      index.mark(20, 1);
      index.mark(30, 2);
      index.mark(40, 1);
    }
    assertThat(LogIndex.ranges(folder, 1, 55))
        .containsExactly(new LogIndex.Range(10, 30), new LogIndex.Range(40, 55));
    assertThat(LogIndex.ranges(folder, 3, 55)).isEmpty();
  }
}
