package dev.deputy.server;

import dev.deputy.core.Notices.ChatMessage;
import dev.deputy.server.Configuration.Slack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends messages to Slack, by an incoming webhook or by its API. Thread-safe. */
final class SlackClient {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /**
   * @param secret the webhook's address, or the token
   * @throws IOException when Slack did not take it; never with the secret in it
   */
  void send(Slack slack, String secret, ChatMessage message) throws IOException {
    Map<String, Object> body = body(message, message.channel().or(slack::channel));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                slack.api().isPresent()
                    ? slack.api().get().resolve("chat.postMessage")
                    : address(secret))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json; charset=utf-8");
    if (slack.api().isPresent()) {
      request.header("Authorization", "Bearer " + secret);
    }
    HttpResponse<String> response =
        exchange(
            request
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        JsonMapper.shared().writeValueAsString(body)))
                .build());
    if (response.statusCode() != OK) {
      throw new IOException("Slack answered with status " + response.statusCode());
    }
    if (slack.api().isPresent()) {
      requireOk(response.body());
    }
  }

  private static Map<String, Object> body(ChatMessage message, Optional<String> channel) {
    var body = new LinkedHashMap<String, Object>();
    channel.ifPresent(name -> body.put("channel", name));
    if (message.color().isPresent()) {
      body.put(
          "attachments",
          List.of(
              Map.of(
                  "color",
                  message.color().get(),
                  "text",
                  message.text(),
                  "fallback",
                  message.text())));
    } else {
      body.put("text", message.text());
    }
    return body;
  }

  private static URI address(String secret) throws IOException {
    try {
      return URI.create(secret);
    } catch (IllegalArgumentException e) {
      throw new IOException("the incoming webhook is not an address"); // which is the secret
    }
  }

  private HttpResponse<String> exchange(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IllegalArgumentException | IOException e) {
      throw new IOException("Slack can not be reached: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void requireOk(String body) throws IOException {
    JsonNode answer;
    try {
      answer = JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      throw new IOException("Slack answered with something else than JSON", e);
    }
    if (!answer.path("ok").asBoolean(false)) {
      throw new IOException("Slack answered: " + answer.path("error").asString("no reason"));
    }
  }
}
