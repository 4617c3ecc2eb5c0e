package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFolderTest {
  @TempDir Path folder;

  @Test
  void onlyItsOwnerCanReadIt() throws IOException {
    Path state = StateFolder.open(folder.resolve("a/.deputy")).path();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
        .isEqualTo("rwx------");
  }

  @Test
  void gitDoesNotSeeIt() throws IOException {
    GitCheckout checkout = GitCheckout.init(folder);
    StateFolder state = StateFolder.open(folder.resolve(StateFolder.NAME));
    Files.writeString(state.database(), "x");
    assertThat(checkout.gitLine("status", "--porcelain")).isEmpty();
  }

  @Test
  void thePortOfAgentsIsKept() throws IOException {
    StateFolder state = StateFolder.open(folder);
    assertThat(state.agentPort()).isEmpty();
    state.keepAgentPort(4711);
    state.keepAgentPort(4712);
    assertThat(state.agentPort()).contains(4712);
    try (var files = Files.list(folder)) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder(".gitignore", "agent-port");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0", "65536", "-1"})
  void aFileWithoutAPortIsNamed(String text) throws IOException {
    StateFolder state = StateFolder.open(folder);
    Files.writeString(folder.resolve("agent-port"), text);
    assertThatThrownBy(state::agentPort)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("agent-port: \"" + text + "\" (expected: the port");
  }

  @Test
  void whatIsThereStays() throws IOException {
    StateFolder state = StateFolder.open(folder);
    Files.writeString(state.path().resolve(".gitignore"), "mine");
    Files.writeString(state.database(), "data");
    StateFolder.open(folder);
    assertThat(state.path().resolve(".gitignore")).hasContent("mine");
    assertThat(state.database()).hasContent("data");
  }
}
