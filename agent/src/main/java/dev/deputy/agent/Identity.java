package dev.deputy.agent;

import dev.deputy.protocol.AgentMessage.Hello;
import dev.deputy.protocol.AgentMessage.Register;
import dev.deputy.protocol.AgentMessage.Resume;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.ControllerMessage.Challenge;
import dev.deputy.protocol.ControllerMessage.Refused;
import dev.deputy.protocol.Isolation;
import dev.deputy.protocol.Protocol;
import dev.deputy.protocol.ProtocolException;
import dev.deputy.protocol.SessionKey;
import dev.deputy.protocol.StepId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Who the agent is, and how it proves that at the beginning of each connection. */
final class Identity {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String launch;
  private final String version;
  private final Optional<String> expectedServer;
  private final TaskCredentials credentials;
  private final Sts sts;
  private final SessionKey key = SessionKey.generate();

  Identity(
      String launch,
      String version,
      Optional<String> expectedServer,
      TaskCredentials credentials,
      Sts sts) {
    this.launch = launch;
    this.version = version;
    this.expectedServer = expectedServer;
    this.credentials = credentials;
    this.sts = sts;
  }

  /** The controller does not accept this agent, or is not the one to prove anything to. */
  static final class RefusedException extends Exception {
    RefusedException(String reason) {
      super(reason);
    }
  }

  /** Proves which task this is. */
  ControllerMessage.Registered register(Connection connection, Isolation isolation)
      throws ConnectionLostException, RefusedException, InterruptedException {
    Challenge challenge = hello(connection);
    Map<String, String> proof =
        sts.identityProof(credentials.credentials(), challenge, key.publicKey());
    connection.send(new Register(proof, key.publicKey(), isolation));
    return expect(ControllerMessage.Registered.class, connection);
  }

  /** Proves that this is the agent that was registered. */
  ControllerMessage.Resumed resume(
      Connection connection, String session, Map<StepId, Long> undelivered)
      throws ConnectionLostException, RefusedException, InterruptedException {
    Challenge challenge = hello(connection);
    String statement = SessionKey.statement(challenge.serverId(), challenge.nonce(), session);
    connection.send(new Resume(session, key.sign(statement), undelivered));
    return expect(ControllerMessage.Resumed.class, connection);
  }

  private Challenge hello(Connection connection)
      throws ConnectionLostException, RefusedException, InterruptedException {
    connection.send(new Hello(Protocol.VERSION, launch, version));
    Challenge challenge = expect(Challenge.class, connection);
    if (expectedServer.isPresent() && !expectedServer.get().equals(challenge.serverId())) {
      throw new RefusedException(
          "the controller is " + challenge.serverId() + ", not " + expectedServer.get());
    }
    return challenge;
  }

  private static <T extends ControllerMessage> T expect(Class<T> type, Connection connection)
      throws ConnectionLostException, RefusedException, InterruptedException {
    ControllerMessage message = connection.receive(PATIENCE);
    if (message instanceof Refused refused) {
      throw new RefusedException(refused.reason());
    }
    if (!type.isInstance(message)) {
      throw new ProtocolException(
          "expected " + type.getSimpleName() + ", not " + message.getClass().getSimpleName());
    }
    return type.cast(message);
  }
}
