package dev.deputy.cli;

import dev.deputy.builds.BuildEvent;
import dev.deputy.builds.BuildEvent.AgentUse;
import dev.deputy.builds.BuildEvent.Stage;
import dev.deputy.core.Account;
import dev.deputy.pipeline.BuildResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stages of one build with what is known of each, drawn as a tree. Not thread-safe. */
final class StageTree {
  private static final int NAME_WIDTH = 33;

  /** So many stages that run are shown; of the others it is said how many there are. */
  private static final int MOST_RUNNING = 12;

  /** What is known of one stage. */
  private static final class Row {
    final Stage stage;
    final Instant started;
    Optional<BuildResult> result = Optional.empty();
    Optional<Duration> duration = Optional.empty();
    Optional<String> skipped = Optional.empty();
    String agent = "";

    Row(Stage stage, Instant started) {
      this.stage = stage;
      this.started = started;
    }
  }

  private final Style style;
  private final Map<Integer, Row> rows = new LinkedHashMap<>();

  StageTree(Style style) {
    this.style = style;
  }

  void started(BuildEvent.StageStarted event) {
    rows.put(event.stage().step(), new Row(event.stage(), event.time()));
  }

  void finished(BuildEvent.StageFinished event) {
    Row row = rows.computeIfAbsent(event.stage().step(), _ -> new Row(event.stage(), event.time()));
    row.result = Optional.of(event.state());
    row.duration = Optional.of(event.duration());
    row.skipped = event.skipped();
  }

  /** Notes on the running stage of that name where its agent is. */
  void agent(AgentUse use, String text) {
    unfinished().stream()
        .filter(row -> row.stage.name().equals(use.stage()))
        .reduce((_, last) -> last)
        .ifPresent(row -> row.agent = text);
  }

  private List<Row> unfinished() {
    return rows.values().stream().filter(row -> row.result.isEmpty()).toList();
  }

  /** One line for each stage: below the one that it is inside of, in order of their start. */
  List<String> lines(Instant now) {
    Map<Row, List<Row>> children = new HashMap<>();
    List<Row> roots = new ArrayList<>();
    Map<List<String>, List<Row>> known = new HashMap<>();
    for (Row row : rows.values()) {
      parent(row, known)
          .map(parent -> children.computeIfAbsent(parent, _ -> new ArrayList<>()))
          .orElse(roots)
          .add(row);
      known.computeIfAbsent(row.stage.path(), _ -> new ArrayList<>()).add(row);
    }
    List<String> lines = new ArrayList<>();
    draw(roots, children, now, lines);
    return lines;
  }

  private void draw(
      List<Row> siblings, Map<Row, List<Row>> children, Instant now, List<String> lines) {
    for (Row row : siblings) {
      lines.add(line(row, now));
      draw(children.getOrDefault(row, List.of()), children, now, lines);
    }
  }

  /**
   * The nearest stage around this one. Parallel branches may have stages of one path: the branch
   * tells them apart. A loop runs a stage again only when the one before ended: the last one is it.
   *
   * @param known the stages that started before, by their paths
   */
  private static Optional<Row> parent(Row row, Map<List<String>, List<Row>> known) {
    List<String> path = row.stage.path();
    for (int depth = path.size() - 1; depth > 0; depth--) {
      List<String> above = path.subList(0, depth);
      Optional<Row> parent =
          known.getOrDefault(above, List.of()).reversed().stream()
              .filter(other -> row.stage.branch().startsWith(other.stage.branch()))
              .reduce((best, next) ->
                  next.stage.branch().length() > best.stage.branch().length() ? next : best);
      if (parent.isPresent()) {
        return parent;
      }
    }
    return Optional.empty();
  }

  /** One line for each stage that runs and has no stage running inside it, the first few. */
  List<String> running(Instant now) {
    List<Row> unfinished = unfinished();
    Set<List<String>> around = new HashSet<>();
    for (Row row : unfinished) {
      List<String> path = row.stage.path();
      for (int depth = 1; depth < path.size(); depth++) {
        around.add(path.subList(0, depth));
      }
    }
    List<Row> leaves =
        unfinished.stream().filter(row -> !around.contains(row.stage.path())).toList();
    List<String> lines = new ArrayList<>();
    leaves.stream().limit(MOST_RUNNING).forEach(row -> lines.add(line(row, now)));
    if (leaves.size() > MOST_RUNNING) {
      lines.add("  and " + (leaves.size() - MOST_RUNNING) + " more");
    }
    return lines;
  }

  static String place(AgentUse use) {
    return use.template() + use.account().map(StageTree::place).orElse(" (no account)");
  }

  private static String place(Account account) {
    return " in " + account.name() + " (" + account.id() + ")";
  }

  /** Seconds with one digit; minutes where there are some. */
  static String seconds(Duration duration) {
    long tenths = Math.round(duration.toMillis() / 100.0);
    return tenths < 600
        ? tenths / 10 + "." + tenths % 10 + " s"
        : tenths / 600 + " min " + tenths % 600 / 10 + " s";
  }

  private String line(Row row, Instant now) {
    String indent = "  ".repeat(row.stage.path().size());
    String shown = TerminalText.safe(row.stage.name(), false);
    String name = indent + mark(row) + " " + shown;
    Duration duration = row.duration.orElseGet(() -> Duration.between(row.started, now));
    String padding = " ".repeat(Math.max(1, NAME_WIDTH - indent.length() - 2 - shown.length()));
    if (row.skipped.isPresent()) {
      return name + padding + style.faint("skipped: " + row.skipped.get());
    }
    String time = String.format("%10s", seconds(duration));
    return row.agent.isEmpty()
        ? name + padding + time
        : name + padding + time + "   " + style.faint(row.agent);
  }

  private String mark(Row row) {
    if (row.skipped.isPresent()) {
      return style.faint(style.symbol("○", "-"));
    }
    if (row.result.isEmpty()) {
      return style.blue(style.symbol("●", "*"));
    }
    return switch (row.result.get()) {
      case SUCCESS -> style.green(style.symbol("✔", "+"));
      case UNSTABLE -> style.yellow(style.symbol("▲", "!"));
      case NOT_BUILT -> style.faint(style.symbol("○", "-"));
      case FAILURE -> style.red(style.symbol("✘", "x"));
      case ABORTED -> style.yellow(style.symbol("■", "="));
    };
  }
}
