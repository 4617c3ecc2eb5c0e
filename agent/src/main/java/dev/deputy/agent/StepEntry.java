package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The way into a step: commands that enter the step's folder, set its environment and then run its
 * script. They are read by a shell that already is the steps' account, because programs that start
 * as root must not see what a pipeline puts into PATH, LD_PRELOAD and their like, and must not be
 * sent into folders that the account is kept from. The shell reads them from its standard input:
 * the environment leads to credentials, and must not lie in a file.
 */
record StepEntry(String commands) {
  /** What a shell can pass on; it drops variables of other names. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Variables that belong to the shell: setting one would end it. */
  private static final Set<String> OF_THE_SHELL =
      Set.of("PPID", "UID", "EUID", "BASHOPTS", "SHELLOPTS", "BASH_VERSINFO");

  /**
   * Makes it.
   *
   * @param command what runs in the end, in that folder and environment and without input
   */
  static StepEntry of(Path dir, Map<String, String> environment, List<String> command) {
    return new StepEntry(text(dir, environment, command));
  }

  /** The program that enters. */
  List<String> shell() {
    return List.of("sh");
  }

  /** Lets that program begin. */
  void enter(Process started) {
    try (OutputStream input = started.getOutputStream()) {
      input.write(commands.getBytes(UTF_8));
    } catch (IOException e) {
      // It has ended before it had read all; its status says why.
    }
  }

  private static String text(Path dir, Map<String, String> environment, List<String> command) {
    StringBuilder text = new StringBuilder();
    text.append("cd -P -- ").append(quoted(dir.toString())).append(" || exit\nunset OLDPWD\n");
    environment.forEach((name, value) -> {
      if (NAME.matcher(name).matches() && !OF_THE_SHELL.contains(name)) {
        text.append("export ").append(name).append('=').append(quoted(value)).append('\n');
      }
    });
    text.append("exec");
    command.forEach(word -> text.append(' ').append(quoted(word)));
    return text.append(" </dev/null\n").toString();
  }

  @Override
  public String toString() {
    return "StepEntry[…]";
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
