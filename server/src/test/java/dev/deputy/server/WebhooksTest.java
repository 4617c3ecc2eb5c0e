package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.deputy.builds.BuildEvent;
import dev.deputy.builds.BuildObserver;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.Cause;
import dev.deputy.core.Credential;
import dev.deputy.core.CredentialStore;
import dev.deputy.core.JobName;
import dev.deputy.server.Configuration.Webhook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebhooksTest {
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
  private static final BuildId BUILD = new BuildId(new JobName("shop/main"), 12);

  private record Post(String event, String signature, String body) {}

  private final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private HttpServer http;

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/in",
        exchange -> {
          posts.add(
              new Post(
                  exchange.getRequestHeaders().getFirst("Deputy-Event"),
                  String.valueOf(exchange.getRequestHeaders().getFirst("Deputy-Signature")),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          exchange.sendResponseHeaders(refusals.getAndDecrement() > 0 ? 503 : 204, -1);
          exchange.close();
        });
    http.start();
  }

  @AfterEach
  void stop() {
    http.stop(0);
  }

  private Webhook hook(List<String> events) {
    URI url = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/in");
    return new Webhook("board", url, events, Optional.empty());
  }

  private static Webhooks webhooks(Webhook hook) {
    return new Webhooks(List.of(hook), CredentialStore.NONE, Duration.ofMillis(1));
  }

  private static BuildEvent started() {
    return new BuildEvent.BuildStarted(
        AT,
        BUILD,
        "Jenkinsfile",
        Optional.of("main"),
        Optional.of("c0ffee"),
        new Cause.Person("alice"));
  }

  private static BuildEvent finished() {
    return new BuildEvent.BuildFinished(
        AT, BUILD, "Jenkinsfile", BuildState.FAILURE, Duration.ofSeconds(3), Path.of("/logs/x"));
  }

  @Test
  void onlyTheEventsThatWereAskedForAreTold() throws Exception {
    List<BuildEvent> seen = new ArrayList<>();
    try (Webhooks webhooks = webhooks(hook(List.of("build-finished")))) {
      BuildObserver observer = webhooks.also(seen::add);
      observer.on(started());
      observer.on(finished());
      assertThat(seen).as("whoever listens as well").hasSize(2);
      Post post = posts.take();
      assertThat(post.event()).isEqualTo("build-finished");
      assertThat(post.signature()).isEqualTo("null");
      assertThat(post.body())
          .isEqualTo(
              "{\"event\":\"build-finished\",\"time\":\"2026-11-22T10:00:00Z\","
                  + "\"build\":\"shop/main#12\",\"job\":\"shop/main\",\"number\":12,"
                  + "\"result\":\"FAILURE\",\"durationMs\":3000}");
    }
    assertThat(posts).isEmpty();
  }

  /** RFC 4231, test case 2. */
  @Test
  void signaturesAreHmacSha256() {
    assertThat(
            Webhooks.signature(
                "Jefe".getBytes(StandardCharsets.UTF_8), "what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void whatIsNotTakenIsTriedAgainAndThenLost() throws Exception {
    try (Webhooks webhooks = webhooks(hook(List.of("build-started", "build-finished")))) {
      BuildObserver observer = webhooks.also(_ -> {});
      refusals.set(2);
      observer.on(started());
      for (int i = 0; i < 3; i++) {
        assertThat(posts.take().event()).isEqualTo("build-started");
      }
      refusals.set(3);
      observer.on(finished());
      for (int i = 0; i < 3; i++) {
        assertThat(posts.take().event()).isEqualTo("build-finished");
      }
    }
    assertThat(posts).isEmpty();
  }

  /** A refusal of the first does not let the second overtake it, not even at the end. */
  @Test
  void eventsOfABuildArriveInTheirOrder() throws Exception {
    refusals.set(2);
    try (Webhooks webhooks = webhooks(hook(List.of("build-started", "denied", "build-finished")))) {
      BuildObserver observer = webhooks.also(_ -> {});
      observer.on(started());
      observer.on(new BuildEvent.Denied(AT, BUILD, "Deploy", "no grant"));
      observer.on(finished());
    }
    assertThat(posts)
        .extracting(Post::event)
        .containsExactly(
            "build-started", "build-started", "build-started", "denied", "build-finished");
  }

  @Test
  void whatAnEarlierProcessToldIsNotToldAgain() {
    var stage = new BuildEvent.Stage(3, List.of("Compile"), "");
    try (Webhooks webhooks = webhooks(hook(List.of("stage-started")))) {
      BuildObserver observer = webhooks.also(_ -> {});
      observer.on(new BuildEvent.StageStarted(AT, BUILD, stage, true));
      observer.on(new BuildEvent.StageStarted(AT, BUILD, stage, false));
    }
    assertThat(posts).hasSize(1);
  }

  @Test
  void aSecretIsReadWithoutItsLinesEndAndNeverEmpty() {
    for (String value : List.of("Jefe\n", "\n")) {
      Webhook plain = hook(List.of("build-finished"));
      var signed =
          new Webhook(
              plain.name(),
              plain.url(),
              plain.events(),
              Optional.of(new Credential.Value.Environment("X")));
      try (var webhooks =
          new Webhooks(List.of(signed), ConfiguredNoticesTest.secret(value), Duration.ZERO)) {
        webhooks.also(_ -> {}).on(finished());
      }
    }
    assertThat(posts).as("an empty secret signs nothing").hasSize(1);
    Post post = posts.remove();
    assertThat(post.signature())
        .isEqualTo(
            "sha256=" + Webhooks.signature("Jefe".getBytes(StandardCharsets.UTF_8), post.body()));
  }

  /** It answers, and its answer never ends. */
  @Test
  void anAnswerThatNeverEndsIsGivenUp() throws Exception {
    http.createContext(
        "/slow",
        exchange -> {
          posts.add(new Post("slow", "", ""));
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().flush();
          // never closed
        });
    URI url = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/slow");
    var slow = new Webhook("slow", url, List.of("build-finished"), Optional.empty());
    try (var webhooks =
        new Webhooks(List.of(slow), CredentialStore.NONE, Duration.ZERO, Duration.ofMillis(200))) {
      webhooks.also(_ -> {}).on(finished());
    }
    assertThat(posts).hasSize(3);
  }

  @Test
  void nobodyWaitsForAServerThatIsNotThere() throws Exception {
    var gone =
        new Webhook("gone", URI.create("http://127.0.0.1:1/"), List.of("denied"), Optional.empty());
    try (Webhooks webhooks = webhooks(gone)) {
      BuildEvent denied = new BuildEvent.Denied(AT, BUILD, "Deploy", "no grant");
      var heard = new LinkedBlockingQueue<BuildEvent>();
      webhooks.also(heard::add).on(denied);
      assertThat(heard.poll(1, TimeUnit.SECONDS)).isEqualTo(denied);
    }
  }
}
