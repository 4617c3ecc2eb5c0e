package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.deputy.protocol.Json;
import dev.deputy.protocol.StepIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Serves credentials to steps as ECS does to tasks ({@code AWS_CONTAINER_CREDENTIALS_FULL_URI}), on
 * loopback, each step with a token of its own that dies with it.
 */
final class CredentialEndpoint implements StepCredentials, AutoCloseable {
  private static final String PATH = "/credentials";
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService threads;
  private final String authority;
  private final AssumedRoles roles;
  private final Secrets secrets;
  private final Map<String, CredentialSource> byToken = new ConcurrentHashMap<>();

  private CredentialEndpoint(
      HttpServer server, ExecutorService threads, AssumedRoles roles, Secrets secrets) {
    this.server = server;
    this.threads = threads;
    this.roles = roles;
    this.secrets = secrets;
    this.authority = "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Opens the endpoint on a free port. */
  static CredentialEndpoint open(AssumedRoles roles, Secrets secrets) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, Threads.daemon("credentials"));
    CredentialEndpoint endpoint = new CredentialEndpoint(server, threads, roles, secrets);
    server.setExecutor(threads);
    server.createContext("/", endpoint::answer);
    server.start();
    return endpoint;
  }

  @Override
  public Optional<String> problem(List<StepIdentity> identity) throws InterruptedException {
    try {
      roles.source(identity).credentials();
      return Optional.empty();
    } catch (CredentialsException e) {
      return Optional.of(Reason.of(e));
    }
  }

  @Override
  public Access open(List<StepIdentity> identity) {
    String token = Tokens.fresh();
    secrets.learn(token);
    byToken.put(token, roles.source(identity));
    return new Access() {
      @Override
      public Map<String, String> environment() {
        return Map.of(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "http://" + authority + PATH,
            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            token);
      }

      @Override
      public void close() {
        byToken.remove(token);
      }
    };
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<CredentialSource> source =
          source(exchange.getRequestHeaders().getFirst("Authorization"));
      if (!authority.equals(exchange.getRequestHeaders().getFirst("Host")) || source.isEmpty()) {
        refuse(exchange, 403, "AccessDenied", "the token is not this step's");
      } else if (!exchange.getRequestURI().getPath().equals(PATH)) {
        refuse(exchange, 404, "NotFound", "no such path");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        refuse(exchange, 405, "MethodNotAllowed", "GET only");
      } else {
        serve(exchange, source.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<CredentialSource> source(@Nullable String authorization) {
    byte[] given = (authorization == null ? "" : authorization).getBytes(UTF_8);
    Optional<CredentialSource> found = Optional.empty();
    for (Map.Entry<String, CredentialSource> each : byToken.entrySet()) {
      if (MessageDigest.isEqual(each.getKey().getBytes(UTF_8), given)) {
        found = Optional.of(each.getValue());
      }
    }
    return found;
  }

  private void serve(HttpExchange exchange, CredentialSource source)
      throws IOException, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    try {
      AwsCredentials credentials = source.credentials();
      body.put("AccessKeyId", credentials.accessKeyId());
      body.put("SecretAccessKey", credentials.secretAccessKey());
      body.put("Token", credentials.sessionToken());
      body.put("Expiration", credentials.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString());
      body.put("RoleArn", credentials.roleArn());
    } catch (CredentialsException e) {
      refuse(exchange, 503, "CredentialsUnavailable", Reason.of(e));
      return;
    }
    send(exchange, 200, body);
  }

  private static void refuse(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("code", code);
    body.put("message", message);
    send(exchange, status, body);
  }

  private static void send(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    byte[] bytes = Json.text(body).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    byToken.clear();
    server.stop(0);
    threads.shutdownNow();
  }
}
