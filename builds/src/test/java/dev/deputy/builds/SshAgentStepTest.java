package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.BuildState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With programs called ssh-agent and ssh-add that write down what they get. */
class SshAgentStepTest {
  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void programs() throws IOException {
    bench = new Bench(folder);
    bench.credentials = new TestCredentials();
    program(
        "ssh-agent",
        "case \"$*\" in *-k*) echo stopped >> FOLDER/calls ;; *) echo 'SSH_AGENT_PID=1;' ;; esac");
    program("ssh-add", "cat \"$2\" > FOLDER/key; echo \"add $SSH_AUTH_SOCK\" >> FOLDER/calls");
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.createDirectories(folder.resolve("programs")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script.replace("FOLDER", folder.toString()) + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private BuildOutcome run(String body) {
    return bench.run(
        "node { withEnv(['PATH+S=" + folder.resolve("programs") + "']) { " + body + " } }");
  }

  @Test
  void keysAreInTheAgentWhileTheBlockRuns() throws IOException {
    BuildOutcome outcome = run("sshagent(['key']) { sh 'echo \"$SSH_AUTH_SOCK\" > socket' }");

    assertThat(outcome.state()).as(bench.log()).isEqualTo(BuildState.SUCCESS);
    assertThat(folder.resolve("key")).hasContent(TestCredentials.KEY);
    String socket = Files.readString(folder.resolve("agents/agent-0/socket")).strip();
    assertThat(socket).hasSizeLessThan(100);
    assertThat(Files.readString(folder.resolve("calls")))
        .isEqualTo("add " + socket + "\nstopped\n");
    assertThat(Path.of(socket).getParent()).doesNotExist();
    assertThat(folder.resolve("agents/agent-0@tmp/secretFiles")).isEmptyDirectory();
  }

  @Test
  void agentIsStoppedAlsoWhenTheBlockFails() throws IOException {
    run("sshagent(credentials: ['key']) { error 'x' }");

    assertThat(Files.readString(folder.resolve("calls"))).endsWith("stopped\n");
  }

  @Test
  void missingKeyFailsUnlessItMayBeMissing() {
    assertThat(run("sshagent(['nobody']) { echo 'in' }").state()).isEqualTo(BuildState.FAILURE);
    assertThat(bench.log()).contains("Could not find credentials entry with ID 'nobody'");
  }

  @Test
  void missingKeyMayBeMissing() {
    BuildOutcome outcome =
        run("sshagent(credentials: ['nobody'], ignoreMissing: true) { echo 'in' }");

    assertThat(outcome.state()).as(bench.log()).isEqualTo(BuildState.SUCCESS);
  }
}
