package dev.deputy.cli;

import dev.deputy.aws.StackFailed;
import dev.deputy.builds.AbortSignal;
import dev.deputy.builds.BuildOutcome;
import dev.deputy.builds.BuildParameters;
import dev.deputy.builds.BuildRequest;
import dev.deputy.core.Cause;
import dev.deputy.pipeline.ParsedJenkinsfile;
import dev.deputy.server.Configuration;
import dev.deputy.server.Jobs;
import dev.deputy.server.LocalSource;
import dev.deputy.server.StateFolder;
import dev.deputy.server.StateUnavailable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code deputy run}: runs Jenkinsfiles to their end, live in the terminal. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs Jenkinsfiles to their end, one after the other.",
      "Without --endpoint-url everything happens on a sandbox in this process: no AWS account is"
          + " needed."
    },
    footer = {
      "",
      "Examples:",
      "  deputy run examples/dtap/Jenkinsfile --approve release-manager",
      "  deputy run Jenkinsfile --param VERSION=2.0 --endpoint-url http://127.0.0.1:4566"
    })
final class RunCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Jenkinsfiles.")
  private List<Path> files = List.of();

  @Option(
      names = "--approve",
      paramLabel = "NAME",
      description =
          "Answers questions with the yes of this user; may be repeated. Nobody proves here who"
              + " they are: approvals on the command line are as good as whoever runs it.")
  private List<String> approvers = new ArrayList<>();

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "A parameter of the build; may be repeated.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "Runs on the AWS at this address of this machine, such as a sandbox.")
  private @Nullable URI endpoint;

  @Mixin private ConfigurationOption configurationOption = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  private final AbortSignal abort = new AbortSignal();
  private final CountDownLatch finished = new CountDownLatch(1);

  @Override
  public Integer call() throws IOException {
    requireLoopback();
    endpoint = Loopback.literal(endpoint);
    Configuration configuration = configurationOption.loadFor(files);
    List<PipelineFile> pipelines = files.stream().map(PipelineFile::read).toList();
    if (pipelines.stream().anyMatch(file -> !file.problems().isEmpty())) {
      report(pipelines);
      return ExitStatus.BAD_INPUT.code();
    }
    StateFolder state = configurationOption.stateFolder(configuration);
    Interrupts.onInterrupt(() -> abort.abort("Ctrl-C"), finished);
    try (ControllerOfRun controller = started(configuration, state)) {
      return runAll(configuration, controller, pipelines).code();
    } finally {
      finished.countDown();
    }
  }

  /** The agents' endpoint is on loopback. */
  private void requireLoopback() {
    if (endpoint == null || Loopback.is(endpoint)) {
      return;
    }
    throw new CommandFailed(
        ExitStatus.USAGE,
        endpoint.getHost() == null
            ? "--endpoint-url: " + endpoint + " is no address such as http://127.0.0.1:4566"
            : "agents on "
                + endpoint.getHost()
                + " could not reach this controller: only endpoints on this machine are supported"
                + " in this version");
  }

  private ControllerOfRun started(Configuration configuration, StateFolder state) {
    try {
      return endpoint == null
          ? ControllerOfRun.onSandbox(configuration, state)
          : ControllerOfRun.on(configuration, state, endpoint, System.getenv());
    } catch (StackFailed e) {
      throw unavailable("Deputy's set-up can not be used: " + e.getMessage());
    } catch (SdkException e) {
      throw unavailable(
          String.valueOf(e.getMessage()).contains("Connection refused")
              ? "nothing answers at " + endpoint + ": is the sandbox started (deputy sandbox)?"
              : "AWS can not be used: " + e.getMessage());
    } catch (StateUnavailable | IOException e) {
      throw unavailable(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the controller started", e);
    }
  }

  private static CommandFailed unavailable(String message) {
    return new CommandFailed(ExitStatus.UNAVAILABLE, message);
  }

  private void report(List<PipelineFile> pipelines) {
    for (PipelineFile file : pipelines) {
      if (output.json()) {
        JsonView.print(System.out, file.checked());
      } else {
        file.problems().forEach(problem -> System.err.println(problem.format()));
      }
    }
  }

  private ExitStatus runAll(
      Configuration configuration, ControllerOfRun controller, List<PipelineFile> pipelines)
      throws IOException {
    Terminal terminal = Terminal.ofProcess(System.getenv());
    if (!output.json()) {
      terminal.println(terminal.style().faint(controller.where()));
    }
    ExitStatus worst = ExitStatus.SUCCESS;
    for (PipelineFile file : pipelines) {
      worst =
          worst.worse(
              abort.requested()
                  ? ExitStatus.ABORTED
                  : run(configuration, controller, file, terminal));
    }
    return worst;
  }

  private ExitStatus run(
      Configuration configuration, ControllerOfRun controller, PipelineFile file, Terminal terminal)
      throws IOException {
    LocalSource source = LocalSource.of(file.path());
    source.warning().ifPresent(warning -> System.err.println("warning: " + warning));
    String user = System.getProperty("user.name");
    BuildRequest request =
        new BuildRequest(
            new Jobs(configuration).of(file.path()),
            file.path().toString(),
            file.text(),
            (ParsedJenkinsfile.Valid) file.parsed(),
            source.source(),
            new Cause.Person(user),
            parameters(file),
            abort);
    CommandLineQuestions questions = new CommandLineQuestions(approvers, user, terminal);
    if (output.json()) {
      return ExitStatus.of(
          controller.controller().run(request, new JsonView(System.out), questions));
    }
    try (TextView view = new TextView(terminal, Clock.systemUTC()).start()) {
      BuildOutcome outcome = controller.controller().run(request, view, questions);
      view.summary(outcome);
      return ExitStatus.of(outcome);
    }
  }

  private BuildParameters parameters(PipelineFile file) {
    try {
      return BuildParameters.of(
          ((ParsedJenkinsfile.Valid) file.parsed()).pipeline().parameters(), parameters);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(ExitStatus.USAGE, file.path() + ": " + e.getMessage());
    }
  }
}
