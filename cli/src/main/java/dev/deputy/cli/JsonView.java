package dev.deputy.cli;

import dev.deputy.builds.BuildEvent;
import dev.deputy.builds.BuildEvent.AgentUse;
import dev.deputy.builds.BuildObserver;
import dev.deputy.builds.Question;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints one JSON object per line and event: {@code type}, {@code time}, {@code build} and what the
 * event has to tell.
 */
final class JsonView implements BuildObserver {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PrintStream out;

  JsonView(PrintStream out) {
    this.out = out;
  }

  /** Prints any object as one line. */
  static void print(PrintStream out, Map<String, ?> object) {
    String line = JSON.writeValueAsString(object);
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }

  @Override
  public void on(BuildEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", event.type());
    line.put("time", event.time().toString());
    line.put("build", event.build().toString());
    switch (event) {
      case BuildEvent.BuildStarted e -> {
        line.put("file", e.script());
        e.branch().ifPresent(branch -> line.put("branch", branch));
        e.commit().ifPresent(commit -> line.put("commit", commit));
        line.put("cause", e.cause().kind());
      }
      case BuildEvent.StageStarted e -> stage(line, e.stage());
      case BuildEvent.StageFinished e -> {
        stage(line, e.stage());
        line.put("state", e.skipped().isPresent() ? "SKIPPED" : e.state().name());
        line.put("durationMs", e.duration().toMillis());
        e.skipped().ifPresent(reason -> line.put("reason", reason));
      }
      case BuildEvent.AgentWaiting e -> {
        agent(line, e.agent());
        line.put("reason", e.reason());
      }
      case BuildEvent.AgentLaunching e -> {
        agent(line, e.agent());
        line.put("task", e.task());
      }
      case BuildEvent.AgentRegistered e -> {
        agent(line, e.agent());
        line.put("task", e.task());
        line.put("role", e.role());
        line.put("isolation", e.isolation());
      }
      case BuildEvent.CredentialsIssued e -> {
        agent(line, e.agent());
        line.put("session", e.session());
        line.put("accessKeyId", e.accessKeyId());
        line.put("expires", e.expires().toString());
      }
      case BuildEvent.Log e -> {
        line.put("step", e.step());
        line.put("stage", e.stage());
        line.put("text", e.text());
      }
      case BuildEvent.QuestionAsked e -> question(line, e.question());
      case BuildEvent.Denied e -> {
        line.put("stage", e.stage());
        line.put("message", e.message());
      }
      case BuildEvent.BuildFinished e -> {
        line.put("file", e.script());
        line.put("result", e.result().name());
        line.put("durationMs", e.duration().toMillis());
        line.put("logFile", e.logFile().toString());
      }
    }
    print(out, line);
  }

  private static void stage(Map<String, Object> line, BuildEvent.Stage stage) {
    line.put("stage", stage.name());
    line.put("path", stage.path());
    line.put("step", stage.step());
  }

  private static void agent(Map<String, Object> line, AgentUse agent) {
    line.put("stage", agent.stage());
    line.put("template", agent.template().value());
    agent
        .account()
        .ifPresent(account -> {
          line.put("account", account.name().value());
          line.put("accountId", account.id());
        });
  }

  private static void question(Map<String, Object> line, Question question) {
    line.put("id", question.id());
    line.put("text", question.text());
    line.put("candidates", question.candidates());
  }
}
