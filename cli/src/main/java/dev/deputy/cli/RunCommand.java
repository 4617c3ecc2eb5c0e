package dev.deputy.cli;

import dev.deputy.aws.StackFailed;
import dev.deputy.builds.AbortSignal;
import dev.deputy.builds.BuildObserver;
import dev.deputy.builds.BuildOutcome;
import dev.deputy.builds.BuildParameters;
import dev.deputy.builds.BuildRequest;
import dev.deputy.builds.BuildResources;
import dev.deputy.builds.Questions;
import dev.deputy.core.Cause;
import dev.deputy.core.JobName;
import dev.deputy.pipeline.ParsedJenkinsfile;
import dev.deputy.pipeline.Problem;
import dev.deputy.server.Configuration;
import dev.deputy.server.Jobs;
import dev.deputy.server.LocalResources;
import dev.deputy.server.LocalSource;
import dev.deputy.server.StateFolder;
import dev.deputy.server.StateUnavailable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code deputy run}: runs Jenkinsfiles to their end, live in the terminal. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs Jenkinsfiles to their end, one after the other.",
      "Without --endpoint-url everything happens on a sandbox in this process: no AWS account is"
          + " needed. With --local there is no AWS at all: every label is served by this machine,"
          + " steps run as you, and no configuration is needed."
    },
    footer = {
      "",
      "Examples:",
      "  deputy run examples/dtap/Jenkinsfile --approve release-manager",
      "  deputy run Jenkinsfile --param VERSION=2.0 --endpoint-url http://127.0.0.1:4566",
      "  deputy run --local Jenkinsfile services/*/Jenkinsfile --log-dir logs",
      "  deputy run --local --resume examples/hello#3"
    })
final class RunCommand implements Callable<Integer> {
  /** Such a file may declare parameters while it runs. */
  private static final Pattern PROPERTIES = Pattern.compile("\\bproperties\\b");

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Jenkinsfiles.")
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

  @Option(
      names = "--local",
      description =
          "Runs on this machine, without AWS: every label is served by agents in this process. A"
              + " file that is not valid is reported and does not keep the others from running.")
  private boolean local;

  @Option(
      names = "--resume",
      paramLabel = "BUILD",
      description =
          "Goes on with a build, such as shop/main#12, whose controller was killed: finished steps"
              + " are not run again.")
  private @Nullable String resume;

  @Option(
      names = "--log-dir",
      paramLabel = "DIR",
      description = "Also keeps each build's console in this folder, in a file named by its path.")
  private @Nullable Path logDir;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LibraryOption libraries = new LibraryOption();
  @Mixin private ConfigurationOption configurationOption = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  private final AbortSignal abort = new AbortSignal();
  private final Set<String> warned = new HashSet<>();
  private final CountDownLatch finished = new CountDownLatch(1);

