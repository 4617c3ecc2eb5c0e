package dev.deputy.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.AgentIdentities.Answer.Proven;
import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.AgentMessage.Bye;
import dev.deputy.protocol.AgentMessage.Exit;
import dev.deputy.protocol.AgentMessage.Hello;
import dev.deputy.protocol.AgentMessage.Ready;
import dev.deputy.protocol.AgentMessage.Register;
import dev.deputy.protocol.AgentMessage.Resume;
import dev.deputy.protocol.Codec;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.ControllerMessage.Challenge;
import dev.deputy.protocol.ControllerMessage.Ping;
import dev.deputy.protocol.ControllerMessage.Registered;
import dev.deputy.protocol.ControllerMessage.Resumed;
import dev.deputy.protocol.ControllerMessage.Start;
import dev.deputy.protocol.ControllerMessage.Stop;
import dev.deputy.protocol.IdentityProof;
import dev.deputy.protocol.Isolation;
import dev.deputy.protocol.Outcome;
import dev.deputy.protocol.Output;
import dev.deputy.protocol.Protocol;
import dev.deputy.protocol.SessionKey;
import dev.deputy.protocol.StepId;
import dev.deputy.testkit.InMemoryAgentIdentities;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An agent in this JVM, with a real key, that does what a test wants. */
final class FakeAgent {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final AtomicInteger signatures = new AtomicInteger();

  final SessionKey key = SessionKey.generate();
  final String launch;
  private AgentGateway gateway;
  private final InMemoryAgentIdentities identities;
  private final Proven identity;
  volatile @Nullable Wire wire;
  volatile @Nullable Registered registered;

  FakeAgent(
      AgentGateway gateway, InMemoryAgentIdentities identities, String launch, Proven identity) {
    this.gateway = gateway;
    this.identities = identities;
    this.launch = launch;
    this.identity = identity;
  }

  /** One connection, seen from the agent. */
  static final class Wire implements AgentConnection {
    final BlockingQueue<ControllerMessage> inbox = new LinkedBlockingQueue<>();
    private final Set<StepId> started = new HashSet<>();
    volatile int closed;
    private @Nullable AgentSession session;

    AgentSession session() {
      AgentSession there = session;
      if (there == null) {
        throw new IllegalStateException("not open");
      }
      return there;
    }

    @Override
    public void send(String text) throws IOException {
      if (closed != 0) {
        throw new IOException("closed");
      }
      inbox.add(Codec.controllerMessage(text));
    }

    @Override
    public void close(int code, String reason) {
      closed = closed == 0 ? code : closed;
    }

    void say(AgentMessage message) {
      if (message instanceof Exit exit) {
        started.remove(exit.step()); // tests use its number again
      }
      session().onText(Codec.encode(message));
    }

