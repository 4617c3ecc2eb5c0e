package dev.deputy.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The way into a step: a file that sets the step's environment and then runs its script. It is read
 * by a shell that already is the steps' account, because programs that start as root must not see
 * what a pipeline puts into PATH, LD_PRELOAD and their like. Readable by that account only, since
 * the environment leads to credentials.
 *
 * @param file deleted when closed
 */
record StepEntry(Path file) implements AutoCloseable {
  /** What a shell can pass on; it drops variables of other names. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Variables that belong to the shell: setting one would end it. */
  private static final Set<String> OF_THE_SHELL =
      Set.of("PPID", "UID", "EUID", "BASHOPTS", "SHELLOPTS", "BASH_VERSINFO");

  /**
   * Writes it.
   *
   * @param command what runs in the end, in that environment
   */
  static StepEntry write(
      Path file, StepAccount account, Map<String, String> environment, List<String> command)
      throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    StepEntry entry = new StepEntry(file);
    try {
      Files.writeString(file, text(environment, command));
      account.own(file);
      return entry;
    } catch (IOException e) {
      entry.close();
      throw e;
    }
  }

  /** The command that enters. */
  List<String> command() {
    return List.of("sh", file.toString());
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }

  private static String text(Map<String, String> environment, List<String> command) {
    StringBuilder text = new StringBuilder();
    environment.forEach((name, value) -> {
      if (NAME.matcher(name).matches() && !OF_THE_SHELL.contains(name)) {
        text.append("export ").append(name).append('=').append(quoted(value)).append('\n');
      }
    });
    text.append("exec");
    command.forEach(word -> text.append(' ').append(quoted(word)));
    return text.append('\n').toString();
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
