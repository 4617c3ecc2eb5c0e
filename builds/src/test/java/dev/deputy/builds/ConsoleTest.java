package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.BuildId;
import dev.deputy.core.JobName;
import dev.deputy.core.Timekeeper;
import dev.deputy.testkit.InMemoryAuditLog;
import dev.deputy.testkit.InMemoryBuildLogs;
import dev.deputy.testkit.InMemoryBuildStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTest {
  private static final BuildId BUILD = new BuildId(new JobName("folder/shop"), 1);
  private static final LogSource MAIN = new LogSource(1, "Build", "");
  private static final LogSource LEFT = new LogSource(2, "Left", "left");
  private static final LogSource RIGHT = new LogSource(3, "Right", "right");

  @TempDir Path folder;
  private final InMemoryBuildLogs logs = new InMemoryBuildLogs();
  private final List<BuildEvent> events = new ArrayList<>();
  private final Announcer announcer = new Announcer(events::add, "test");
  private BuildStores stores;
  private Console console;

  @BeforeEach
  void open() {
    var audit = new InMemoryAuditLog();
    stores = new BuildStores(new InMemoryBuildStore(audit), logs, audit, folder);
    console =
        new Console(
            BUILD, stores, new Masks(List.of("hunter2")), announcer, Timekeeper.system(), () -> {});
  }

  private void finish() {
    console.close();
    announcer.close();
  }

  private static void print(StepOutput output, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.write(bytes, 0, bytes.length);
  }

  @Test
  void linesOfParallelBranchesCarryTheirNamesAndAnnotationsDoNot() {
    console.annotation(LEFT, "echo");
    console.line(LEFT, "one\ntwo");
    console.line(MAIN, "three");
    finish();
    assertThat(logs.text(BUILD)).isEqualTo("[Pipeline] echo\n[left] one\n[left] two\nthree\n");
  }

  @Test
  void secretsAreNeitherInTheLogNorInAnEvent() {
    console.line(MAIN, "login hunter2");
    try (StepOutput output = console.output(RIGHT, "1")) {
      print(output, "+ login hun");
      print(output, "ter2\n");
    }
    finish();
    assertThat(logs.text(BUILD)).isEqualTo("login ****\n[right] + login ****\n");
    assertThat(events.toString()).contains("login ****").doesNotContain("hunter2");
  }

  @Test
  void chattyBranchesNeverMixTheirLines() throws Exception {
    Thread left = Thread.ofVirtual().start(() -> chat(LEFT));
    Thread right = Thread.ofVirtual().start(() -> chat(RIGHT));
    left.join();
    right.join();
    finish();

    List<String> lines = logs.text(BUILD).lines().toList();
    assertThat(lines).hasSize(4000);
    for (LogSource source : List.of(LEFT, RIGHT)) {
      String prefix = "[" + source.branch() + "] ";
      assertThat(lines.stream().filter(line -> line.startsWith(prefix)))
          .containsExactlyElementsOf(
              IntStream.range(0, 2000).mapToObj(i -> prefix + "line " + i).toList());
    }
  }

  /** Prints 2000 lines in pieces that never end where a line does. */
  private void chat(LogSource source) {
    String text =
        IntStream.range(0, 2000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    try (StepOutput output = console.output(source, "1")) {
      for (int at = 0; at < text.length(); at += 17) {
        print(output, text.substring(at, Math.min(at + 17, text.length())));
      }
    }
  }

  @Test
  void anUnfinishedLineIsEndedBeforeAnybodyElseWrites() {
    try (StepOutput output = console.output(LEFT, "1")) {
      print(output, "no end");
    }
    console.line(MAIN, "next");
    finish();
    assertThat(logs.text(BUILD)).isEqualTo("[left] no end\nnext\n");
  }

  @Test
  void eventsComeInTheOrderOfTheLogAndSayWhoseTheyAre() {
    try (StepOutput output = console.output(LEFT, "1")) {
      print(output, "one\ntwo\n");
      console.line(MAIN, "three");
      print(output, "four\n");
    }
    finish();
    assertThat(events)
        .map(event -> (BuildEvent.Log) event)
        .map(log -> log.step() + log.stage() + log.branch() + ":" + log.text())
        .containsExactly("2Leftleft:one\ntwo\n", "1Build:three\n", "2Leftleft:four\n");
  }

  @Test
  void everyByteBelongsToTheStepThatWroteIt() throws Exception {
    console.line(MAIN, "one");
    console.line(LEFT, "two");
    console.line(MAIN, "three");
    finish();
    byte[] log = logs.text(BUILD).getBytes(StandardCharsets.UTF_8);
    String ofMain =
        LogIndex.ranges(stores.folder(BUILD), MAIN.step()).stream()
            .map(r ->
                new String(
                    log, (int) r.start(), (int) (r.end() - r.start()), StandardCharsets.UTF_8))
            .collect(Collectors.joining());
    assertThat(ofMain).isEqualTo("one\nthree\n");
  }

  @Test
  void whatComesAfterTheEndIsLeftOut() {
    console.line(MAIN, "one");
    console.close();
    console.line(MAIN, "two");
    finish();
    assertThat(logs.text(BUILD)).isEqualTo("one\n");
  }
}
