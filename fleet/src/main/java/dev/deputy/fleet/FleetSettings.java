package dev.deputy.fleet;

import java.time.Duration;

/** The fleet's times and sizes. Waiting is done in real time, deadlines are read off the clock. */
public record FleetSettings(Launching launching, Connecting connecting, Stopping stopping) {
  /** What a controller uses unless its configuration says otherwise. */
  public static FleetSettings defaults() {
    return new FleetSettings(
        new Launching(
            Duration.ofMinutes(15),
            new RetryPlan(Duration.ofMillis(500), Duration.ofSeconds(15), Duration.ofMinutes(10)),
            Duration.ofMillis(250),
            Duration.ofMinutes(2)),
        new Connecting(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            2L << 30),
        new Stopping(
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofMinutes(3),
            Duration.ofMinutes(1)));
  }

  /**
   * From a need to a registered agent.
   *
   * @param timeout from RunTask's answer to an agent that is ready
   * @param retries how often RunTask is called again
   * @param watchInterval between two looks at tasks that were touched just now
   * @param missingGrace for how long a task that ECS does not know may still appear
   */
  public record Launching(
      Duration timeout, RetryPlan retries, Duration watchInterval, Duration missingGrace) {}

  /**
   * Agents' connections.
   *
   * @param submitWait how long an agent that was faster than RunTask's answer is kept waiting
   * @param handshake a connection that has not proven itself after this is closed; also the
   *     lifetime of a nonce
   * @param clockSkew by which an agent's clock may differ
   * @param heartbeat between two pings; three without a word are a dead connection
   * @param grace within which an agent may come back
   * @param transferPatience how long nothing may happen before and after an archive's passage
   * @param maxTransfer the most bytes of one archive
   */
  public record Connecting(
      Duration submitWait,
      Duration handshake,
      Duration clockSkew,
      Duration heartbeat,
      Duration grace,
      Duration transferPatience,
      long maxTransfer) {}

  /**
   * The end.
   *
   * @param cancelGrace how long an interrupted {@code sh} waits for the agent to have stopped it
   * @param byeGrace how long an agent may take to say goodbye
   * @param timeout after which an unconfirmed stop is left to the reaper
   * @param reapInterval between two looks for tasks and launches that were left behind
   */
  public record Stopping(
      Duration cancelGrace, Duration byeGrace, Duration timeout, Duration reapInterval) {}
}
