package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.builds.AbortSignal;
import dev.deputy.builds.BuildParameters;
import dev.deputy.builds.BuildRequest;
import dev.deputy.builds.BuildResources;
import dev.deputy.builds.Steps;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.Cause;
import dev.deputy.core.CredentialStore;
import dev.deputy.core.JobName;
import dev.deputy.core.LibraryStore;
import dev.deputy.fleet.Agent;
import dev.deputy.fleet.AgentEvents;
import dev.deputy.fleet.Agents;
import dev.deputy.fleet.Need;
import dev.deputy.pipeline.Jenkinsfiles;
import dev.deputy.pipeline.ParsedJenkinsfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that a controller finds at its start and can not go on with. */
class LostBuildsTest {
  private static final BuildResources NOTHING =
      new BuildResources(CredentialStore.NONE, LibraryStore.NONE);

  @TempDir Path folder;

  private BuildRequest request() throws IOException {
    String text = "echo 'x'";
    var parsed = (ParsedJenkinsfile.Valid) Jenkinsfiles.parse("Jenkinsfile", text, Steps.all());
    return new BuildRequest(
        new JobName("shop"),
        "Jenkinsfile",
        text,
        parsed,
        LocalSource.of(folder.resolve("Jenkinsfile")).source(),
        new Cause.Person("alice"),
        BuildParameters.NONE,
        new AbortSignal());
  }

  private Controller start() throws IOException {
    return Controller.startLocal(StateFolder.open(folder), new NoAgents(), NOTHING);
  }

  private void assertGivenUp(BuildId build, String reason) throws IOException {
    try (Controller controller = start()) {
      assertThat(controller.unfinished()).isEmpty();
      assertThat(controller.find(build).orElseThrow().state()).isEqualTo(BuildState.FAILURE);
      assertThat(controller.logFile(build))
          .content()
          .contains("ERROR: this build can not go on: " + reason)
          .endsWith("\nFinished: FAILURE\n");
    }
  }

  @Test
  void aBuildWhoseKeyIsMissingFailsAndSaysSo() throws IOException {
    BuildId build;
    try (Controller controller = start()) {
      build = controller.create(request());
    }
    Files.delete(folder.resolve("builds/journal.key"));
    assertGivenUp(build, "an entry of the journal does not open with this controller's key\n");
  }

  @Test
  void aBuildOfWhichNothingIsKnownFailsAndSaysSo() throws IOException {
    BuildId build;
    try (Controller controller = start()) {
      build = controller.create(request());
    }
    try (var files = Files.walk(folder.resolve("builds"))) {
      Files.delete(files.filter(file -> file.endsWith("origin")).findFirst().orElseThrow());
    }
    assertGivenUp(build, "it is not known what it was made of\n");
  }

  @Test
  void anyOtherMayGoOn() throws IOException {
    BuildId build;
    try (Controller controller = start()) {
      build = controller.create(request());
    }
    try (Controller controller = start()) {
      assertThat(controller.unfinished()).containsExactly(build);
    }
  }

  private static final class NoAgents implements Agents {
    @Override
    public Agent acquire(Need need, AgentEvents events) {
      throw new IllegalStateException("nobody needs one");
    }

    @Override
    public Agent resume(Need need, Assigned assigned, AgentEvents events) {
      throw new IllegalStateException("nobody has one");
    }

    @Override
    public void resumed(BuildId build) {}
  }
}
