package dev.deputy.builds;

import dev.deputy.builds.BuildEvent.AgentUse;
import dev.deputy.core.Launch;
import dev.deputy.fleet.AgentEvents;
import java.time.Duration;
import java.time.Instant;

/**
 * What one need hears of its agent: passed on as events and lines of the log, and kept for the time
 * split. Called by the fleet's threads.
 */
final class AgentReports implements AgentEvents {
  private final RunningBuild build;
  private final LogSource source;
  private final AgentUse use;
  private final Instant needed;
  private volatile Instant launched;
  private volatile Instant registered;

  AgentReports(RunningBuild build, LogSource source, AgentUse use, Instant needed) {
    this.build = build;
    this.source = source;
    this.use = use;
    this.needed = needed;
    this.launched = needed;
    this.registered = needed;
  }

  @Override
  public void launching(Launch launch, String taskArn) {
    launched = build.clock();
    registered = launched;
    build.announce(new BuildEvent.AgentLaunching(launched, build.id(), use, taskArn));
  }

  @Override
  public void waiting(Launch launch, String reason) {
    build
        .console()
        .report(source, "Still waiting for agent template " + use.template() + ": " + reason);
    build.announce(new BuildEvent.AgentWaiting(build.clock(), build.id(), use, reason));
  }

  @Override
  public void registered(Launch launch, String identityArn, String isolation) {
    registered = build.clock();
    build.announce(
        new BuildEvent.AgentRegistered(
            registered, build.id(), use, launch.state().task().orElse(""), identityArn, isolation));
  }

  @Override
  public void credentialsIssued(
      Launch launch, String roleSessionArn, String accessKeyId, Instant expires) {
    build.announce(
        new BuildEvent.CredentialsIssued(
            build.clock(), build.id(), use, roleSessionArn, accessKeyId, expires));
  }

  /** The agent's time, all in all. */
  BuildOutcome.TimeSplit times(Instant assigned, Instant released) {
    return new BuildOutcome.TimeSplit(
        Duration.ZERO,
        Duration.between(needed, launched),
        Duration.between(launched, registered),
        Duration.between(registered, assigned),
        Duration.between(assigned, released));
  }
}
