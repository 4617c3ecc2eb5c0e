package dev.deputy.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deputy.systemtests.DeputyProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {
  /** A duration that no other process of this machine sleeps for. */
  private static final String LONG = "86399.25";

  @TempDir private Path folder;
  private Path checkout;

  @BeforeEach
  void pipelineThatSleeps() throws Exception {
    checkout = ExampleCheckout.in(folder);
    Files.writeString(
        checkout.resolve("examples/dtap/Jenkinsfile"),
        "pipeline { agent { label 'builder' }\n stages { stage('Long') { steps {\n"
            + "   sh 'echo begun; (sleep "
            + LONG
            + "; echo x) & setsid sleep "
            + LONG
            + " & sleep "
            + LONG
            + "'\n } } }\n"
            + " post { aborted { echo 'cleaned up' } } }\n");
  }

  @Test
  void interruptStopsTheStepAndTheTaskAndAbortsTheBuild() throws Exception {
    try (DeputyProcess deputy = DeputyProcess.start(checkout, "run", "examples/dtap/Jenkinsfile")) {
      deputy.await(line -> line.contains("| begun"));
      List<ProcessHandle> started = deputy.descendants();
      assertThat(started).isNotEmpty();

      deputy.interrupt();
      Result result = deputy.result();

      assertThat(result.status()).as(result.text()).isEqualTo(130);
      assertThat(result.text()).contains("ABORTED").contains("cleaned up");
      assertNothingLeft(started);
    }
  }

  @Test
  void killedRunLeavesNoProcessBehind() throws Exception {
    try (DeputyProcess deputy = DeputyProcess.start(checkout, "run", "examples/dtap/Jenkinsfile")) {
      deputy.await(line -> line.contains("| begun"));
      List<ProcessHandle> started = deputy.descendants();
      assertThat(started).isNotEmpty();

      deputy.kill();

      assertNothingLeft(started);
    }
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
