package dev.deputy.agent;

import dev.deputy.protocol.ControllerMessage.Registered;
import dev.deputy.protocol.ControllerMessage.Resumed;
import dev.deputy.protocol.Protocol;
import dev.deputy.protocol.ProtocolException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The agent program: proves to the controller which task it runs in, and carries out the steps of
 * one build. Exit status: 0 when the controller needed it no more, 1 when it was refused, 64 when
 * its environment is wrong, 75 when the controller was out of reach for too long.
 */
public final class Agent {
  private static final System.Logger LOG = System.getLogger(Agent.class.getName());
  private static final Duration DELIVERY = Duration.ofSeconds(10);

  private final URI address;
  private final Identity identity;
  private final SessionFactory sessions;
  private final Reconnection reconnection;
  private volatile @Nullable Session session;

  private Agent(AgentConfig config, Identity identity, SessionFactory sessions) {
    this.address = URI.create(config.controller() + Protocol.SOCKET_PATH);
    this.identity = identity;
    this.sessions = sessions;
    this.reconnection =
        new Reconnection(
            config.reconnect(), InstantSource.system(), time -> Thread.sleep(time.toMillis()));
  }

  /** Runs the agent; it is told what to do by its environment. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    StderrLoggerFinder.agentProgram();
    try {
      AgentConfig config =
          AgentConfig.read(System.getenv(), Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
      Agent agent = make(config);
      AtomicBoolean over = new AtomicBoolean();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> agent.terminate(over), "shutdown"));
      int status = agent.run();
      over.set(true);
      System.exit(status);
    } catch (StartException e) {
      LOG.log(Level.ERROR, e.getMessage());
      System.exit(64);
    }
  }

  /** An agent that has not begun. */
  static Agent make(AgentConfig config) throws IOException, InterruptedException {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .executor(Executors.newCachedThreadPool(Threads.daemon("http")))
            .build();
    Secrets secrets = new Secrets();
    secrets.learnFrom(config.environment());
    TaskCredentials credentials = new TaskCredentials(http, config.taskCredentials(), secrets);
    Sts sts = new Sts(http, config.sts(), config.region(), InstantSource.system());
    StepAccount account =
        StepAccount.choose(config.stepUser(), config.stepGroup(), config.isolationWaived());
    String version = Agent.class.getPackage().getImplementationVersion();
    Identity identity =
        new Identity(
            config.launch(),
            version == null ? "development" : version,
            config.expectedServer(),
            credentials,
            sts);
    return new Agent(
        config, identity, new SessionFactory(config, account, http, credentials, sts, secrets));
  }

  /** Serves the controller to the end; returns the exit status. */
  int run() throws IOException, InterruptedException {
    int status;
    try {
      serve();
      status = 0;
    } catch (Identity.RefusedException e) {
      LOG.log(Level.ERROR, "refused: " + e.getMessage());
      status = 1;
    } catch (Reconnection.GivenUpException e) {
      LOG.log(Level.ERROR, e.getMessage());
      status = 75;
    }
    Session last = session;
    if (last != null) {
      last.end("the agent has ended", Duration.ZERO);
    }
    return status;
  }

  /** Serves the controller until it says stop. */
  private void serve()
      throws Identity.RefusedException,
          Reconnection.GivenUpException,
          IOException,
          InterruptedException {
    while (true) {
      try (Connection connection = Connection.open(sessions.http(), address)) {
        Session established = establish(connection);
        reconnection.succeeded();
        try {
          established.serve(connection);
          established.end("stopped", Duration.ZERO);
          return;
        } finally {
          reconnection.lost();
        }
      } catch (ConnectionLostException | ProtocolException | CredentialsException e) {
        LOG.log(Level.WARNING, "no connection: " + e.getMessage());
      }
      reconnection.pause();
    }
  }

  private Session establish(Connection connection)
      throws Identity.RefusedException, IOException, InterruptedException {
    Session known = session;
    if (known != null) {
      Resumed resumed = identity.resume(connection, known.name(), known.undelivered());
      known.resume(connection, resumed);
      LOG.log(Level.INFO, "session " + known.name() + " resumed");
      return known;
    }
    Registered registered = identity.register(connection, sessions.account().isolation());
    Session fresh = sessions.make(registered);
    session = fresh;
    LOG.log(Level.INFO, "session " + fresh.name() + " for " + registered.job());
    fresh.begin(connection);
    return fresh;
  }

  /** The task is stopped from outside: uses the time that is left. */
  private void terminate(AtomicBoolean over) {
    Session present = session;
    if (present != null && !over.get()) {
      try {
        present.end("terminated", DELIVERY);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
