package dev.deputy.agent;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.AgentMessage.Bye;
import dev.deputy.protocol.AgentMessage.Pong;
import dev.deputy.protocol.AgentMessage.Ready;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.ControllerMessage.Registered;
import dev.deputy.protocol.ControllerMessage.Resumed;
import dev.deputy.protocol.ProtocolException;
import dev.deputy.protocol.StepId;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a registered agent does: carries out the controller's orders for one build. */
final class Session {
  private static final System.Logger LOG = System.getLogger(Session.class.getName());

  private final Registered registered;
  private final Ready ready;
  private final Duties duties;
  private final Uplink uplink;

  Session(Registered registered, Ready ready, Duties duties, Uplink uplink) {
    this.registered = registered;
    this.ready = ready;
    this.duties = duties;
    this.uplink = uplink;
  }

  /** Who carries out what. */
  record Duties(
      Guardian guardian,
      AgentFolder folder,
      Steps steps,
      FileOperations files,
      Transfers transfers,
      Optional<DeployRoleCredentials> credentials) {}

  /** The session's name. */
  String name() {
    return registered.session();
  }

  /** What the controller may lack. */
  Map<StepId, Long> undelivered() {
    return duties.steps.undelivered();
  }

  /** The first connection is established. */
  void begin(Connection connection) throws ConnectionLostException, InterruptedException {
    connection.send(ready);
    uplink.attach(connection);
    duties.credentials.ifPresent(keeper -> Threads.start("deploy role", keeper::run));
  }

  /** A later connection is established. */
  void resume(Connection connection, Resumed resumed)
      throws ConnectionLostException, InterruptedException {
    connection.send(ready);
    uplink.attach(connection);
    duties.steps.attach(connection, resumed.acknowledged());
    duties.credentials.ifPresent(DeployRoleCredentials::reconnected);
  }

  /** Carries out orders until the controller needs the agent no more. */
  void serve(Connection connection)
      throws ConnectionLostException, IOException, InterruptedException {
    Duration patience = registered.heartbeat().multipliedBy(3);
    ControllerMessage message = connection.receive(patience);
    while (!(message instanceof ControllerMessage.Stop)) {
      handle(message, connection);
      message = connection.receive(patience);
    }
  }

  private void handle(ControllerMessage message, Connection connection)
      throws ConnectionLostException, IOException, InterruptedException {
    if (message instanceof ControllerMessage.Ack ack) {
      duties.steps.acknowledge(ack);
    } else if (message instanceof ControllerMessage.Start start) {
      duties.steps.start(start);
    } else if (message instanceof ControllerMessage.Cancel cancel) {
      duties.steps.cancel(cancel.step());
    } else if (message instanceof ControllerMessage.Ping) {
      connection.send(new Pong());
    } else if (message instanceof ControllerMessage.CredentialGrant grant) {
      duties.credentials.ifPresent(keeper -> keeper.granted(grant));
    } else if (message instanceof ControllerMessage.CredentialRefusal refusal) {
      duties.credentials.ifPresent(keeper -> keeper.refused(refusal));
    } else if (message instanceof ControllerMessage.PutFiles order) {
      reply("transfer " + order.transfer(), () -> duties.transfers.put(order));
    } else if (message instanceof ControllerMessage.GetFiles order) {
      reply("transfer " + order.transfer(), () -> duties.transfers.get(order));
    } else if (message instanceof ControllerMessage.ReadFile order) {
      reply("file " + order.request(), () -> duties.files.read(order));
    } else if (message instanceof ControllerMessage.WriteFile order) {
      reply("file " + order.request(), () -> duties.files.write(order));
    } else if (message instanceof ControllerMessage.FileExists order) {
      reply("file " + order.request(), () -> duties.files.exists(order));
    } else if (message instanceof ControllerMessage.DeleteDirectory order) {
      reply("file " + order.request(), () -> duties.files.delete(order));
    } else {
      throw new ProtocolException(
          "a " + message.getClass().getSimpleName() + " in an established session");
    }
  }

  private interface Work {
    AgentMessage run() throws InterruptedException;
  }

  private void reply(String name, Work work) {
    Threads.start(name, () -> uplink.send(work.run()));
  }

  /**
   * Ends all steps, removes the agent's folder and says good-bye.
   *
   * @param delivery how long steps' last output may take to be delivered
   */
  void end(String reason, Duration delivery) throws InterruptedException {
    duties.steps.end(delivery);
    duties.folder.remove();
    Optional<Link> link = uplink.link();
    if (link.isPresent()) {
      try {
        link.get().send(new Bye(reason));
      } catch (ConnectionLostException e) {
        LOG.log(Level.DEBUG, "nobody to say good-bye to");
      }
    }
  }
}
