package dev.deputy.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildLogs;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link BuildLogs} does. */
public abstract class BuildLogsContract {
  private static final BuildId BUILD = Samples.build("examples/dtap", 1);

  /** The logs under test, none written at the start of each test. */
  protected abstract BuildLogs logs();

  @Test
  void whatIsAppendedIsReadBackFromAnyOffset() throws IOException {
    try (BuildLogs.Writer writer = logs().open(BUILD)) {
      assertThat(append(writer, "one\n")).isEqualTo(4);
      assertThat(writer.append("-two\n-".getBytes(UTF_8), 1, 4)).isEqualTo(8);
      writer.flush();

      assertThat(read(0)).isEqualTo("one\ntwo\n");
      assertThat(read(4)).isEqualTo("two\n");
      assertThat(read(8)).isEmpty();
      assertThat(read(1_000)).isEmpty();
    }
  }

  @Test
  void logThatIsOpenedAgainGoesOnAtItsEnd() throws IOException {
    try (BuildLogs.Writer writer = logs().open(BUILD)) {
      append(writer, "before\n");
    }
    try (BuildLogs.Writer writer = logs().open(BUILD)) {
      assertThat(append(writer, "after\n")).isEqualTo(13);
    }
    assertThat(read(0)).isEqualTo("before\nafter\n");
  }

  @Test
  void logThatIsCutGoesOnWhereItWasCut() throws IOException {
    try (BuildLogs.Writer writer = logs().open(BUILD)) {
      append(writer, "one\ntwo\n");
      writer.truncate(4);
      writer.truncate(100);
      assertThat(writer.length()).isEqualTo(4);
      assertThat(append(writer, "three\n")).isEqualTo(10);
    }
    assertThat(read(0)).isEqualTo("one\nthree\n");
  }

  @Test
  void logThatWasNeverWrittenIsEmpty() throws IOException {
    assertThat(read(0)).isEmpty();
  }

  @Test
  void eachBuildHasItsOwnLog() throws IOException {
    for (String job : List.of("a", "a/1", "a/1.log", "a/b", "A")) {
      try (BuildLogs.Writer writer = logs().open(Samples.build(job, 1))) {
        append(writer, job);
      }
    }
    for (String job : List.of("a", "a/1", "a/1.log", "a/b", "A")) {
      try (InputStream log = logs().read(Samples.build(job, 1), 0)) {
        assertThat(new String(log.readAllBytes(), UTF_8)).isEqualTo(job);
      }
    }
  }

  @Test
  void thereIsOneWriterAtATime() {
    try (BuildLogs.Writer _ = logs().open(BUILD)) {
      assertThatThrownBy(() -> logs().open(BUILD))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("examples/dtap#1");
    }
    logs().open(BUILD).close();
  }

  @Test
  void closedWriterRefusesToAppendAndMayBeClosedAgain() {
    BuildLogs.Writer writer = logs().open(BUILD);
    writer.close();
    writer.close();

    assertThatThrownBy(() -> append(writer, "late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("examples/dtap#1");
  }

  @Test
  void concurrentAppendsStayWholeAndOffsetsTellWhereTheyEnd() throws Exception {
    try (BuildLogs.Writer writer = logs().open(BUILD);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Long>> work =
          IntStream.range(0, 500)
              .<Callable<Long>>mapToObj(i -> () -> append(writer, "line %03d\n".formatted(i)))
              .toList();
      List<Future<Long>> ends = threads.invokeAll(work);
      writer.flush();
      String log = read(0);
      for (int i = 0; i < ends.size(); i++) {
        int end = Math.toIntExact(ends.get(i).get());
        assertThat(log.substring(end - 9, end)).isEqualTo("line %03d\n".formatted(i));
      }
    }
  }

  @Test
  void interruptedThreadStillAppendsAndStaysInterrupted() throws IOException {
    try (BuildLogs.Writer writer = logs().open(BUILD)) {
      Thread.currentThread().interrupt();
      append(writer, "one\n");
      writer.flush();
      boolean interrupted = Thread.interrupted();
      append(writer, "two\n");

      assertThat(interrupted).isTrue();
    }
    assertThat(read(0)).isEqualTo("one\ntwo\n");
  }

  private static long append(BuildLogs.Writer writer, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return writer.append(bytes, 0, bytes.length);
  }

  private String read(long offset) throws IOException {
    try (InputStream log = logs().read(BUILD, offset)) {
      return new String(log.readAllBytes(), UTF_8);
    }
  }
}
