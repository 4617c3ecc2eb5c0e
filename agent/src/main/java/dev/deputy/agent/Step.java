package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.deputy.protocol.AgentMessage.StepStarted;
import dev.deputy.protocol.ControllerMessage.Start;
import dev.deputy.protocol.Outcome;
import dev.deputy.protocol.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One attempt of one step: its script's process, from the start to the last byte of output. */
final class Step {
  private static final byte[] CAPTURED_SECRETS =
      "WARNING: there are secrets in the captured output; the pipeline gets **** in their place\n"
          .getBytes(UTF_8);

  private final Start order;
  private final StepTools tools;
  private final StepOutput output;
  private final ByteArrayOutputStream captured = new ByteArrayOutputStream();
  private final CompletableFuture<Outcome> ended = new CompletableFuture<>();
  private @Nullable Process process; // of run's thread

  Step(Start order, StepTools tools, StepOutput output) {
    this.order = order;
    this.tools = tools;
    this.output = output;
  }

  /** Who is told that the step's process runs. */
  interface Listener {
    void started(StepStarted message) throws InterruptedException;
  }

  /** Ends the step, now or before it begins; without effect after its end. */
  void cancel() {
    ended.complete(new Outcome.Cancelled());
  }

  /** Standard output, where the order asked for it. */
  Optional<String> captured() {
    return order.capture() ? Optional.of(captured.toString(UTF_8)) : Optional.empty();
  }

  /** Runs the step to its end, with all of its output written. */
  Outcome run(Listener listener) throws InterruptedException {
    Optional<String> problem = tools.credentials().problem(order.identity());
    if (ended.isDone()) {
      return ended.join();
    }
    if (problem.isPresent()) {
      return new Outcome.NotStarted(problem.get());
    }
    Path script = tools.scripts().resolve(order.step().value() + ".sh");
    try (StepCredentials.Access access = tools.credentials().open(order.identity())) {
      return run(script, access.environment(), listener);
    } catch (IOException e) {
      return process == null
          ? new Outcome.NotStarted(Reason.of(e))
          : new Outcome.Unknown(Reason.of(e));
    } finally {
      script.toFile().delete();
    }
  }

  private Outcome run(Path script, Map<String, String> credentials, Listener listener)
      throws IOException, InterruptedException {
    Files.writeString(script, order.script());
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-r--r--"));
    List<String> shell = new ArrayList<>(interpreter(order.script()));
    shell.add(script.toString());
    Map<String, String> environment =
        StepEnvironment.of(tools.environment(), order.environment(), credentials);
    environment.putAll(fromFiles());
    environment.put(ProcessTree.COOKIE, cookie());
    tools.secrets().learnFrom(environment);
    return run(StepEntry.of(directory(), environment, shell), listener);
  }

