package dev.deputy.server;

import dev.deputy.core.Notices.ChatMessage;
import dev.deputy.core.Notices.Posted;
import dev.deputy.core.Notices.Room;
import dev.deputy.server.Configuration.Slack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends messages to Slack, by an incoming webhook or by its API ({@code chat.postMessage}, {@code
 * chat.update}). Thread-safe.
 */
final class SlackClient {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int OK = 200;
  private static final int LONGEST_ANSWER = 1 << 20;

  /** What a header takes; anything else would come back in an exception's words. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  private final TimedHttp http;

  SlackClient() {
    this(PATIENCE);
  }

  /**
   * @param patience for one message
   */
  SlackClient(Duration patience) {
    this.http = new TimedHttp(patience);
  }

  /**
   * @param secret the webhook's address, or the token
   * @return which message it became; empty where Slack does not say, as incoming webhooks do not
   * @throws IOException when Slack did not take it; never with the secret in it
   */
  Optional<Posted> send(Slack slack, String secret, ChatMessage message) throws IOException {
    HttpRequest request;
    try {
      request =
          slack.api().isPresent() ? toApi(slack, secret, message) : toHook(slack, secret, message);
    } catch (IllegalArgumentException | JacksonException e) {
      // The cause is not handed on: it may repeat the secret.
      throw new IOException("the message can not be made: " + e.getClass().getSimpleName());
    }
    HttpResponse<byte[]> response = exchange(request);
    if (response.statusCode() != OK) {
      throw new IOException("Slack answered with status " + response.statusCode());
    }
    return slack.api().isPresent() ? posted(response.body()) : Optional.empty();
  }

  private static HttpRequest toApi(Slack slack, String token, ChatMessage message)
      throws IOException {
    if (!TOKEN.matcher(token).matches()) {
      throw new IOException(
          "what is configured as Slack's token is none (expected: one line of printable"
              + " characters)");
    }
    String method = message.room().replaces().isPresent() ? "chat.update" : "chat.postMessage";
    return request(slack.api().orElseThrow().resolve(method), slack, message)
        .header("Authorization", "Bearer " + token)
        .build();
  }

  private static HttpRequest toHook(Slack slack, String address, ChatMessage message)
      throws IOException {
    URI hook;
    try {
      hook = NotificationsSection.url(address);
    } catch (Form.Rejected e) {
      throw new IOException(
          "what is configured as Slack's webhook is not its address (expected: https://…)");
    }
    return request(hook, slack, message).build();
  }

  private static HttpRequest.Builder request(URI to, Slack slack, ChatMessage message) {
    return HttpRequest.newBuilder(to)
        .header("Content-Type", "application/json; charset=utf-8")
        .POST(
            HttpRequest.BodyPublishers.ofByteArray(
                JsonMapper.shared().writeValueAsBytes(body(message, slack.channel()))));
  }

  private static Map<String, Object> body(ChatMessage message, Optional<String> usualChannel) {
    var body = new LinkedHashMap<String, Object>();
    Room room = message.room();
    room.channel().or(() -> usualChannel).ifPresent(name -> body.put("channel", name));
    room.thread().ifPresent(timestamp -> body.put("thread_ts", timestamp));
    room.replaces().ifPresent(timestamp -> body.put("ts", timestamp));
    if (room.broadcast()) {
      body.put("reply_broadcast", true);
    }
    List<Map<String, Object>> attachments = new ArrayList<>(message.layout().attachments());
    boolean plain = !message.layout().blocks().isEmpty() || !attachments.isEmpty();
    if (message.color().isPresent() && !plain) {
      attachments.add(
          Map.of(
              "color", message.color().get(), "text", message.text(), "fallback", message.text()));
    } else if (!message.text().isEmpty()) {
      body.put("text", message.text());
    }
    if (!attachments.isEmpty()) {
      body.put("attachments", attachments);
    }
    if (!message.layout().blocks().isEmpty()) {
      body.put("blocks", message.layout().blocks());
    }
    return body;
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
    try {
      return http.send(
          request,
          HttpResponse.BodyHandlers.limiting(
              HttpResponse.BodyHandlers.ofByteArray(), LONGEST_ANSWER));
    } catch (IllegalArgumentException | IOException e) {
      throw new IOException("Slack can not be reached: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Optional<Posted> posted(byte[] body) throws IOException {
    JsonNode answer;
    try {
      answer = JsonMapper.shared().readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      throw new IOException("Slack answered with something else than JSON", e);
    }
    if (!answer.path("ok").asBoolean(false)) {
      throw new IOException("Slack answered: " + answer.path("error").asString("no reason"));
    }
    String channel = answer.path("channel").asString("");
    String timestamp = answer.path("ts").asString("");
    return channel.isEmpty() || timestamp.isEmpty()
        ? Optional.empty()
        : Optional.of(new Posted(channel, timestamp));
  }
}
