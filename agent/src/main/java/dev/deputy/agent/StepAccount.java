package dev.deputy.agent;

import dev.deputy.protocol.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whom steps run as. Everything that touches a workspace does so in a process of this account, so
 * that the kernel, not a check of ours, keeps a step's links and races from reaching further than
 * the step could by itself.
 */
sealed interface StepAccount {
  /** What the controller tells people. */
  Isolation isolation();

  /** The command line that runs a command as this account. */
  List<String> command(List<String> command);

  /** Makes a new file or folder the account's own. */
  void own(Path path) throws IOException;

  /**
   * The account for this process: another user where this one is root.
   *
   * @param waived whether root may do without
   * @throws StartException where root cannot separate steps and that is not waived
   */
  static StepAccount choose(int uid, int gid, boolean waived)
      throws IOException, InterruptedException {
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    if (!root || waived) {
      return new Same();
    }
    Separate separate = new Separate(uid, gid);
    separate.check();
    return separate;
  }

  /** Another user than the agent's, without capabilities and without a way to gain any. */
  record Separate(int uid, int gid) implements StepAccount {
    @Override
    public Isolation isolation() {
      return Isolation.USER;
    }

    @Override
    public List<String> command(List<String> command) {
      List<String> whole =
          new ArrayList<>(
              List.of(
                  "setpriv",
                  "--reuid=" + uid,
                  "--regid=" + gid,
                  "--clear-groups",
                  "--no-new-privs",
                  "--bounding-set=-all",
                  "--inh-caps=-all",
                  "--"));
      whole.addAll(command);
      return whole;
    }

    @Override
    public void own(Path path) throws IOException {
      Files.setAttribute(path, "unix:gid", gid);
      Files.setAttribute(path, "unix:uid", uid);
    }

    private void check() throws InterruptedException {
      String problem;
      try {
        Process process = new ProcessBuilder(command(List.of("true"))).inheritIO().start();
        problem = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? "" : "failed";
      } catch (IOException e) {
        problem = "is missing";
      }
      if (!problem.isEmpty()) {
        throw new StartException(
            "the agent is root and setpriv (util-linux), which runs steps as user "
                + uid
                + ", "
                + problem
                + "; DEPUTY_ISOLATION=none runs them as root");
      }
    }
  }

  /** The agent's own user. */
  record Same() implements StepAccount {
    @Override
    public Isolation isolation() {
      return Isolation.NONE;
    }

    @Override
    public List<String> command(List<String> command) {
      return command;
    }

    @Override
    public void own(Path path) {}
  }
}
