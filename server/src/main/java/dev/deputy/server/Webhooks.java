package dev.deputy.server;

import dev.deputy.builds.BuildEvent;
import dev.deputy.builds.BuildObserver;
import dev.deputy.core.BuildId;
import dev.deputy.core.Credential;
import dev.deputy.core.CredentialStore;
import dev.deputy.server.Configuration.Webhook;
import java.io.IOException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells other systems of builds' events: a POST with JSON, signed where there is a secret, tried
 * three times; the events of one build arrive in their order. No build waits for it or fails of it,
 * and an event that nobody took is lost. Thread-safe.
 */
final class Webhooks implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 3;

  /** More than so many of one webhook on their way at once are not begun. */
  private static final int MOST = 1_000;

  /** Enough for all attempts at a server that answers; a container is given thirty seconds. */
  private static final Duration END = Duration.ofSeconds(15);

  private final List<Line> lines;
  private final CredentialStore secrets;
  private final Duration pause;
  private final TimedHttp http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param secrets reads the values of secrets
   * @param pause before the second attempt; doubled before the third
   */
  Webhooks(List<Webhook> hooks, CredentialStore secrets, Duration pause) {
    this(hooks, secrets, pause, PATIENCE);
  }

  /**
   * @param patience for one attempt
   */
  Webhooks(List<Webhook> hooks, CredentialStore secrets, Duration pause, Duration patience) {
    this.lines = hooks.stream().map(Line::new).toList();
    this.secrets = secrets;
    this.pause = pause;
    this.http = new TimedHttp(patience);
  }

  /** The same observer, of whose events these hear as well. */
  BuildObserver also(BuildObserver observer) {
    return lines.isEmpty()
        ? observer
        : event -> {
          lines.forEach(line -> line.tell(event));
          observer.on(event);
        };
  }

  /** One webhook, and what is on its way to it. */
  private final class Line {
    private final Webhook hook;
    private final Semaphore room = new Semaphore(MOST);

    /** The last delivery of each build that has one under way. */
    private final Map<BuildId, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

    Line(Webhook hook) {
      this.hook = hook;
    }

    void tell(BuildEvent event) {
      if (!hook.events().contains(event.type()) || isRepeated(event)) {
        return;
      }
      if (!room.tryAcquire()) {
        log.warn(
            "webhook {} is too slow: {} of {} is lost", hook.name(), event.type(), event.build());
        return;
      }
      CompletableFuture<Void> next =
          last.compute(
              event.build(),
              (_, before) ->
                  (before == null ? CompletableFuture.<Void>completedFuture(null) : before)
                      .thenRunAsync(() -> take(event), threads));
      var _ =
          next.whenComplete((_, rejected) -> {
            last.remove(event.build(), next);
            if (rejected != null) {
              lose(event);
            }
          });
    }

    private void take(BuildEvent event) {
      boolean taken = false;
      try {
        taken = deliver(hook, event);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException | RuntimeException e) {
        log.warn("webhook {}: {}", hook.name(), e.toString());
      }
      if (taken) {
        room.release();
      } else {
        lose(event);
      }
    }

    private void lose(BuildEvent event) {
      room.release();
      log.warn("webhook {}: {} of {} is lost", hook.name(), event.type(), event.build());
    }
  }

  private boolean deliver(Webhook hook, BuildEvent event) throws IOException, InterruptedException {
    String body = JsonMapper.shared().writeValueAsString(body(event));
    HttpRequest request = request(hook, event, body);
    Duration wait = pause;
    for (int attempt = 1; ; attempt++) {
      if (accepted(hook, request, attempt)) {
        return true;
      }
      if (attempt == ATTEMPTS) {
        return false;
      }
      Thread.sleep(wait);
      wait = wait.multipliedBy(2);
    }
  }

  private HttpRequest request(Webhook hook, BuildEvent event, String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hook.url())
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "Deputy")
            .header("Deputy-Event", event.type())
            .header("Deputy-Delivery", UUID.randomUUID().toString())
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (hook.secret().isPresent()) {
      request.header("Deputy-Signature", "sha256=" + signature(secret(hook.secret().get()), body));
    }
    return request.build();
  }

  /** Without the line's end that files have. */
  private byte[] secret(Credential.Value value) throws IOException {
    String secret = new String(secrets.read(value), StandardCharsets.UTF_8).strip();
    if (secret.isEmpty()) {
      throw new IOException("its secret is empty, and without a signature nothing is sent");
    }
    return secret.getBytes(StandardCharsets.UTF_8);
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

  private static boolean isRepeated(BuildEvent event) {
    return switch (event) {
      case BuildEvent.StageStarted e -> e.repeated();
      case BuildEvent.StageFinished e -> e.repeated();
      default -> false;
    };
  }

  /** Waits a little for what is on its way. */
  @Override
  public void close() {
    CompletableFuture<?>[] pending =
        lines.stream()
            .flatMap(line -> line.last.values().stream())
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(pending).get(END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.warn("webhooks: not everything could be sent before the end: {}", e.toString());
    }
    threads.shutdownNow();
    http.close();
  }
}
