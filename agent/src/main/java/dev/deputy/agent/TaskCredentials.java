package dev.deputy.agent;

import dev.deputy.protocol.Json;
import dev.deputy.protocol.ProtocolException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** The task role's credentials, from the endpoint that ECS gives a task. Never cached. */
final class TaskCredentials implements CredentialSource {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http;
  private final Endpoint endpoint;
  private final Secrets secrets;

  TaskCredentials(HttpClient http, Endpoint endpoint, Secrets secrets) {
    this.http = http;
    this.endpoint = endpoint;
    this.secrets = secrets;
  }

  /** Where ECS answers. */
  sealed interface Endpoint {
    /** ECS itself: the address is a secret of the task. */
    record Open(URI uri) implements Endpoint {
      @Override
      public String toString() {
        return uri.getAuthority();
      }
    }

    /** An address that asks for a token. */
    record Token(URI uri, String token) implements Endpoint {
      @Override
      public String toString() {
        return uri.getAuthority();
      }
    }

    /** An address that asks for the token that stands in a file at this moment. */
    record TokenFile(URI uri, Path file) implements Endpoint {
      @Override
      public String toString() {
        return uri.getAuthority();
      }
    }

    /** The task has no task role. */
    record Missing() implements Endpoint {}
  }

  @Override
  public AwsCredentials credentials() throws InterruptedException {
    try {
      HttpResponse<String> response = Requests.send(http, request());
      if (response.statusCode() != 200) {
        throw new CredentialsException(
            "the task's credential endpoint answered " + response.statusCode());
      }
      AwsCredentials credentials = parse(Json.object(response.body()));
      secrets.learn(credentials);
      return credentials;
    } catch (IOException | ProtocolException | DateTimeParseException e) {
      throw new CredentialsException("the task's credential endpoint " + endpoint + " failed", e);
    }
  }

  private HttpRequest request() throws IOException {
    if (endpoint instanceof Endpoint.Open open) {
      return get(open.uri()).build();
    } else if (endpoint instanceof Endpoint.Token token) {
      return get(token.uri()).header("Authorization", token.token()).build();
    } else if (endpoint instanceof Endpoint.TokenFile token) {
      String text = Files.readString(token.file()).strip();
      return get(token.uri()).header("Authorization", text).build();
    }
    throw new CredentialsException("the task has no task role");
  }

  private static HttpRequest.Builder get(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(TIMEOUT);
  }

  private static AwsCredentials parse(Map<String, Object> answer) {
    return new AwsCredentials(
        required(answer, "AccessKeyId"),
        required(answer, "SecretAccessKey"),
        required(answer, "Token"),
        Instant.parse(required(answer, "Expiration")),
        Json.string(answer, "RoleArn").orElse(""));
  }

  private static String required(Map<String, Object> answer, String name) {
    return Json.string(answer, name)
        .orElseThrow(
            () -> new CredentialsException("the task's credential endpoint gave no " + name));
  }
}
