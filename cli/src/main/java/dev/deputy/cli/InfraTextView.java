package dev.deputy.cli;

import dev.deputy.aws.StackChange;
import dev.deputy.aws.StackChange.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** For people. */
final class InfraTextView implements InfraView {
  private final Terminal terminal;
  private final Style style;

  InfraTextView(Terminal terminal) {
    this.terminal = terminal;
    this.style = terminal.style();
  }

  @Override
  public boolean isForPeople() {
    return true;
  }

  @Override
  public void plan(List<StackChange> plan) {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (StackChange change : plan) {
      if (change.isNeeded()) {
        terminal.println(style.bold(change.stack()) + " " + place(change) + ": " + words(change));
        for (StackChange.Resource resource : change.resources()) {
          counts.merge(resource.kind(), 1, Integer::sum);
          terminal.println("  " + line(resource));
          properties(resource).forEach(terminal::println);
        }
      }
    }
    if (plan.stream().anyMatch(StackChange::isNeeded)) {
      terminal.println("");
    }
    terminal.println(summary(plan, counts));
  }

  @Override
  public void waiting(String stack, String status) {
    terminal.println(stack + " is " + status + ": waiting for whoever began that");
  }

  @Override
  public void begins(StackChange change) {
    terminal.println("");
    terminal.println(style.bold(change.stack()) + " " + place(change) + ": " + words(change));
  }

  @Override
  public void happened(
      StackChange change, String logicalId, String type, String status, String reason) {
    String text = "  %-32s %-36s %s".formatted(status, type, logicalId);
    boolean failed = status.endsWith("_FAILED") || status.contains("ROLLBACK");
    boolean done = status.endsWith("_COMPLETE");
    String shown = failed ? style.red(text) : done ? style.green(text) : style.faint(text);
    terminal.println(shown + (failed && !reason.isEmpty() ? "\t" + reason : ""));
  }

  @Override
  public void finished(String words) {
    terminal.println("");
    terminal.println(words);
  }

  @Override
  public void say(String words) {
    terminal.println(words);
  }

  private static String place(StackChange change) {
    return "in %s (%s, %s)"
        .formatted(change.account().name(), change.account().id(), change.region());
  }

  private static String words(StackChange change) {
    return switch (change.action()) {
      case NONE -> "nothing to do";
      case CREATE -> "new";
      case UPDATE -> change.resources().isEmpty() ? "only outputs change" : "changed";
      case RECREATE -> "its creation failed before; what is left is deleted, and it is made again";
      case DELETE -> "deleted";
    };
  }

  private String line(StackChange.Resource resource) {
    String text = "%s  %s".formatted(resource.logicalId(), style.faint(resource.type()));
    String stays = resource.retained() ? ", the old one stays" : "";
    return switch (resource.kind()) {
      case ADD -> style.green("+ ") + text;
      case CHANGE -> style.yellow("~ ") + text;
      case REPLACE -> style.red(style.symbol("±", "!") + " ") + text + "  replaced" + stays;
      case MAY_REPLACE ->
          style.red(style.symbol("±", "!") + " ") + text + "  perhaps replaced" + stays;
      case REMOVE -> style.red("- ") + text + (resource.retained() ? "  stays outside" : "");
    };
  }

  private List<String> properties(StackChange.Resource resource) {
    List<String> lines = new ArrayList<>();
    for (StackChange.Property property : resource.properties()) {
      for (PropertyDifference difference : PropertyDifference.of(property)) {
        lines.add("      " + difference.text(style));
      }
    }
    return lines;
  }

  private static String summary(List<StackChange> plan, Map<Kind, Integer> counts) {
    long needed = plan.stream().filter(StackChange::isNeeded).count();
    if (needed == 0) {
      return plan.isEmpty()
          ? "There is no stack of Deputy in these accounts."
          : "Nothing to do: all " + plan.size() + " stacks are as the configuration says.";
    }
    List<String> parts = new ArrayList<>();
    counts.forEach((kind, count) -> parts.add(count + " " + word(kind)));
    long same = plan.size() - needed;
    return "%d of %d stacks%s%s"
        .formatted(
            needed,
            plan.size(),
            parts.isEmpty() ? "" : ": resources " + String.join(", ", parts),
            same == 0 ? "" : "; " + same + " as the configuration says");
  }

  private static String word(Kind kind) {
    return switch (kind) {
      case ADD -> "added";
      case CHANGE -> "changed";
      case REPLACE -> "replaced";
      case MAY_REPLACE -> "perhaps replaced";
      case REMOVE -> "removed";
    };
  }
}
