package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs small programs on files, as the steps' account. */
final class AccountCommand {
  private static final int MAX_ERROR = 1000;

  private final StepAccount account;
  private final Path home;
  private final Map<String, String> environment;

  /**
   * @param home a folder that the account may enter and can not replace
   * @param path the PATH to find programs by
   */
  AccountCommand(StepAccount account, Path home, String path) {
    this.account = account;
    this.home = home;
    this.environment = Map.of("PATH", path, "LC_ALL", "C");
  }

  /** A program that runs; closing ends it. */
  static final class Running implements AutoCloseable {
    private final String name;
    private final Process process;
    private final CompletableFuture<String> error = new CompletableFuture<>();

    private Running(String name, Process process) {
      this.name = name;
      this.process = process;
      Threads.start("errors of " + name, this::readError);
    }

    private void readError() {
      try (InputStream stream = process.getErrorStream()) {
        error.complete(new String(stream.readNBytes(MAX_ERROR), UTF_8).strip());
        stream.transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        error.complete(""); // it was ended by close
      }
    }

    OutputStream input() {
      return process.getOutputStream();
    }

    InputStream output() {
      return process.getInputStream();
    }

    /**
     * Waits for the end.
     *
     * @throws IOException with what the program said where its status is not 0
     */
    void await() throws IOException, InterruptedException {
      if (process.waitFor() != 0) {
        String said = error.join();
        throw new IOException(said.isEmpty() ? name + " failed" : said);
      }
    }

    @Override
    public void close() {
      if (process.isAlive()) {
        process.destroy();
      }
    }
  }

  /**
   * Starts a program.
   *
   * @param dir entered by the account itself: the agent could be let into folders that the account
   *     is kept from, and whoever is in a folder reaches what is below it
   */
  Running start(Path dir, List<String> command) throws IOException {
    List<String> whole = new ArrayList<>();
    if (!dir.equals(home)) {
      whole.addAll(List.of("sh", "-c", "cd -P -- \"$1\" && shift && exec \"$@\"", "sh"));
      whole.add(dir.toString());
    }
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(account.command(whole)).directory(home.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Running(command.get(0), builder.start());
  }

  /**
   * Runs a program that reads its input before it writes.
   *
   * @return its output
   * @throws IOException with what it said where its status is not 0, or where it writes more than
   *     {@code max} bytes
   */
  byte[] run(Path dir, List<String> command, byte[] input, int max)
      throws IOException, InterruptedException {
    try (Running running = start(dir, command)) {
      feed(running, input);
      byte[] output = running.output().readNBytes(max + 1);
      if (output.length > max) {
        throw new IOException(command.get(0) + " gave more than " + max + " bytes");
      }
      running.await();
      return output;
    }
  }

  private static void feed(Running running, byte[] input) {
    try (OutputStream out = running.input()) {
      out.write(input);
    } catch (IOException e) {
      // it ended before it had read all; its status says why
    }
  }
}
