package dev.deputy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.server.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;

/** Whose credentials a run uses where it is given an endpoint. */
class ControllerOfRunTest {
  @TempDir Path folder;
  private StateFolder state;

  @BeforeEach
  void sandboxWroteItsProfiles() throws IOException {
    state = StateFolder.open(folder);
    Files.createDirectory(state.sandbox());
    Files.writeString(state.sandbox().resolve("endpoint"), "http://127.0.0.1:4566\n");
    Files.writeString(
        state.sandbox().resolve("credentials"),
        "[deputy-controller]\naws_access_key_id = ASIA1\naws_secret_access_key = s\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:4566", "http://localhost:4566", "http://localhost:4566/"})
  void sandboxOfTheStateHasAProfileOfTheController(String endpoint) {
    assertThat(
            ControllerOfRun.credentials(
                    state, URI.create(endpoint), Map.of("AWS_ACCESS_KEY_ID", "AKIA"))
                .resolveCredentials()
                .accessKeyId())
        .isEqualTo("ASIA1");
  }

  @Test
  void anotherEndpointTakesWhatTheEnvironmentNames() {
    URI other = URI.create("http://127.0.0.1:4567");
    assertThat(ControllerOfRun.credentials(state, other, Map.of("AWS_ACCESS_KEY_ID", "AKIA")))
        .isInstanceOf(EnvironmentVariableCredentialsProvider.class);
    assertThat(ControllerOfRun.credentials(state, other, Map.of("AWS_PROFILE", "deputy")))
        .isInstanceOf(ProfileCredentialsProvider.class);
  }

  @Test
  void credentialsThatNobodyNamedAreNotUsed() {
    assertThatThrownBy(
            () -> ControllerOfRun.credentials(state, URI.create("http://127.0.0.1:1"), Map.of()))
        .isInstanceOfSatisfying(
            CommandFailed.class, failed -> assertThat(failed.status()).isEqualTo(ExitStatus.USAGE))
        .hasMessageContaining("neither AWS_PROFILE nor AWS_ACCESS_KEY_ID is set");
  }
}
