package dev.deputy.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deputy.systemtests.DeputyProcess.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterruptTest {
  /** A duration that no other process of this machine sleeps for. */
  private static final String LONG = "86399." + ProcessHandle.current().pid();

  /** Runs for ever, in processes that try to get away. */
  private static final String SLEEP =
      "sh 'echo begun; (sleep %1$s; echo x) & setsid sleep %1$s & sleep %1$s'".formatted(LONG);

  @TempDir private Path folder;
  private Path checkout;

  @BeforeEach
  void checkOut() throws Exception {
    checkout = ExampleCheckout.in(folder);
  }

  @Test
  void interruptStopsTheStepAndTheTaskAndAbortsTheBuild() throws Exception {
    String build = pipeline(SLEEP, "aborted { echo 'cleaned up' }");
    Result result = interrupted(build, "| begun");

    assertThat(result.text()).contains("ABORTED").contains("cleaned up");
  }

  @Test
  void interruptWhileAnAgentIsLaunchedAbortsTheBuild() throws Exception {
    String build = pipeline(SLEEP, "success { echo 'not reached' }");
    Result result = interrupted(build, "  agent builder (no account), task");

    assertThat(result.text()).contains("ABORTED").doesNotContain("not reached");
  }

  @Test
  void interruptDuringPostActionsEndsThemToo() throws Exception {
    String build = pipeline("echo 'quick'", "always { " + SLEEP + " }");
    Result result = interrupted(build, "| begun");

    assertThat(result.text()).contains("ABORTED");
  }

  @Test
  void secondInterruptCutsPostActionsShort() throws Exception {
    String build = pipeline(SLEEP, "always { echo 'over'\n" + SLEEP + " }");
    try (DeputyProcess deputy = DeputyProcess.start(checkout, "run", build)) {
      deputy.await(line -> line.contains("| begun"));
      List<ProcessHandle> started = deputy.descendants();
      deputy.interrupt();
      deputy.await(line -> line.contains("| over"));
      deputy.awaitCount(2, line -> line.contains("| begun"));

      deputy.interrupt();

      Result result = deputy.result();
      assertThat(result.status()).as(result.text()).isEqualTo(130);
      assertNothingLeft(started);
    }
  }

  @ParameterizedTest(name = "isolation: {0}, without {1}")
  @CsvSource({"bubblewrap, ''", "none, bwrap", "none, bwrap unshare"})
  void killedRunLeavesNoProcessBehind(String isolation, String missing) throws Exception {
    Machine machine = missing.isEmpty() ? Machine.whole() : Machine.without(missing.split(" "));
    if (machine.equals(Machine.whole())) {
      Programs.assumeInstalled("bwrap");
    }
    String build = pipeline(SLEEP, "always { echo 'over' }");
    try (DeputyProcess deputy = DeputyProcess.start(machine, checkout, "run", build)) {
      deputy.await(line -> line.contains("isolation: " + isolation));
      deputy.await(line -> line.contains("| begun"));
      List<ProcessHandle> started = deputy.descendants();
      assertThat(started).isNotEmpty();

      deputy.kill();

      assertNothingLeft(started);
    }
  }

  /** Ctrl-C once a line with this text is there. */
  private Result interrupted(String build, String moment) throws Exception {
    try (DeputyProcess deputy = DeputyProcess.start(checkout, "run", build)) {
      deputy.await(line -> line.contains(moment));
      List<ProcessHandle> started = deputy.descendants();

      deputy.interrupt();
      Result result = deputy.result();

      assertThat(result.status()).as(result.text()).isEqualTo(130);
      assertNothingLeft(started);
      return result;
    }
  }

  private String pipeline(String step, String post) throws Exception {
    return ExampleCheckout.pipeline(
        checkout,
        "dtap",
        """
        pipeline {
          agent { label 'builder' }
          stages { stage('Long') { steps { %s } } }
          post { %s }
        }
        """
            .formatted(step, post));
  }

  private static void assertNothingLeft(List<ProcessHandle> started) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          assertThat(started.stream().filter(ProcessHandle::isAlive)).isEmpty();
          assertThat(DeputyProcess.commandLinesWith(LONG)).isEmpty();
        });
  }
}
