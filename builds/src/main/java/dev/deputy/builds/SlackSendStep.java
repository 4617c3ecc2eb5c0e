package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.core.Notices.ChatMessage;
import dev.deputy.core.Notices.Layout;
import dev.deputy.core.Notices.Posted;
import dev.deputy.core.Notices.Room;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code slackSend}: a message to a channel of the configuration's Slack. Where it goes is not the
 * pipeline's to say: addresses and tokens in its arguments have no effect.
 */
final class SlackSendStep implements Step {
  /** As Jenkins' plug-in writes a thread: {@code C0123:1577836800.000100}. */
  private static final Pattern THREAD = Pattern.compile("(.+):(\\d+\\.\\d+)");

  private static final String CONFIGURED = "see notifications in deputy.yaml";
  private static final String OF_THE_APP = "a message has the name and picture of Slack's app";
  private static final String NOBODY_ASKED = "Deputy does not look people up in Slack";

  @Override
  public StepSignature signature() {
    return Signatures.step("slackSend")
        .optionalValue("message", Kind.STRING)
        .optional(Kind.STRING, "channel", "color", "timestamp")
        .optional(Kind.BOOLEAN, "failOnError", "replyBroadcast")
        .optional(Kind.ANY, "attachments", "blocks")
        .optional(Kind.BOOLEAN, "botUser", "sendAsText")
        .optional(Kind.STRING, "token")
        .ignored(CONFIGURED, Kind.STRING, "baseUrl", "teamDomain", "tokenCredentialId")
        .ignored(OF_THE_APP, Kind.STRING, "iconEmoji", "username")
        .ignored(NOBODY_ASKED, Kind.BOOLEAN, "notifyCommitters", "useSpecificUsers")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  /** What Jenkins' plug-in gives for a thread's sake; null where it was not sent. */
  @Override
  public @Nullable Object run(StepContext step) {
    step.sayIgnored();
    if (step.filledText("token").isPresent()) {
      // Not before the start, for that warning shows the line of the file.
      step.say("WARNING: slackSend: token has no effect: " + CONFIGURED);
    }
    Masks masks = step.build().masks();
    String text = masks.hide(step.optionalText("message").orElse(""));
    Optional<String> color = step.filledText("color").map(masks::hide);
    if (step.flag("sendAsText", false)) {
      color = Optional.empty();
    }
    var layout = new Layout(parts(step, "attachments"), parts(step, "blocks"));
    Optional<Map<String, @Nullable Object>> response = Optional.empty();
    var notification = new Notification(step);
    for (Room room : rooms(step)) {
      Notification.Delivery delivery =
          notification.send(
              new ChatMessage(room, color, text, layout),
              room.channel().orElse("the usual channel"),
              text);
      if (delivery.failure().isPresent()) {
        if (step.flag("failOnError", false)) {
          throw new StepFailed(delivery.failure().get());
        }
        step.say("ERROR: " + delivery.failure().get());
      } else if (response.isEmpty()) {
        response = Optional.of(response(delivery.posted(), room));
      }
    }
    return response.orElse(null);
  }

  private static List<Room> rooms(StepContext step) {
    Optional<String> replaces = step.filledText("timestamp");
    boolean broadcast = step.flag("replyBroadcast", false);
    List<Room> rooms = new ArrayList<>();
    for (String channel :
        step.build().masks().hide(step.filledText("channel").orElse("")).split("[,;\\s]+")) {
      Matcher thread = THREAD.matcher(channel);
      rooms.add(
          thread.matches()
              ? new Room(
                  Optional.of(thread.group(1)), Optional.of(thread.group(2)), replaces, broadcast)
              : new Room(
                  Optional.of(channel).filter(name -> !name.isEmpty()),
                  Optional.empty(),
                  replaces,
                  broadcast));
    }
    return rooms;
  }

  private static Map<String, @Nullable Object> response(Optional<Posted> posted, Room room) {
    var response = new LinkedHashMap<String, @Nullable Object>();
    response.put("channelId", posted.map(Posted::channel).orElse(null));
    response.put("ts", posted.map(Posted::timestamp).orElse(null));
    response.put(
        "threadId",
        posted
            .map(message -> message.channel() + ":" + room.thread().orElse(message.timestamp()))
            .orElse(null));
    return response;
  }

  /** Maps of Slack's JSON, or its text. */
  private static List<Map<String, Object>> parts(StepContext step, String parameter) {
    Object value = step.argument(parameter);
    if (value == null) {
      return List.of();
    }
    Object json =
        step.build()
            .masks()
            .hideAll(value instanceof String text ? parsed(parameter, text) : value);
    List<Map<String, Object>> parts = new ArrayList<>();
    for (Object part : json instanceof List<?> list ? list : Arrays.asList(json)) {
      if (!(part instanceof Map<?, ?> map)) {
        throw new StepFailed(
            "slackSend: " + parameter + ": expected a list of maps, and in it is " + part);
      }
      var fields = new LinkedHashMap<String, Object>();
      map.forEach((key, field) -> fields.put(String.valueOf(key), field));
      parts.add(fields);
    }
    return parts;
  }

  private static @Nullable Object parsed(String parameter, String json) {
    try {
      return JsonMapper.shared().readValue(json, Object.class);
    } catch (JacksonException e) {
      throw new StepFailed("slackSend: " + parameter + ": " + e.getOriginalMessage());
    }
  }
}
