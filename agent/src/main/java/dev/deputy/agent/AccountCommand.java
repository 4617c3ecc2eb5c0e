package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs small programs on the workspace's files, as the steps' account. */
final class AccountCommand {
  private static final int MAX_ERROR = 2000;

  private final StepAccount account;
  private final Map<String, String> environment;

  /**
   * @param path the PATH to find programs by
   */
  AccountCommand(StepAccount account, String path) {
    this.account = account;
    this.environment = Map.of("PATH", path, "LC_ALL", "C");
  }

  /** Starts a program; the caller handles its streams and its end. */
  Process start(Path dir, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(account.command(command)).directory(dir.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /**
   * Runs a program that reads its input before it writes.
   *
   * @return its output, at most {@code max} bytes of it
   * @throws IOException with what it said where its status is not 0
   */
  byte[] run(Path dir, List<String> command, byte[] input, int max)
      throws IOException, InterruptedException {
    Process process = start(dir, command);
    try (OutputStream out = process.getOutputStream()) {
      out.write(input);
    } catch (IOException e) {
      // it ended before it had read all; its status says why
    }
    byte[] output = process.getInputStream().readNBytes(max);
    await(process, command.get(0));
    return output;
  }

  /** Waits for a program whose output was read. */
  static void await(Process process, String name) throws IOException, InterruptedException {
    byte[] error = process.getErrorStream().readNBytes(MAX_ERROR);
    process.getErrorStream().close();
    process.getInputStream().close();
    if (process.waitFor() != 0) {
      String text = new String(error, UTF_8).strip();
      throw new IOException(text.isEmpty() ? name + " failed" : text);
    }
  }
}
