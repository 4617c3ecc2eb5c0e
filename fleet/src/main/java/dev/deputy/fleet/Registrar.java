package dev.deputy.fleet;

import dev.deputy.core.Account;
import dev.deputy.core.AgentIdentities.Answer;
import dev.deputy.core.FailureClass;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import dev.deputy.core.LaunchState;
import dev.deputy.core.LaunchState.Event;
import dev.deputy.fleet.LaunchAttempt.Signal;
import dev.deputy.protocol.AgentMessage.Register;
import dev.deputy.protocol.AgentMessage.Resume;
import dev.deputy.protocol.ControllerMessage.Challenge;
import dev.deputy.protocol.ControllerMessage.Registered;
import dev.deputy.protocol.CredentialsMode;
import dev.deputy.protocol.SessionKey;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets agents in: each launch takes one agent, once, and only the one that proves to be its task. A
 * refusal changes nothing about the launch, so that no stranger can do it harm.
 */
final class Registrar {
  private static final Logger log = LoggerFactory.getLogger(Registrar.class);

  private final Site site;
  private final FleetPorts ports;
  private final LaunchBook book;
  private final AccessGate access;
  private final Roster roster;
  private final Expected expected;
  private final AgentTools tools;

  Registrar(
      Site site,
      FleetPorts ports,
      LaunchBook book,
      AccessGate access,
      Roster roster,
      Expected expected,
      AgentTools tools) {
    this.site = site;
    this.ports = ports;
    this.book = book;
    this.access = access;
    this.roster = roster;
    this.expected = expected;
    this.tools = tools;
  }

  /** What became of an agent at the door. */
  sealed interface Verdict {
    record Admitted(RemoteAgent agent) implements Verdict {}

    /** For good; it hears no reason. */
    record Refused() implements Verdict {}

    /** Something is not available now; it may come again. */
    record Later(String reason) implements Verdict {}
  }

  /** A question that only the launch's agent can answer, and only once. */
  Challenge challenge() {
    return new Challenge(Tokens.fresh(), site.controller().value());
  }

  /** Judges a first connection. Blocks until STS has answered. */
  Verdict register(
      String launchId, Challenge challenge, Register register, AgentConnection connection)
      throws InterruptedException {
    Optional<LaunchAttempt> waiting = waiting(launchId);
    if (waiting.isEmpty()) {
      return refused(Optional.empty(), "no launch of that name waits");
    }
    LaunchAttempt attempt = waiting.get();
    Optional<String> fault =
        IdentityClaim.fault(
            register,
            challenge,
            tools.clock().instant(),
            tools.settings().connecting().clockSkew());
    if (fault.isPresent()) {
      return refused(Optional.of(attempt.launch()), fault.get());
    }
    if (!attempt.awaitSubmitted(tools.settings().connecting().submitWait())) {
      return new Verdict.Later("the answer of RunTask is not there yet");
    }
    return switch (ports.identities().callerIdentity(register.signedHeaders())) {
      case Answer.Unavailable(String reason) -> new Verdict.Later(reason);
      case Answer.Refused(String reason) -> refused(Optional.of(attempt.launch()), reason);
      case Answer.Proven proven -> proven(attempt, proven, register, connection);
    };
  }

  /** Judges a later connection of an agent that was let in before. */
  Verdict resume(String launchId, Challenge challenge, Resume resume, AgentConnection connection) {
    // Before the roster: who is asked for is there before it is expected no more.
    boolean expectedYet = expected.mayHave(launchId);
    Optional<RemoteAgent> known =
        roster
            .session(resume.session())
            .filter(agent -> agent.launch().id().value().equals(launchId));
    if (known.isEmpty() && expectedYet) {
      return new Verdict.Later("its build does not go on yet");
    }
    if (known.isEmpty()) {
      return refused(Optional.empty(), "no such session");
    }
    RemoteAgent agent = known.get();
    String statement =
        SessionKey.statement(challenge.serverId(), challenge.nonce(), resume.session());
    if (!SessionKey.verify(agent.bond().publicKey(), statement, resume.signature())) {
      return refused(Optional.of(agent.launch()), "the session's key did not sign");
    }
    return agent.resume(connection, resume)
        ? new Verdict.Admitted(agent)
        : refused(Optional.of(agent.launch()), "the agent was given up");
  }