    /**
     * The next message that is no ping, and does not start a step again: who resumes while a step
     * is ordered may be told of it twice, and an agent starts it once. Empty where the connection
     * was closed before.
     */
    Optional<ControllerMessage> poll() {
      try {
        for (int waited = 0; waited < 1000; waited++) {
          ControllerMessage message = inbox.poll(10, TimeUnit.MILLISECONDS);
          if (message != null && !(message instanceof Ping) && !isRepeated(message)) {
            return Optional.of(message);
          }
          if (message == null && closed != 0 && inbox.isEmpty()) {
            return Optional.empty();
          }
        }
        throw new AssertionError("the controller said nothing");
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private boolean isRepeated(ControllerMessage message) {
      return message instanceof Start start && !started.add(start.step());
    }

    ControllerMessage next() {
      return poll().orElseThrow(() -> new AssertionError("closed with " + closed));
    }

    <T extends ControllerMessage> T expect(Class<T> type) {
      ControllerMessage message = next();
      assertThat(message).isInstanceOf(type);
      return type.cast(message);
    }

    /** The connection breaks. */
    void breakOff() {
      closed = 1006;
      session().onClosed();
    }
  }

  /** Its controller was started again. */
  void moveTo(AgentGateway another) {
    gateway = another;
  }

  Wire connect() {
    Wire fresh = new Wire();
    fresh.session = gateway.open(fresh);
    wire = fresh;
    return fresh;
  }

  Wire wire() {
    Wire present = wire;
    if (present == null) {
      throw new IllegalStateException("not connected");
    }
    return present;
  }

  Challenge challenge(Wire on) {
    on.say(new Hello(Protocol.VERSION, launch, "test"));
    return on.expect(Challenge.class);
  }

  /** The headers of an honest proof; each with a signature of its own. */
  Map<String, String> proof(Challenge challenge, Instant now) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", "sts.eu-west-1.amazonaws.com");
    headers.put("content-type", IdentityProof.CONTENT_TYPE);
    headers.put("x-amz-date", TIMESTAMP.format(now));
    headers.put("x-amz-security-token", "token-of-the-task-role");
    headers.put(IdentityProof.SERVER_HEADER, challenge.serverId());
    headers.put(IdentityProof.NONCE_HEADER, challenge.nonce());
    headers.put(IdentityProof.KEY_HEADER, key.publicKey());
    String authorization =
        "AWS4-HMAC-SHA256 Credential=ASIAEXAMPLEEXAMPLE00/"
            + headers.get("x-amz-date").substring(0, 8)
            + "/eu-west-1/sts/aws4_request, SignedHeaders="
            + String.join(";", headers.keySet())
            + ", Signature=%064x".formatted(signatures.incrementAndGet());
    headers.put("authorization", authorization);
    identities.know(authorization, identity);
    return headers;
  }

  void register(Wire on, Map<String, String> proof) {
    on.say(new Register(proof, key.publicKey(), Isolation.USER));
  }

  /** Registers as an honest agent does: it comes again when the connection is closed. */
  boolean letIn(Instant now) {
    for (int tries = 0; tries < 5; tries++) {
      Wire on = connect();
      on.say(new Hello(Protocol.VERSION, launch, "test"));
      if (on.poll().orElse(null) instanceof Challenge challenge) {
        register(on, proof(challenge, now));
        Optional<ControllerMessage> answer = on.poll();
        if (answer.isPresent()) {
          registered = answer.get() instanceof Registered accepted ? accepted : null;
          return registered != null;
        }
      }
    }
    return false;
  }

  FakeAgent register(Instant now) {
    assertThat(letIn(now)).as("let in").isTrue();
    return this;
  }

  FakeAgent ready() {
    wire().say(new Ready("/agent/space", "/agent/space@tmp", Map.of("AWS_REGION", "eu-west-1")));
    return this;
  }

  Registered registered() {
    Registered known = registered;
    if (known == null) {
      throw new IllegalStateException("not registered");
    }
    return known;
  }

  /** Comes back on a new connection. */
  Resumed resume(Map<StepId, Long> lastSeq) {
    Wire on = connect();
    on.say(resumption(challenge(on), lastSeq));
    return on.expect(Resumed.class);
  }

  Resume resumption(Challenge challenge, Map<StepId, Long> lastSeq) {
    String session = registered().session();
    String statement = SessionKey.statement(challenge.serverId(), challenge.nonce(), session);
    return new Resume(session, key.sign(statement), new HashMap<>(lastSeq));
  }

  void output(StepId step, long seq, long offset, String text) {
    wire()
        .session()
        .onBinary(new Output(step, seq, offset, ByteBuffer.wrap(text.getBytes(UTF_8))).encode());
  }

  void exit(StepId step, long seq, int status) {
    wire().say(new Exit(step, seq, new Outcome.Exited(status), Optional.empty()));
  }

  /** Obeys on a thread of its own: each script is printed and succeeds, a stop ends it. */
  FakeAgent serve() {
    return serve(start -> {
      output(start.step(), 1, 0, start.script());
      exit(start.step(), 2, 0);
    });
  }

  FakeAgent serve(Consumer<Start> steps) {
    Thread.ofVirtual()
        .start(() -> {
          while (true) {
            switch (wire().next()) {
              case Start start -> steps.accept(start);
              case Stop() -> {
                wire().say(new Bye("stopped"));
                return;
              }
              default -> {}
            }
          }
        });
    return this;
  }
}
