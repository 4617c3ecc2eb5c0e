package dev.deputy.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code deputy status}: what the controller that serves is about. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows builds of the controller that 'deputy serve' runs, and what they ask.",
    footer = {"", "Example:", "  deputy status shop/main#12"})
final class StatusCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "BUILD",
      arity = "0..1",
      description = "Such as shop/main#12 (default: the last ones).")
  private @Nullable String build;

  @Mixin private ConfigurationOption configurationOption = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ControllerClient client = ControllerClient.of(configurationOption);
    Map<String, Object> answer = build == null ? client.builds() : client.build(build);
    if (output.json()) {
      JsonView.print(System.out, answer);
    } else if (answer.get("builds") instanceof List<?> builds) {
      builds.forEach(StatusCommand::print);
    } else {
      print(answer);
      System.out.println("  log  " + answer.get("logFile"));
    }
    return ExitStatus.SUCCESS.code();
  }

  private static void print(Object answer) {
    if (!(answer instanceof Map<?, ?> fields)) {
      return;
    }
    System.out.printf(
        "%-10s %-40s %s%n", fields.get("state"), fields.get("build"), fields.get("created"));
    if (fields.get("questions") instanceof List<?> questions) {
      for (Object each : questions) {
        if (each instanceof Map<?, ?> question) {
          printQuestion(String.valueOf(fields.get("build")), question);
        }
      }
    }
  }

  private static void printQuestion(String build, Map<?, ?> question) {
    List<String> lines =
        String.valueOf(question.get("text"))
            .lines()
            .map(line -> TerminalText.safe(line, false))
            .toList();
    System.out.println("  asks " + question.get("id") + ": " + String.join("\n       ", lines));
    String as =
        question.get("candidates") instanceof List<?> candidates && !candidates.isEmpty()
            ? " --as " + candidates.getFirst()
            : "";
    System.out.println("    deputy answer '" + build + "' " + question.get("id") + " yes" + as);
  }
}
