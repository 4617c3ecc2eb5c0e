package dev.deputy.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Archives on their way between agents and builds. Each transfer was ordered by a build, belongs to
 * one session, whose token it takes, and is used once. Calls block until the whole archive has
 * passed; nothing of it is kept in memory.
 */
public interface AgentTransfers {
  /** How it ended. */
  enum Answer {
    DONE,
    /** No such transfer is waiting for this token. */
    UNKNOWN,
    /** The archive is larger than allowed. */
    TOO_LARGE,
    /** The build could not take it, or does not want it any more. */
    FAILED
  }

  /** An agent brings an archive. */
  Answer receive(String transfer, String token, InputStream archive);

  /**
   * An agent fetches an archive.
   *
   * @param target opened only where there is such an archive
   * @throws IOException when it broke off: the agent must not take what it got for the whole
   */
  Answer send(String transfer, String token, Target target) throws IOException;

  /** Where an archive is written to. */
  @FunctionalInterface
  interface Target {
    OutputStream open() throws IOException;
  }
}
