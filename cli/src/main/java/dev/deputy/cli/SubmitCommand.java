package dev.deputy.cli;

import dev.deputy.core.BuildState;
import dev.deputy.server.Configuration;
import dev.deputy.server.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deputy submit}: leaves Jenkinsfiles with a controller that serves. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description =
        "Begins builds on the controller that 'deputy serve' runs, and prints their names.",
    footer = {"", "Example:", "  deputy submit Jenkinsfile --param VERSION=2.0 --wait"})
final class SubmitCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 200;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Jenkinsfiles.")
  private List<Path> files = List.of();

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "A parameter of the builds; may be repeated.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--wait",
      description = "Waits for their ends, also while the controller is started again.")
  private boolean wait;

  @Mixin private ConfigurationOption configurationOption = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Configuration configuration = configurationOption.loadFor(files);
    var state = configurationOption.stateFolder(configuration);
    ExitStatus worst = ExitStatus.SUCCESS;
    for (Path file : files) {
      Map<String, Object> answer =
          ControllerClient.of(state)
              .post(
                  "builds",
                  Map.of("file", file.toAbsolutePath().toString(), "parameters", parameters));
      String build = String.valueOf(answer.get("build"));
      if (output.json()) {
        JsonView.print(System.out, answer);
      } else {
        System.out.println(build);
      }
      if (wait) {
        worst = worst.worse(end(state, build));
      }
    }
    return worst.code();
  }

  private static ExitStatus end(StateFolder state, String build)
      throws IOException, InterruptedException {
    while (true) {
      try {
        Map<String, Object> now = ControllerClient.of(state).build(build);
        if (now.containsKey("finished")) {
          return ExitStatus.of(BuildState.valueOf(String.valueOf(now.get("state"))));
        }
      } catch (CommandFailed e) {
        if (e.status() != ExitStatus.UNAVAILABLE) {
          throw e;
        }
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
