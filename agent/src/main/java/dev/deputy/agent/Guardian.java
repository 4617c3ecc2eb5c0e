package dev.deputy.agent;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Optional;

/**
 * Ends the steps' processes when the agent is killed, where nobody else would: in a container the
 * kernel ends them with its first process, on a bare machine nothing does. A shell that waits for
 * the end of the agent and then looks for the steps' cookie.
 *
 * @param shell its input is a pipe from this process, which ends with this process however that
 *     ends; it would end as well when nobody held on to this any more
 */
record Guardian(Optional<Process> shell) {
  private static final String SCRIPT =
      """
      read -r _
      for round in 1 2 3 4 5 6 7 8 9 10; do
        found=
        for process in /proc/[0-9]*; do
          if tr '\\0' '\\n' <"$process/environ" 2>/dev/null | grep -q "^$1"; then
            kill -KILL "${process#/proc/}" 2>/dev/null && found=yes
          fi
        done
        [ -n "$found" ] || exit 0
      done
      """;

  /**
   * Starts it where it is needed.
   *
   * @param cookie how those of the agent's steps begin; must mean itself as a regular expression
   */
  static Guardian startIfNeeded(String cookie) throws IOException {
    if (isFirst(ProcessHandle.current())) {
      return new Guardian(Optional.empty());
    }
    List<String> command =
        List.of("setsid", "sh", "-c", SCRIPT, "sh", ProcessTree.COOKIE + '=' + cookie);
    return new Guardian(
        Optional.of(
            new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start()));
  }

  /** Whether it is a container's first process, or that one's only purpose. */
  private static boolean isFirst(ProcessHandle process) {
    Optional<ProcessHandle> parent = process.parent();
    return process.pid() == 1 || parent.isEmpty() || parent.get().pid() == 1;
  }
}
