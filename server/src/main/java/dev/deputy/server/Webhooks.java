package dev.deputy.server;

import dev.deputy.builds.BuildEvent;
import dev.deputy.builds.BuildObserver;
import dev.deputy.core.CredentialStore;
import dev.deputy.server.Configuration.Webhook;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells other systems of builds' events: a POST with JSON, signed where there is a secret, tried
 * three times. No build waits for it or fails of it, and an event that nobody took is lost.
 * Thread-safe.
 */
final class Webhooks implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 3;

  /** More than so many on their way at once are not begun. */
  private static final int MOST = 1_000;

  private static final Duration END = Duration.ofSeconds(5);

  private final List<Webhook> hooks;
  private final CredentialStore secrets;
  private final Duration pause;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(MOST);

  /**
   * @param secrets reads the values of secrets
   * @param pause before the second attempt; doubled before the third
   */
  Webhooks(List<Webhook> hooks, CredentialStore secrets, Duration pause) {
    this.hooks = hooks;
    this.secrets = secrets;
    this.pause = pause;
  }

  /** The same observer, of whose events these hear as well. */
  BuildObserver also(BuildObserver observer) {
    return hooks.isEmpty()
        ? observer
        : event -> {
          tell(event);
          observer.on(event);
        };
  }

  private void tell(BuildEvent event) {
    for (Webhook hook : hooks) {
      if (hook.events().contains(event.type())) {
        if (room.tryAcquire()) {
          threads.execute(() -> deliver(hook, event));
        } else {
          log.warn(
              "webhook {} is too slow: {} of {} is lost", hook.name(), event.type(), event.build());
        }
      }
    }
  }

  private void deliver(Webhook hook, BuildEvent event) {
    try {
      String body = JsonMapper.shared().writeValueAsString(body(event));
      HttpRequest request = request(hook, event, body);
      Duration wait = pause;
      for (int attempt = 1; !accepted(hook, request, attempt) && attempt < ATTEMPTS; attempt++) {
        TimeUnit.MILLISECONDS.sleep(wait.toMillis());
        wait = wait.multipliedBy(2);
      }
    } catch (IOException e) {
      log.warn("webhook {}: {}", hook.name(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  private HttpRequest request(Webhook hook, BuildEvent event, String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hook.url())
            .timeout(PATIENCE)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "Deputy")
            .header("Deputy-Event", event.type())
            .header("Deputy-Delivery", UUID.randomUUID().toString())
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (hook.secret().isPresent()) {
      byte[] secret = secrets.read(hook.secret().get());
      request.header("Deputy-Signature", "sha256=" + signature(secret, body));
    }
    return request.build();
  }

  private boolean accepted(Webhook hook, HttpRequest request, int attempt)
      throws InterruptedException {
    String failure;
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 == 2) {
        return true;
      }
      failure = "status " + status;
    } catch (IOException e) {
      failure = e.toString();
    }
    log.warn("webhook {}: attempt {} of {}: {}", hook.name(), attempt, ATTEMPTS, failure);
    return false;
  }

  /** HMAC-SHA256 of the body in UTF-8, hexadecimal. */
  static String signature(byte[] secret, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static Map<String, Object> body(BuildEvent event) {
    var body = new LinkedHashMap<String, Object>();
    body.put("event", event.type());
    body.put("time", event.time().toString());
    body.put("build", event.build().toString());
    body.put("job", event.build().job().value());
    body.put("number", event.build().number());
    switch (event) {
      case BuildEvent.BuildStarted e -> {
        body.put("cause", e.cause().kind());
        body.put("startedBy", e.cause().actor());
        put(body, "branch", e.branch());
        put(body, "commit", e.commit());
      }
      case BuildEvent.StageStarted e -> body.put("stage", e.stage().path());
      case BuildEvent.StageFinished e -> {
        body.put("stage", e.stage().path());
        body.put("result", e.state().name());
        body.put("durationMs", e.duration().toMillis());
        put(body, "skipped", e.skipped());
      }
      case BuildEvent.QuestionAsked e -> {
        body.put("question", e.question().id());
        body.put("text", e.question().text());
        body.put("candidates", e.question().candidates());
      }
      case BuildEvent.Denied e -> body.put("message", e.message());
      case BuildEvent.BuildFinished e -> {
        body.put("result", e.result().name());
        body.put("durationMs", e.duration().toMillis());
      }
      default -> {
        // nothing more to say
      }
    }
    return body;
  }

  private static void put(Map<String, Object> body, String key, Optional<String> value) {
    value.ifPresent(text -> body.put(key, text));
  }

  /** Waits a little for what is on its way. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    http.shutdownNow();
  }
}
