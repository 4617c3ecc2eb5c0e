package dev.deputy.fleet;

import dev.deputy.core.Launch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A registered agent, assigned to one need. Its files are named relative to the workspace or
 * absolutely; what lies outside of the workspace is as far in reach as it is for scripts. Calls
 * block the (virtual) thread that makes them and end with {@link InterruptedException} when it is
 * interrupted; {@link #sh} then has the command stopped on the agent.
 */
public interface Agent extends AutoCloseable {
  Launch launch();

  /** What it takes to {@link Agents#resume} it in another process. */
  default Agents.Assigned assigned() {
    return new Agents.Assigned(launch().id(), workspace(), environment(), Optional.empty());
  }

  /** Absolute path of the build's workspace on the agent. */
  String workspace();

  /**
   * What the agent adds to a step's environment, for {@code env} (such as AWS_REGION, DEPLOY_ROLE);
   * no secret.
   */
  Map<String, String> environment();

  /**
   * Runs a shell script to its end. At most once for each order: the order's step number names it
   * on the agent.
   *
   * @throws ResultUnknown when the agent is gone and nothing is known of the result
   * @throws NotDone when it did not run, or did not run to an end of its own (such as a timeout)
   */
  Result sh(Order order, Output output) throws InterruptedException, ResultUnknown, NotDone;

  /**
   * Packs the files that match (Ant patterns) and streams them to {@code sink}; returns how many
   * there were.
   */
  int collect(int step, String dir, List<String> includes, List<String> excludes, Sink sink)
      throws InterruptedException, ResultUnknown, NotDone;

  /** Unpacks a tar (gzip) archive into a directory, and nowhere else. */
  void deliver(int step, String dir, Content archive)
      throws InterruptedException, ResultUnknown, NotDone;

  /** A file; empty where there is none. At most 1 MiB. */
  Optional<TextFile> readFile(int step, String path)
      throws InterruptedException, ResultUnknown, NotDone;

  void writeFile(int step, String path, byte[] content)
      throws InterruptedException, ResultUnknown, NotDone;

  /** Writes a file that only the steps' account can read, and so the folders it makes for it. */
  void writeSecret(int step, String path, byte[] content)
      throws InterruptedException, ResultUnknown, NotDone;

  boolean exists(int step, String path) throws InterruptedException, ResultUnknown, NotDone;

  void deleteDir(int step, String path) throws InterruptedException, ResultUnknown, NotDone;

  /** Hides these values in everything that steps started from now on print. */
  void mask(List<String> secrets);

  /**
   * Ends it. Idempotent; returns as soon as nothing of the build runs there any more, because the
   * agent said so or because its task is confirmed STOPPED. That the task of an agent that said so
   * is stopped, and confirmed to be, is seen to by the fleet.
   */
  @Override
  void close();

  /**
   * One {@code sh}.
   *
   * @param step the build's step number
   * @param part tells the scripts of one step apart; 0 for its only or first one
   * @param dir relative to the workspace, or absolute; empty for the workspace itself
   * @param environment on top of the agent's own; null-free
   * @param timeout after which the agent stops it by itself
   * @param capture whether standard output is part of the result instead of the output
   * @param identity as whom its AWS calls are made, on from the agent's own identity; empty for
   *     that
   * @param fromFiles variables whose values lie in files on the agent, by path: secrets that only
   *     the agent knows
   */
  record Order(
      int step,
      int part,
      String script,
      String dir,
      Map<String, String> environment,
      Optional<Duration> timeout,
      boolean capture,
      List<AwsIdentity> identity,
      Map<String, String> fromFiles) {
    public Order {
      fromFiles = Map.copyOf(fromFiles);
      identity = List.copyOf(identity);
    }

    /** The only one of its step, as the agent itself. */
    public Order(
        int step,
        String script,
        String dir,
        Map<String, String> environment,
        Optional<Duration> timeout,
        boolean capture) {
      this(step, 0, script, dir, environment, timeout, capture, List.of(), Map.of());
    }

    /** Names it on the agent. */
    public String id() {
      return part == 0 ? Integer.toString(step) : step + "." + part;
    }
  }

  /**
   * How a script ended.
   *
   * @param status its exit status
   * @param stdout what it printed to standard output, where that was captured; empty otherwise
   */
  record Result(int status, String stdout) {}

  /**
   * A file that was read.
   *
   * @param content its bytes
   * @param secrets what looks like secrets in it, to be hidden wherever the build shows it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and not copied on its way
  record TextFile(byte[] content, List<String> secrets) {}

  /** Takes a step's output, in order, each byte once. */
  @FunctionalInterface
  interface Output {
    void write(byte[] bytes, int offset, int length);

    /** How much of the output was kept before the controller was started again. */
    default long received() {
      return 0;
    }

    /** How much of the output is kept now, what was kept before included. */
    default long kept() {
      return Long.MAX_VALUE;
    }

    /** Asks to keep as much as possible now, though its line is not at its end yet. */
    default void flush() {}

    /** Nothing follows; all of it is kept on return. Idempotent. */
    default void end() {}
  }

  /** Where a collected archive goes. */
  @FunctionalInterface
  interface Sink {
    void take(InputStream archive) throws IOException;
  }

  /** Something that can be sent. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** The agent is gone and nothing is known of the result: it must not be run again silently. */
  final class ResultUnknown extends Exception {
    public ResultUnknown(String message) {
      super(message);
    }
  }

  /** The agent, or the fleet for it, says that it did not do it, or not to the end, and why. */
  sealed class NotDone extends IOException permits Gone {
    public NotDone(String message) {
      super(message);
    }
  }

  /**
   * The agent was known to be gone before it could be told: this process has not told it. An
   * earlier one may have.
   */
  final class Gone extends NotDone {
    public Gone(String message) {
      super(message);
    }
  }
}