  @Override
  public Integer call() throws IOException {
    if (local && endpoint != null) {
      throw new CommandFailed(ExitStatus.USAGE, "--local and --endpoint-url exclude each other");
    }
    if ((resume == null) == files.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "expected either FILE… or --resume BUILD");
    }
    requireLoopback();
    endpoint = Loopback.literal(endpoint);
    if (resume != null) {
      return resume(Resumed.find(resume, configurationOption, local));
    }
    Optional<Configuration> configuration =
        local ? configurationOption.find(files) : Optional.of(configurationOption.loadFor(files));
    List<PipelineFile> pipelines = files.stream().map(PipelineFile::read).toList();
    if (!local && pipelines.stream().anyMatch(file -> !file.problems().isEmpty())) {
      pipelines.forEach(this::report);
      return ExitStatus.BAD_INPUT.code();
    }
    Optional<LogFolder> logs = Optional.ofNullable(logDir).map(LogFolder::open);
    StateFolder state = configurationOption.stateFolder(configuration);
    Interrupts.onInterrupt(() -> abort.abort("Ctrl-C"), finished);
    try (ControllerOfRun controller = started(configuration, state)) {
      return runAll(configuration, controller, pipelines, logs).code();
    } finally {
      finished.countDown();
    }
  }

  private int resume(Resumed build) throws IOException {
    files = List.of(build.file().path());
    Optional<LogFolder> logs = Optional.ofNullable(logDir).map(LogFolder::open);
    Interrupts.onInterrupt(() -> abort.abort("Ctrl-C"), finished);
    try (ControllerOfRun controller = started(build.configuration(), build.state())) {
      Terminal terminal = Terminal.ofProcess(System.getenv());
      if (!output.json()) {
        terminal.println(terminal.style().faint(controller.where()));
      }
      String user = System.getProperty("user.name");
      var others = new JobsOfRun(scripts(build.configuration()), 0);
      BuildRequest request = build.request(user, abort, others);
      Optional<Path> log = logs.map(folder -> folder.reserve(build.file().path()));
      return run(
              (view, questions) ->
                  controller.controller().continued(build.id(), request, view, questions),
              log,
              terminal)
          .code();
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

  private ControllerOfRun started(Optional<Configuration> configuration, StateFolder state) {
    try {
      if (local) {
        return ControllerOfRun.onThisMachine(
            state, System.getenv(), resources(configuration, state));
      }
      return endpoint == null
          ? ControllerOfRun.onSandbox(configuration.orElseThrow(), state)
          : ControllerOfRun.on(configuration.orElseThrow(), state, endpoint, System.getenv());
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

  /** Each file may use what the configuration beside or above it has. */
  private BuildResources resources(Optional<Configuration> common, StateFolder state) {
    Map<JobName, Configuration> byJob = new LinkedHashMap<>();
    for (Path file : files) {
      common
          .or(() -> configurationOption.find(List.of(file)))
          .ifPresent(found -> byJob.put(job(common, file), found));
    }
    return LocalResources.of(byJob, libraries.named(), state, System.getenv());
  }

  private static CommandFailed unavailable(String message) {
    return new CommandFailed(ExitStatus.UNAVAILABLE, message);
  }

  private void report(PipelineFile file) {
    if (output.json()) {
      JsonView.print(System.out, file.checked());
    } else {
      file.problems().forEach(problem -> System.err.println(problem.format()));
    }
  }

  private ExitStatus runAll(
      Optional<Configuration> configuration,
      ControllerOfRun controller,
      List<PipelineFile> pipelines,
      Optional<LogFolder> logs)
      throws IOException {
    Terminal terminal = Terminal.ofProcess(System.getenv());
    if (!output.json()) {
      terminal.println(terminal.style().faint(controller.where()));
    }
    controller
        .controller()
        .unfinished()
        .forEach(build ->
            System.err.println(
                "note: "
                    + build
                    + " was not ended: 'deputy run "
                    + (local ? "--local " : "")
                    + "--resume "
                    + build
                    + configurationOption.repeated()
                    + "' goes on with it"));
    ExitStatus worst = ExitStatus.SUCCESS;
    for (PipelineFile file : pipelines) {
      worst =
          worst.worse(
              abort.requested()
                  ? ExitStatus.ABORTED
                  : runOne(configuration, controller, file, logs, terminal));
    }
    return worst;
  }

  private ExitStatus runOne(
      Optional<Configuration> configuration,
      ControllerOfRun controller,
      PipelineFile file,
      Optional<LogFolder> logs,
      Terminal terminal)
      throws IOException {
    Optional<Path> log = logs.map(folder -> folder.reserve(file.path()));
    if (!file.problems().isEmpty()) {
      report(file);
      if (log.isPresent()) {
        String text =
            file.problems().stream().map(Problem::format).collect(Collectors.joining("\n"));
        LogFolder.write(text + "\n", log.get());
      }
      return ExitStatus.BAD_INPUT;
    }
    LocalSource source = LocalSource.of(file.path());
    source.warning().ifPresent(this::warn);
    String user = System.getProperty("user.name");
    BuildRequest request =
        new BuildRequest(
            job(configuration, file.path()),
            file.path().toString(),
            file.text(),
            (ParsedJenkinsfile.Valid) file.parsed(),
            source.source(),
            new Cause.Person(user),
            parameters(file),
            abort,
            new JobsOfRun(scripts(configuration), 0));
    return run(
        (view, questions) -> controller.controller().run(request, view, questions), log, terminal);
  }

  /** Runs a build to its end on this thread. */
  @FunctionalInterface
  private interface Run {
    BuildOutcome run(BuildObserver view, Questions questions);
  }

  private ExitStatus run(Run build, Optional<Path> log, Terminal terminal) {
    String user = System.getProperty("user.name");
    var questions = new CommandLineQuestions(approvers, user, terminal);
    if (output.json()) {
      return ExitStatus.of(build.run(kept(new JsonView(System.out), log), questions));
    }
    try (TextView view = new TextView(terminal, Clock.systemUTC()).start()) {
      BuildOutcome outcome = build.run(kept(view, log), questions);
      view.summary(outcome);
      return ExitStatus.of(outcome);
    }
  }

  private static BuildObserver kept(BuildObserver view, Optional<Path> log) {
    return log.map(copy -> LogFolder.keeping(copy, view)).orElse(view);
  }

  /** Says it once, however many files it is true of. */
  private void warn(String warning) {
    if (warned.add(warning)) {
      System.err.println("warning: " + warning);
    }
  }

  private static JobName job(Optional<Configuration> configuration, Path file) {
    return configuration
        .map(found -> new Jobs(found).of(file))
        .orElseGet(() -> Jobs.of(Path.of("").toAbsolutePath(), file));
  }

  /** What a build can start: the files of this call, and the jobs of the configuration. */
  private Map<JobName, Path> scripts(Optional<Configuration> configuration) {
    Map<JobName, Path> scripts = new LinkedHashMap<>();
    files.forEach(file -> scripts.put(job(configuration, file), file));
    configuration.ifPresent(found ->
        found
            .jobs()
            .forEach(job -> scripts.putIfAbsent(job.name(), found.home().resolve(job.script()))));
    return scripts;
  }

  private BuildParameters parameters(PipelineFile file) {
    try {
      var declared = ((ParsedJenkinsfile.Valid) file.parsed()).pipeline().parameters();
      boolean later = PROPERTIES.matcher(file.text()).find();
      return later
          ? BuildParameters.declaredLater(declared, parameters)
          : BuildParameters.of(declared, parameters);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(ExitStatus.USAGE, file.path() + ": " + e.getMessage());
    }
  }
}
