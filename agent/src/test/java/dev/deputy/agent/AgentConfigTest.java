package dev.deputy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentConfigTest {
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "DEPUTY_URL", "wss://controller.example/deputy/",
              "DEPUTY_LAUNCH", "launch-1",
              "AWS_REGION", "eu-west-1",
              "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/a-secret-id"));

  @Test
  void smallestEnvironmentHasDefaults() {
    AgentConfig config = read();

    assertThat(config.controller()).isEqualTo(URI.create("wss://controller.example/deputy"));
    assertThat(config.sts()).isEqualTo(URI.create("https://sts.eu-west-1.amazonaws.com/"));
    assertThat(config.taskCredentials())
        .isEqualTo(
            new TaskCredentials.Endpoint.Open(
                URI.create("http://169.254.170.2/v2/credentials/a-secret-id")));
    assertThat(config.folder()).isEqualTo(Path.of("/var/tmp/deputy-launch-1"));
    assertThat(config.reconnect()).isEqualTo(Duration.ofMinutes(15));
    assertThat(config.stepUser()).isEqualTo(10001);
    assertThat(config.isolationWaived()).isFalse();
    assertThat(config.deployRole()).isEmpty();
  }

  @Test
  void relativeAddressOfCredentialsWinsAsInTheSdks() {
    environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/x");

    assertThat(read().taskCredentials()).isInstanceOf(TaskCredentials.Endpoint.Open.class);
    environment.remove("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "t");
    assertThat(read().taskCredentials()).isInstanceOf(TaskCredentials.Endpoint.Token.class);
    environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/token");
    assertThat(read().taskCredentials()).isInstanceOf(TaskCredentials.Endpoint.TokenFile.class);
  }

  @Test
  void secretsAreNotInItsText() {
    assertThat(read().toString()).doesNotContain("a-secret-id");
    assertThat(read().taskCredentials().toString()).doesNotContain("a-secret-id");
  }

  @Test
  void agentsOwnVariablesCannotBePassedOn() {
    environment.put("DEPUTY_STEP_ENV", "MAVEN_OPTS, AWS_SECRET_ACCESS_KEY,DEPUTY_URL,ECS_X");

    assertThat(read().passed()).containsExactly("MAVEN_OPTS");
  }

  @ParameterizedTest
  @CsvSource({
    "DEPUTY_URL, , DEPUTY_URL is not set",
    "DEPUTY_URL, http://c, DEPUTY_URL is no address of ws or wss",
    "DEPUTY_URL, ws://u:p@c, DEPUTY_URL is no address of ws or wss",
    "DEPUTY_URL, '::', DEPUTY_URL is no address of ws or wss",
    "DEPUTY_LAUNCH, ../x, DEPUTY_LAUNCH is no launch id",
    "AWS_REGION, eu.evil/, AWS_REGION is no Region",
    "AWS_ENDPOINT_URL, ftp://x, AWS_ENDPOINT_URL is no address of http or https",
    "DEPUTY_STEP_USER, 0, DEPUTY_STEP_USER is no uid:gid of a user who is not root",
    "DEPUTY_STEP_USER, 1000:0, DEPUTY_STEP_USER is no uid:gid of a user who is not root",
    "DEPUTY_ISOLATION, off, DEPUTY_ISOLATION is neither user nor none",
    "DEPUTY_RECONNECT_SECONDS, 1m, DEPUTY_RECONNECT_SECONDS is no whole number"
  })
  void wrongVariableIsNamed(String name, String value, String message) {
    environment.put(name, value == null ? "" : value);

    assertThatThrownBy(this::read).isInstanceOf(StartException.class).hasMessage(message);
  }

  @Test
  void plainAddressOfCredentialsElsewhereIsRefused() {
    environment.remove("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://elsewhere.example/x");

    assertThatThrownBy(this::read).hasMessageContaining("neither https nor of this host or ECS");
  }

  private AgentConfig read() {
    return AgentConfig.read(environment, Path.of("/var/tmp"));
  }
}
