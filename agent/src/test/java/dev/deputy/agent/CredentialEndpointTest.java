package dev.deputy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;

class CredentialEndpointTest {
  private static final AwsCredentials CREDENTIALS =
      new AwsCredentials(
          "ASIAEXAMPLE", "secret/of+it", "token==", Instant.parse("2099-01-01T00:00:00Z"), "arn");

  private volatile String unavailable = "";
  private CredentialEndpoint endpoint;

  @BeforeEach
  void open() throws Exception {
    endpoint = CredentialEndpoint.open(roles(), new Secrets());
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  /** No test here assumes a role. */
  private AssumedRoles roles() {
    var sts =
        new Sts(
            HttpClient.newHttpClient(),
            URI.create("http://127.0.0.1:9/"),
            "eu-west-1",
            Instant::now);
    return new AssumedRoles(Optional.of(this::credentials), sts, new Secrets(), Instant::now);
  }

  private AwsCredentials credentials() {
    if (!unavailable.isEmpty()) {
      throw new CredentialsException(unavailable);
    }
    return CREDENTIALS;
  }

  @Test
  void sdkOfAwsFetchesTheCredentials() {
    try (StepCredentials.Access access = endpoint.open(List.of())) {
      assertThat(fetchWithSdk(access.environment()))
          .isInstanceOfSatisfying(
              AwsSessionCredentials.class,
              fetched -> {
                assertThat(fetched.accessKeyId()).isEqualTo("ASIAEXAMPLE");
                assertThat(fetched.secretAccessKey()).isEqualTo("secret/of+it");
                assertThat(fetched.sessionToken()).isEqualTo("token==");
              });
    }
  }

  @Test
  void sdkOfAwsIsToldWhyThereAreNone() {
    unavailable = "the deploy role's credentials are refused: withdrawn";
    try (StepCredentials.Access access = endpoint.open(List.of())) {
      assertThatThrownBy(() -> fetchWithSdk(access.environment()))
          .hasStackTraceContaining("withdrawn");
    }
  }

  @Test
  void accessThatIsClosedIsRefused() throws Exception {
    StepCredentials.Access access = endpoint.open(List.of());
    StepCredentials.Access other = endpoint.open(List.of());
    access.close();

    assertThat(get(access, "/credentials", "GET").statusCode()).isEqualTo(403);
    assertThat(get(other, "/credentials", "GET").statusCode()).isEqualTo(200);
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    try (StepCredentials.Access access = endpoint.open(List.of())) {
      assertThat(get(access, "/", "GET").statusCode()).isEqualTo(404);
      assertThat(get(access, "/credentials/x", "GET").statusCode()).isEqualTo(404);
      assertThat(get(access, "/credentials", "PUT").statusCode()).isEqualTo(405);
    }
  }

  private static HttpResponse<String> get(StepCredentials.Access access, String path, String method)
      throws Exception {
    URI uri = URI.create(access.environment().get("AWS_CONTAINER_CREDENTIALS_FULL_URI"));
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri.resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header(
                    "Authorization", access.environment().get("AWS_CONTAINER_AUTHORIZATION_TOKEN"))
                .build(),
            BodyHandlers.ofString());
  }

  /** The SDK takes system properties in the place of environment variables. */
  private static Object fetchWithSdk(Map<String, String> environment) {
    String uri = SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI.property();
    String token = SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN.property();
    System.setProperty(uri, environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI"));
    System.setProperty(token, environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN"));
    try {
      AwsCredentialsProvider provider = ContainerCredentialsProvider.builder().build();
      return provider.resolveCredentials();
    } finally {
      System.clearProperty(uri);
      System.clearProperty(token);
    }
  }
}
