package dev.deputy.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command as {@code ./deputy} starts it: a process of its own, without a terminal. */
final class DeputyProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<Thread> readers = new ArrayList<>();

  /** How it ended. */
  record Result(int status, List<String> out, List<String> err) {
    String text() {
      return String.join("\n", out) + "\n" + String.join("\n", err);
    }

    /** What {@code --output json} printed. */
    List<JsonNode> events() {
      return out.stream().map(line -> JsonMapper.shared().readTree(line)).toList();
    }

    List<JsonNode> events(String type) {
      return events().stream().filter(event -> event.path("type").asString().equals(type)).toList();
    }
  }

  private DeputyProcess(Process process) {
    this.process = process;
    readers.add(follow(process.inputReader(StandardCharsets.UTF_8), lines));
    readers.add(follow(process.errorReader(StandardCharsets.UTF_8), errors));
  }

  /** What it has written to standard error. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  /** Starts {@code deputy} with these arguments in a folder. */
  static DeputyProcess start(Path folder, String... arguments) throws IOException {
    return start(Machine.whole(), folder, arguments);
  }

  /** Starts it on a machine that may lack some programs. */
  static DeputyProcess start(Machine machine, Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(machine.prefix());
    // Whoever is started in the background of a script ignores Ctrl-C, and so do its children.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:disable",
            "-XX:AOTCache=" + Checkout.home().resolve("deputy.aot"),
            "-Ddeputy.home=" + Checkout.home(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Checkout.home().resolve("lib") + "/*",
            "dev.deputy.cli.Deputy"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    return new DeputyProcess(builder.start());
  }

  /** Runs it to its end. */
  static Result run(Path folder, String... arguments) throws IOException, InterruptedException {
    return run(Machine.whole(), folder, arguments);
  }

  static Result run(Machine machine, Path folder, String... arguments)
      throws IOException, InterruptedException {
    try (DeputyProcess deputy = start(machine, folder, arguments)) {
      return deputy.result();
    }
  }

  Result result() throws InterruptedException {
    return result(PATIENCE_SECONDS);
  }

  Result result(long seconds) throws InterruptedException {
    assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as("deputy ended: %s", lines).isTrue();
    for (Thread reader : readers) {
      reader.join();
    }
    return new Result(process.exitValue(), List.copyOf(lines), List.copyOf(errors));
  }

  /** The first line of standard output that matches, as soon as it is there. */
  String await(Predicate<String> wanted) {
    Awaitility.await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .failFast(
            "deputy ended early", () -> !process.isAlive() && lines.stream().noneMatch(wanted))
        .until(() -> lines.stream().anyMatch(wanted));
    return lines.stream().filter(wanted).findFirst().orElseThrow();
  }

  /** Waits for so many lines of standard output that match. */
  void awaitCount(int count, Predicate<String> wanted) {
    Awaitility.await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> lines.stream().filter(wanted).count() >= count);
  }

  /** Every process that it started and that lives, and theirs. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** What Ctrl-C sends. */
  void interrupt() throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor())
        .isZero();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** kill -9. */
  void kill() {
    process.destroyForcibly();
  }

  /** Command lines of all processes of this machine that contain a text. */
  static List<String> commandLinesWith(String text) {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(folder -> folder.getFileName().toString().matches("[0-9]+"))
          .map(DeputyProcess::commandLine)
          .filter(line -> line.contains(text))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
          .replace('\0', ' ');
    } catch (IOException _) {
      return "";
    }
  }

  private static Thread follow(BufferedReader reader, List<String> into) {
    return Thread.ofVirtual()
        .start(() -> {
          try (reader) {
            reader.lines().forEach(into::add);
          } catch (IOException | UncheckedIOException _) {
            // The process was ended by the test.
          }
        });
  }
}