  private Optional<LaunchAttempt> waiting(String launchId) {
    try {
      return roster.attempt(new LaunchId(launchId));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Verdict proven(
      LaunchAttempt attempt, Answer.Proven proven, Register register, AgentConnection connection) {
    Launch launch = attempt.launch();
    if (!(launch.state() instanceof LaunchState.Submitted(String taskArn))) {
      return refused(Optional.of(launch), "the launch does not wait");
    }
    Optional<String> fault =
        TaskIdentity.fault(proven, attempt.placement().deployed(), taskArn, site.clusterAccount());
    if (fault.isPresent()) {
      return refused(Optional.of(launch), fault.get());
    }
    String session = Tokens.fresh();
    Map<String, String> details = Map.of("identity", proven.arn(), "session", session);
    Optional<Launch> registered = book.advance(launch.id(), new Event.Register(session), details);
    if (registered.isEmpty()) {
      return refused(Optional.of(launch), "the launch does not wait");
    }
    try {
      Optional<String> refusal = access.refusal(registered.get(), AccessGate.Moment.ASSIGNMENT);
      if (refusal.isPresent()) {
        attempt.signal(new Signal.Denied(refusal.get()));
        return new Verdict.Refused();
      }
      Optional<Launch> assigned = book.advance(launch.id(), new Event.Assign(), Map.of());
      if (assigned.isEmpty()) {
        return refused(Optional.of(launch), "the launch ended meanwhile");
      }
      String token = Tokens.fresh();
      Bond bond =
          new Bond(assigned.get(), taskArn, session, register.publicKey(), Tokens.hash(token));
      RemoteAgent agent = admit(attempt, bond, token, connection);
      String isolation = register.isolation().name().toLowerCase(Locale.ROOT);
      attempt.events().registered(bond.launch(), proven.arn(), isolation);
      return new Verdict.Admitted(agent);
    } catch (RuntimeException e) {
      attempt.signal(
          new Signal.Broken(FailureClass.UNKNOWN, "the controller could not assign it", false));
      throw e;
    }
  }

  private RemoteAgent admit(
      LaunchAttempt attempt, Bond bond, String token, AgentConnection connection) {
    Launch launch = bond.launch();
    Site.Placement placement = attempt.placement();
    Registered greeting =
        new Registered(
            bond.session(),
            token,
            launch.build().job().value(),
            launch.build().number(),
            placement.account().map(Account::id),
            placement.region(),
            mode(placement.template().credentials()),
            tools.settings().connecting().heartbeat(),
            SessionNames.folder(launch.build().job()));
    RemoteAgent agent = new RemoteAgent(bond, attempt, tools);
    attempt.registered(agent);
    roster.enter(agent);
    agent.attach(connection, greeting);
    return agent;
  }

  private static CredentialsMode mode(dev.deputy.core.CredentialsMode mode) {
    return switch (mode) {
      case DEPLOY_ROLE -> CredentialsMode.DEPLOY_ROLE;
      case TASK_ROLE -> CredentialsMode.TASK_ROLE;
      case NONE -> CredentialsMode.NONE;
    };
  }

  private Verdict refused(Optional<Launch> launch, String reason) {
    log.warn(
        "registration for launch {} refused: {}",
        launch.map(known -> known.id().value()).orElse("unknown"),
        reason);
    Map<String, String> details = Map.of("reason", reason);
    String action = "registration-refused";
    try {
      ports
          .audit()
          .append(
              launch
                  .map(known -> book.record(known, action, details))
                  .orElseGet(() -> book.record(action, Optional.empty(), details)));
    } catch (RuntimeException e) {
      log.error("the refusal of a registration could not be audited", e);
    }
    return new Verdict.Refused();
  }
}
