package dev.deputy.cli;

import dev.deputy.aws.StackChange;
import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One JSON object per line. */
final class InfraJsonView implements InfraView {
  private final PrintStream out;

  InfraJsonView(PrintStream out) {
    this.out = out;
  }

  @Override
  public boolean isForPeople() {
    return false;
  }

  @Override
  public void plan(List<StackChange> plan) {
    for (StackChange change : plan) {
      Map<String, Object> line = line("stack-planned", change);
      line.put("action", word(change.action()));
      line.put("resources", change.resources().stream().map(InfraJsonView::resource).toList());
      JsonView.print(out, line);
    }
  }

  @Override
  public void waiting(String stack, String status) {
    Map<String, Object> line = line("stack-waiting");
    line.put("stack", stack);
    line.put("status", status);
    JsonView.print(out, line);
  }

  @Override
  public void begins(StackChange change) {
    Map<String, Object> line = line("stack-started", change);
    line.put("action", word(change.action()));
    JsonView.print(out, line);
  }

  @Override
  public void happened(
      StackChange change, String logicalId, String type, String status, String reason) {
    Map<String, Object> line = line("stack-event", change);
    line.put("logicalId", logicalId);
    line.put("resourceType", type);
    line.put("status", status);
    if (!reason.isEmpty()) {
      line.put("reason", reason);
    }
    JsonView.print(out, line);
  }

  @Override
  public void ended(StackChange change) {
    JsonView.print(out, line("stack-finished", change));
  }

  @Override
  public void finished(String words) {
    say(words);
  }

  @Override
  public void say(String words) {
    Map<String, Object> line = line("message");
    line.put("message", words);
    JsonView.print(out, line);
  }

  private static Map<String, Object> resource(StackChange.Resource resource) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("change", word(resource.kind()));
    described.put("logicalId", resource.logicalId());
    if (!resource.physicalId().isEmpty()) {
      described.put("physicalId", resource.physicalId());
    }
    described.put("resourceType", resource.type());
    described.put("retained", resource.retained());
    described.put(
        "properties", resource.properties().stream().map(InfraJsonView::property).toList());
    return described;
  }

  private static Map<String, Object> property(StackChange.Property property) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("name", property.name());
    property.before().ifPresent(value -> described.put("before", value));
    property.after().ifPresent(value -> described.put("after", value));
    return described;
  }

  private static Map<String, Object> line(String type, StackChange change) {
    Map<String, Object> line = line(type);
    line.put("stack", change.stack());
    line.put("account", change.account().name().value());
    line.put("accountId", change.account().id());
    line.put("region", change.region());
    return line;
  }

  private static Map<String, Object> line(String type) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", type);
    line.put("time", Clock.systemUTC().instant().toString());
    return line;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