  /** Secrets that lie in files; read by the account that may read them. */
  private Map<String, String> fromFiles() throws IOException, InterruptedException {
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, String> each : order.fromFiles().entrySet()) {
      String path = tools.workspace().resolve(each.getValue()).toString();
      byte[] content =
          tools
              .commands()
              .run(
                  tools.workspace().path(),
                  List.of("cat", "--", path),
                  new byte[0],
                  Protocol.MAX_VALUE);
      String value = new String(content, UTF_8);
      tools.secrets().learn(value.lines().filter(l -> !l.isBlank()).toArray(String[]::new));
      values.put(each.getKey(), value);
    }
    return values;
  }

  private Outcome run(StepEntry entry, Listener listener) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(tools.account().command(entry.shell()));
    Path workspace = tools.workspace().path();
    ProcessBuilder builder = new ProcessBuilder(command).directory(workspace.toFile());
    // These programs start with the agent's rights: nothing of the step's environment is for them.
    builder.environment().clear();
    builder
        .environment()
        .put("PATH", tools.environment().getOrDefault("PATH", StepEnvironment.DEFAULT_PATH));
    builder.environment().put(ProcessTree.COOKIE, cookie());
    List<Pump> pumps = new ArrayList<>();
    Outcome outcome;
    try {
      Process started = start(builder, pumps);
      process = started;
      entry.enter(started);
      listener.started(new StepStarted(order.step(), Optional.of(started.pid())));
      outcome = await(started);
    } finally {
      for (Pump pump : pumps) {
        pump.finish();
      }
      if (order.capture() && pumps.get(pumps.size() - 1).masked) {
        output.write(CAPTURED_SECRETS, 0, CAPTURED_SECRETS.length);
      }
    }
    return ended.getNow(outcome) instanceof Outcome.Ended broken ? broken : outcome;
  }

  /** Starts the process with its output on the way to its places. */
  private Process start(ProcessBuilder builder, List<Pump> pumps)
      throws IOException, InterruptedException {
    OutputPipe log = OutputPipe.open(tools.attempts().pipe(order.step(), "log"));
    pumps.add(new Pump(log, output));
    builder.redirectOutput(log.redirect());
    if (order.capture()) {
      OutputPipe standard = OutputPipe.open(tools.attempts().pipe(order.step(), "standard"));
      pumps.add(new Pump(standard, this::capture));
      builder.redirectOutput(standard.redirect());
      builder.redirectError(log.redirect());
    } else {
      builder.redirectErrorStream(true);
    }
    return builder.start();
  }

  private String cookie() {
    return tools.cookie() + order.step().value();
  }

  /**
   * The interpreter that the script names, with its one argument, as the kernel reads it. The
   * kernel itself would refuse a file system without execution, and a file that some other fork
   * still has open.
   */
  static List<String> interpreter(String script) {
    String line = script.lines().findFirst().orElse("");
    String named = line.startsWith("#!") ? line.substring(2).strip() : "";
    return named.isEmpty() ? List.of("sh", "-xe") : List.of(named.split("\\s+", 2));
  }

  /** The step's folder, made where it is missing; the steps' account can enter it. */
  private Path directory() throws IOException, InterruptedException {
    Path workspace = tools.workspace().path();
    Path dir = tools.workspace().locate(order.dir());
    if (!dir.equals(workspace)) {
      List<String> check =
          List.of("sh", "-c", "mkdir -p -- \"$1\" && cd -- \"$1\"", "sh", dir.toString());
      tools.commands().run(workspace, check, new byte[0], 0);
    }
    return dir;
  }

  private void capture(byte[] bytes, int from, int length) throws IOException {
    if (captured.size() + length > Protocol.MAX_CONTENT) {
      throw new StepOutput.FullException(
          "more than " + Protocol.MAX_CONTENT + " bytes of captured output");
    }
    captured.write(bytes, from, length);
  }

  private Outcome await(Process started) throws InterruptedException {
    CompletableFuture<Object> first = CompletableFuture.anyOf(started.onExit(), ended);
    long millis = order.timeout().map(Duration::toMillis).orElse(Long.MAX_VALUE);
    try {
      first.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      ended.complete(new Outcome.TimedOut());
    } catch (ExecutionException e) {
      throw new IllegalStateException("the process's end failed", e);
    }
    if (!started.isAlive() && !ended.isDone()) {
      return new Outcome.Exited(started.exitValue());
    }
    ProcessTree.ofStep(started.pid(), cookie()).end(tools.grace());
    started.waitFor();
    return ended.join();
  }

  /** Carries one pipe's bytes, masked, to their place. */
  private final class Pump {
    private final OutputPipe pipe;
    private final Masker masker;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private volatile boolean masked;

    Pump(OutputPipe pipe, Masker.Sink sink) {
      this.pipe = pipe;
      this.masker = new Masker(tools.secrets(), sink);
      Threads.start("output of " + order.step(), this::run);
    }

    private void run() throws IOException {
      try (pipe) {
        try {
          pipe.pump(masker);
          masker.finish();
          masked = masker.masked();
        } catch (IOException | RuntimeException e) {
          ended.complete(new Outcome.Ended(Reason.of(e)));
        }
        finished.complete(null);
        pipe.drain();
      }
    }

    /** The script has ended or never began: waits for what it wrote. */
    void finish() throws IOException {
      pipe.end();
      finished.join();
    }
  }
}
