package dev.deputy.cli;

import dev.deputy.builds.BuildEvent;
import dev.deputy.builds.BuildObserver;
import dev.deputy.builds.BuildOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Shows one build to a person: the log with stage names as it comes, below it what runs now, at the
 * end the whole tree.
 */
final class TextView implements BuildObserver, AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(250);

  private final Terminal terminal;
  private final Style style;
  private final Clock clock;
  private final StageTree tree;

  /** A line is shown in pieces of this many characters where it does not end before. */
  private static final int LONGEST_LINE = 1 << 14;

  /** Where output comes from. */
  private record Output(int step, String stage, String branch) {}

  /** Output that has not ended its line yet. */
  private final Map<Output, StringBuilder> unfinishedLines = new HashMap<>();

  /** Between the names of branches within branches. */
  private static final String BETWEEN = " / ";

  private final Thread ticker;

  TextView(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.style = terminal.style();
    this.clock = clock;
    this.tree = new StageTree(style);
    this.ticker = Thread.ofVirtual().name("terminal-footer").unstarted(this::drawAgainAndAgain);
  }

  /** Begins to draw the footer where the terminal shows one. */
  TextView start() {
    if (style.colours()) {
      ticker.start();
    }
    return this;
  }

  @Override
  public synchronized void on(BuildEvent event) {
    switch (event) {
      case BuildEvent.BuildStarted started -> header(started);
      case BuildEvent.StageStarted started -> {
        tree.started(started);
        terminal.println(
            style.bold(style.symbol("▶ ", "> ") + String.join(" / ", started.stage().path())));
      }
      case BuildEvent.StageFinished finished -> {
        endLines(output -> output.stage().equals(finished.stage().name()));
        tree.finished(finished);
        finished
            .skipped()
            .ifPresent(reason ->
                terminal.println(
                    style.faint("  " + finished.stage().name() + " skipped: " + reason)));
      }
      case BuildEvent.AgentWaiting waiting -> {
        tree.agent(waiting.agent(), "waiting: " + waiting.reason());
        note(
            waiting.agent().stage(),
            "waiting for agent " + waiting.agent().template() + ": " + waiting.reason());
      }
      case BuildEvent.AgentLaunching launching -> {
        tree.agent(launching.agent(), "launching " + StageTree.place(launching.agent()));
        note(
            launching.agent().stage(),
            "agent " + StageTree.place(launching.agent()) + ", task " + lastPart(launching.task()));
      }
      case BuildEvent.AgentRegistered registered -> {
        tree.agent(registered.agent(), StageTree.place(registered.agent()));
        note(
            registered.agent().stage(),
            "proven to be "
                + assumedRole(registered.role())
                + ", isolation: "
                + registered.isolation());
      }
      case BuildEvent.CredentialsIssued issued ->
          note(
              issued.agent().stage(),
              "credentials of " + assumedRole(issued.session()) + " until " + issued.expires());
      case BuildEvent.Log log -> log(log);
      case BuildEvent.QuestionAsked _, BuildEvent.Denied _ -> {
        // Whoever answers shows the question; the log says why something was denied.
      }
      case BuildEvent.BuildFinished _ -> endLines(_ -> true);
    }
    drawFooter();
  }

  /** The tree, the result and where the time went. */
  synchronized void summary(BuildOutcome outcome) {
    terminal.footer(List.of());
    terminal.println("");
    String result =
        switch (outcome.state()) {
          case SUCCESS -> style.green("SUCCESS");
          case UNSTABLE -> style.yellow("UNSTABLE");
          case ABORTED -> style.yellow("ABORTED");
          case FAILURE, NOT_BUILT, QUEUED, RUNNING, WAITING ->
              style.red(outcome.denied() ? "FAILURE (access denied)" : outcome.state().name());
        };
    terminal.println(
        style.bold(outcome.build().toString())
            + "  "
            + result
            + "  "
            + StageTree.seconds(outcome.duration()));
    tree.lines(clock.instant()).forEach(terminal::println);
    BuildOutcome.TimeSplit times = outcome.times();
    List<String> split = new ArrayList<>();
    split.add("queue " + StageTree.seconds(times.queue()));
    split.add("launch " + StageTree.seconds(times.launch()));
    split.add("connect " + StageTree.seconds(times.connect()));
    split.add("steps " + StageTree.seconds(times.steps()));
    if (!times.approval().isZero()) {
      split.add("approval " + StageTree.seconds(times.approval()));
    }
    terminal.println(
        style.faint("  time   " + String.join(" · ", split) + " (summed over agents)"));
    terminal.println(style.faint("  log    " + outcome.logFile()));
  }

  @Override
  public void close() {
    ticker.interrupt();
    terminal.footer(List.of());
  }

  /** Shows that time passes, until interrupted. */
  private void drawAgainAndAgain() {
    try {
      while (true) {
        Thread.sleep(TICK);
        drawFooter();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void drawFooter() {
    if (style.colours()) {
      terminal.footer(tree.running(clock.instant()));
    }
  }

  private void header(BuildEvent.BuildStarted started) {
    String source =
        started.branch().orElse("no branch")
            + started.commit().map(commit -> " at " + commit.substring(0, 8)).orElse("");
    terminal.println(
        style.bold(started.build().toString())
            + "  "
            + started.script()
            + "  "
            + style.faint(
                source + ", " + started.cause().describe().replaceFirst("^Started", "started")));
  }

  private void note(String stage, String text) {
    terminal.println(prefix(stage) + style.faint(text));
  }

  private void log(BuildEvent.Log log) {
    if (log.annotation()) {
      return;
    }
    Output output = new Output(log.step(), log.stage(), log.branch());
    // A branch has one step at a time that says something: an earlier one has said its last word.
    endLines(other ->
        other.stage().equals(log.stage())
            && other.branch().equals(log.branch())
            && other.step() < log.step());
    StringBuilder pending = unfinishedLines.computeIfAbsent(output, _ -> new StringBuilder());
    int start = 0;
    int from = pending.length();
    pending.append(log.text());
    for (int end = pending.indexOf("\n", from); end >= 0; end = pending.indexOf("\n", start)) {
      line(output, pending.substring(start, end));
      start = end + 1;
    }
    pending.delete(0, start);
    if (pending.length() > LONGEST_LINE) {
      rest(output, pending);
    }
  }

  /** Shows what these outputs said without ending the line. */
  private void endLines(Predicate<Output> which) {
    unfinishedLines.forEach((output, rest) -> {
      if (which.test(output)) {
        rest(output, rest);
      }
    });
    unfinishedLines.keySet().removeIf(which);
  }

  private void rest(Output output, StringBuilder pending) {
    if (!pending.isEmpty()) {
      line(output, pending.toString());
      pending.setLength(0);
    }
  }

  private void line(Output output, String text) {
    terminal.println(prefix(place(output)) + TerminalText.safe(text, style.colours()));
  }

  /** The stage, and the branch where its name does not say as much. */
  private static String place(Output output) {
    int last = output.branch().lastIndexOf(BETWEEN);
    String branch = last < 0 ? output.branch() : output.branch().substring(last + BETWEEN.length());
    if (branch.isEmpty() || branch.equals(output.stage())) {
      return output.stage();
    }
    return (output.stage().isEmpty() ? "" : output.stage() + " ") + "[" + output.branch() + "]";
  }

  private String prefix(String stage) {
    return stage.isEmpty()
        ? "  "
        : style.blue("  " + TerminalText.safe(stage, false)) + style.faint(" | ");
  }

  private static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /** {@code role/session} of an assumed role's ARN. */
  private static String assumedRole(String arn) {
    int start = arn.indexOf("assumed-role/");
    return start < 0 ? arn : arn.substring(start + "assumed-role/".length());
  }
}
