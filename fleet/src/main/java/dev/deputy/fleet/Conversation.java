package dev.deputy.fleet;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.AgentMessage.Hello;
import dev.deputy.protocol.AgentMessage.Register;
import dev.deputy.protocol.AgentMessage.Resume;
import dev.deputy.protocol.Codec;
import dev.deputy.protocol.ControllerMessage.Challenge;
import dev.deputy.protocol.ControllerMessage.Ping;
import dev.deputy.protocol.ControllerMessage.Refused;
import dev.deputy.protocol.Protocol;
import dev.deputy.protocol.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: at first with nobody, then with one agent. A stranger gets one challenge and one
 * try.
 */
final class Conversation implements AgentSession {
  private static final Logger log = LoggerFactory.getLogger(Conversation.class);
  private static final int POLICY_VIOLATION = 1008;
  private static final int TRY_AGAIN_LATER = 1013;

  private final AgentConnection connection;
  private final Registrar registrar;
  private final FleetSettings.Connecting settings;
  private final InstantSource clock;
  private final Consumer<Conversation> onEnd;
  private final Instant opened;
  private volatile Phase phase = new Phase.Fresh();
  private volatile Instant lastHeard;
  private volatile boolean listening;
  private volatile boolean closed;

  Conversation(
      AgentConnection connection,
      Registrar registrar,
      FleetSettings.Connecting settings,
      InstantSource clock,
      Consumer<Conversation> onEnd) {
    this.connection = connection;
    this.registrar = registrar;
    this.settings = settings;
    this.clock = clock;
    this.onEnd = onEnd;
    this.opened = clock.instant();
    this.lastHeard = opened;
  }

  private sealed interface Phase {
    record Fresh() implements Phase {}

    record Challenged(String launch, Challenge challenge) implements Phase {}

    record Bound(RemoteAgent agent) implements Phase {}

    /** It had its try. */
    record Spent() implements Phase {}
  }

  @Override
  public void onText(String text) {
    hear(() -> {
      AgentMessage message = Codec.agentMessage(text);
      switch (phase) {
        case Phase.Fresh() -> greet(message);
        case Phase.Challenged(String launch, Challenge challenge) ->
            judge(launch, challenge, message);
        case Phase.Bound(RemoteAgent agent) -> agent.take(message, connection);
        case Phase.Spent() -> {}
      }
    });
  }

  @Override
  public void onBinary(ByteBuffer frame) {
    hear(() -> {
      switch (phase) {
        case Phase.Bound(RemoteAgent agent) -> agent.take(frame, connection);
        case Phase.Fresh _, Phase.Challenged _ -> refuse("output before registration");
        case Phase.Spent() -> {}
      }
    });
  }

  @Override
  public void onClosed() {
    closed = true;
    onEnd.accept(this);
    if (phase instanceof Phase.Bound(RemoteAgent agent)) {
      agent.detached(connection);
    }
  }

  /**
   * Called at each heartbeat: pings an agent, and ends a connection that was silent for three of
   * them, or has not proven itself in time.
   */
  void beat() {
    Instant now = clock.instant();
    switch (phase) {
      case Phase.Bound(RemoteAgent agent) -> {
        if (!listening && now.isAfter(lastHeard.plus(settings.heartbeat().multipliedBy(3)))) {
          end("nothing was heard for three heartbeats");
        } else {
          agent.send(new Ping());
        }
      }
      case Phase.Fresh _, Phase.Challenged _, Phase.Spent _ -> {
        if (!listening && now.isAfter(opened.plus(settings.handshake()))) {
          end("no registration in time");
        }
      }
    }
  }

  void end(String reason) {
    connection.close(POLICY_VIOLATION, reason);
    onClosed();
  }

  /** Something that a frame leads to. */
  @FunctionalInterface
  private interface Reaction {
    void run() throws IOException, InterruptedException;
  }

  private void hear(Reaction reaction) {
    listening = true;
    try {
      reaction.run();
    } catch (ProtocolException e) {
      log.warn("an agent does not keep to the protocol: {}", e.getMessage());
      if (phase instanceof Phase.Bound(RemoteAgent agent)) {
        agent.garbled(e);
      }
      end("not of the protocol");
    } catch (IOException e) {
      log.debug("an agent's connection broke: {}", e.toString());
      end("cannot send");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      end("interrupted");
    } catch (RuntimeException e) {
      log.error("a frame of an agent could not be dealt with", e);
      end("the controller failed");
    } finally {
      lastHeard = clock.instant();
      listening = false;
    }
  }

  private void greet(AgentMessage message) throws IOException {
    if (!(message instanceof Hello(int version, String launch, _))) {
      refuse("the first message is to be a hello");
    } else if (version != Protocol.VERSION) {
      refuse("protocol version " + version + " (expected: " + Protocol.VERSION + ")");
    } else {
      Challenge challenge = registrar.challenge();
      phase = new Phase.Challenged(launch, challenge);
      connection.send(Codec.encode(challenge));
    }
  }

  private void judge(String launch, Challenge challenge, AgentMessage message)
      throws IOException, InterruptedException {
    phase = new Phase.Spent();
    Registrar.Verdict verdict;
    if (message instanceof Register register) {
      verdict = registrar.register(launch, challenge, register, connection);
    } else if (message instanceof Resume resume) {
      verdict = registrar.resume(launch, challenge, resume, connection);
    } else {
      verdict = new Registrar.Verdict.Refused();
    }
    switch (verdict) {
      case Registrar.Verdict.Admitted(RemoteAgent agent) -> {
        phase = new Phase.Bound(agent);
        if (closed) {
          agent.detached(connection);
        }
      }
      case Registrar.Verdict.Refused() -> refuse("this agent is not accepted");
      case Registrar.Verdict.Later(String reason) -> {
        log.info("an agent is to come again: {}", reason);
        connection.close(TRY_AGAIN_LATER, "try again later");
      }
    }
  }

  private void refuse(String reason) throws IOException {
    phase = new Phase.Spent();
    connection.send(Codec.encode(new Refused(reason)));
    connection.close(POLICY_VIOLATION, "refused");
  }
}
