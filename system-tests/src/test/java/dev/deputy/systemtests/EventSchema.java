package dev.deputy.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What {@code --output json} promises to programs: fields by type of event. */
final class EventSchema {
  private static final List<String> COMMON = List.of("type", "time", "build");

  private static final Map<String, List<String>> FIELDS =
      Map.ofEntries(
          Map.entry("build-started", List.of("file", "cause")),
          Map.entry("stage-started", List.of("stage", "path", "step")),
          Map.entry("stage-finished", List.of("stage", "path", "step", "state", "durationMs")),
          Map.entry("agent-waiting", List.of("stage", "template", "reason")),
          Map.entry("agent-launching", List.of("stage", "template", "task")),
          Map.entry("agent-registered", List.of("stage", "template", "task", "role", "isolation")),
          Map.entry(
              "credentials-issued",
              List.of(
                  "stage",
                  "template",
                  "account",
                  "accountId",
                  "session",
                  "accessKeyId",
                  "expires")),
          Map.entry("log", List.of("step", "stage", "text")),
          Map.entry("question", List.of("id", "text", "candidates")),
          Map.entry("denied", List.of("stage", "message")),
          Map.entry("build-finished", List.of("file", "result", "durationMs", "logFile")));

  private EventSchema() {}

  /** Fails unless the events of one build are in an order and a form that programs can rely on. */
  static void check(List<JsonNode> events) {
    assertThat(events).allSatisfy(EventSchema::check);
    assertThat(events.getFirst().get("type").asString()).isEqualTo("build-started");
    assertThat(events.getLast().get("type").asString()).isEqualTo("build-finished");
    assertThat(events.stream().map(event -> event.get("build").asString()).distinct()).hasSize(1);
  }

  private static void check(JsonNode event) {
    assertThat(event.propertyNames()).containsAll(COMMON);
    assertThat(Instant.parse(event.get("time").asString())).isNotNull();
    assertThat(FIELDS).containsKey(event.get("type").asString());
    assertThat(event.propertyNames())
        .containsAll(FIELDS.getOrDefault(event.get("type").asString(), List.of()));
  }
}
