package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.Codec;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.CredentialsMode;
import dev.deputy.protocol.Output;
import dev.deputy.protocol.Protocol;
import dev.deputy.protocol.SessionKey;
import dev.deputy.protocol.StepId;
import dev.deputy.protocol.TransferId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/**
 * A controller for one agent: shakes hands by itself, records all that it hears, acknowledges what
 * it stores unless told otherwise, and complains about output that is out of order.
 */
final class FakeController {
  static final String SERVER_ID = "controller-under-test";
  static final String TOKEN = "transfer-token-of-the-session";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final Condition changed = lock.newCondition();
  private final List<AgentMessage> heard = new ArrayList<>();
  private final List<Output> frames = new ArrayList<>();
  private final Map<StepId, ByteArrayOutputStream> stored = new HashMap<>();
  private final Map<StepId, Long> acknowledged = new HashMap<>();
  private final List<String> complaints = new ArrayList<>();
  private @Nullable Session connection;
  private int connections;
  private int nonces;
  private boolean acknowledging = true;
  private boolean accepting = true;
  private Optional<String> refusal = Optional.empty();
  private CredentialsMode mode = CredentialsMode.NONE;
  final Map<TransferId, byte[]> archives = new ConcurrentHashMap<>();

  FakeController() throws Exception {
    server.addConnector(connector);
    WebSocketUpgradeHandler sockets =
        WebSocketUpgradeHandler.from(
            server,
            container -> {
              container.setMaxTextMessageSize(Protocol.MAX_TEXT);
              container.addMapping(
                  Protocol.SOCKET_PATH, (request, response, callback) -> new Socket());
            });
    sockets.setHandler(new TransferHandler());
    server.setHandler(sockets);
    server.start();
  }

  URI address() {
    return URI.create("ws://127.0.0.1:" + connector.getLocalPort());
  }

  FakeController mode(CredentialsMode asked) {
    mode = asked;
    return this;
  }

  FakeController refusing(String reason) {
    refusal = Optional.of(reason);
    return this;
  }

  void acknowledging(boolean on) {
    with(() -> acknowledging = on);
  }

  /** Whether new connections are shaken hands with. */
  void accepting(boolean on) {
    with(() -> accepting = on);
  }

  void send(ControllerMessage message) {
    sendText(Codec.encode(message));
  }

  void sendText(String text) {
    Session open = connection;
    if (open != null) {
      open.sendText(text, org.eclipse.jetty.websocket.api.Callback.NOOP);
    }
  }

  /** Cuts the connection as a broken network does. */
  void cut() throws IOException {
    for (EndPoint endPoint : connector.getConnectedEndPoints()) {
      // A channel that a selector looks at is not closed before the selector has looked again.
      ((SocketChannel) endPoint.getTransport()).shutdownOutput();
      endPoint.close();
    }
  }

  /** The first message of this type for which the condition holds, now or later. */
  <T extends AgentMessage> T await(Class<T> type, Predicate<T> condition) throws Exception {
    await(
        type.getSimpleName(),
        () -> heard.stream().anyMatch(m -> type.isInstance(m) && condition.test(type.cast(m))));
    return heard(type).stream().filter(condition).findFirst().orElseThrow();
  }

  <T extends AgentMessage> List<T> awaitCount(Class<T> type, int count) throws Exception {
    await(
        count + " of " + type.getSimpleName(),
        () -> heard.stream().filter(type::isInstance).count() >= count);
    return heard(type);
  }

  <T extends AgentMessage> T await(Class<T> type) throws Exception {
    return await(type, message -> true);
  }

  AgentMessage.Exit awaitExit(String step) throws Exception {
    return await(AgentMessage.Exit.class, exit -> exit.step().value().equals(step));
  }

  String awaitOutput(String step, String part) throws Exception {
    await("output of " + step, () -> text(step).contains(part));
    return output(step);
  }

  void awaitLines(String step, String start, int count) throws Exception {
    await(
        count + " lines of " + step,
        () -> text(step).lines().filter(line -> line.startsWith(start)).count() >= count);
  }

  void awaitFrames(int count) throws Exception {
    await(count + " frames", () -> frames.size() >= count);
  }

  void awaitConnections(int count) throws Exception {
    await(count + " connections", () -> connections >= count);
  }

  <T extends AgentMessage> List<T> heard(Class<T> type) {
    lock.lock();
    try {
      return heard.stream().filter(type::isInstance).map(type::cast).toList();
    } finally {
      lock.unlock();
    }
  }

  List<Output> frames() {
    lock.lock();
    try {
      return List.copyOf(frames);
    } finally {
      lock.unlock();
    }
  }

  List<String> complaints() {
    lock.lock();
    try {
      return List.copyOf(complaints);
    } finally {
      lock.unlock();
    }
  }

  String output(String step) {
    lock.lock();
    try {
      return text(step);
    } finally {
      lock.unlock();
    }
  }

  long length(String step) {
    lock.lock();
    try {
      ByteArrayOutputStream bytes = stored.get(new StepId(step));
      return bytes == null ? 0 : bytes.size();
    } finally {
      lock.unlock();
    }
  }

  private String text(String step) {
    ByteArrayOutputStream bytes = stored.get(new StepId(step));
    return bytes == null ? "" : bytes.toString(UTF_8);
  }

  interface State {
    boolean reached();
  }

  private void await(String what, State state) throws InterruptedException {
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (!state.reached()) {
        if (left <= 0) {
          throw new AssertionError("no " + what + "; heard " + heard + " complaints " + complaints);
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void with(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void stop() throws Exception {
    server.stop();
  }

  /** One connection. */
  public final class Socket extends Session.Listener.AbstractAutoDemanding {
    private String nonce = "";

    @Override
    public void onWebSocketOpen(Session session) {
      super.onWebSocketOpen(session);
      with(() -> {
        connection = session;
        connections++;
      });
    }

    @Override
    public void onWebSocketText(String text) {
      with(() -> hear(Codec.agentMessage(text)));
    }

    @Override
    public void onWebSocketBinary(
        ByteBuffer payload, org.eclipse.jetty.websocket.api.Callback callback) {
      ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
      callback.succeed();
      with(() -> store(Output.decode(copy)));
    }

    private void hear(AgentMessage message) {
      heard.add(message);
      if (message instanceof AgentMessage.Hello) {
        nonce = "nonce-" + ++nonces;
        if (accepting) {
          send(new ControllerMessage.Challenge(nonce, SERVER_ID));
        } else {
          getSession().disconnect();
        }
      } else if (message instanceof AgentMessage.Register) {
        send(
            refusal
                .<ControllerMessage>map(ControllerMessage.Refused::new)
                .orElseGet(FakeController.this::registered));
      } else if (message instanceof AgentMessage.Resume resume) {
        resume(resume);
      } else if (message instanceof AgentMessage.Exit exit) {
        take(exit.step(), exit.seq());
      }
    }

    private void resume(AgentMessage.Resume resume) {
      AgentMessage.Register register = heard(AgentMessage.Register.class).get(0);
      String statement = SessionKey.statement(SERVER_ID, nonce, resume.session());
      if (!SessionKey.verify(register.publicKey(), statement, resume.signature())) {
        complaints.add("resume with a wrong signature");
      }
      send(new ControllerMessage.Resumed(acknowledged));
    }

    private void store(Output output) {
      frames.add(output);
      if (take(output.step(), output.seq())) {
        ByteArrayOutputStream bytes =
            stored.computeIfAbsent(output.step(), step -> new ByteArrayOutputStream());
        if (bytes.size() != output.offset()) {
          complaints.add("offset " + output.offset() + " after " + bytes.size() + " bytes");
        }
        byte[] copy = new byte[output.bytes().remaining()];
        output.bytes().get(copy);
        bytes.writeBytes(copy);
      }
    }

    /** Whether this number is to be stored now: the next one, while acknowledging. */
    private boolean take(StepId step, long seq) {
      if (!acknowledging) {
        return false;
      }
      long last = acknowledged.getOrDefault(step, 0L);
      if (seq > last + 1) {
        complaints.add("number " + seq + " after " + last + " of " + step);
      }
      if (seq == last + 1) {
        acknowledged.put(step, seq);
      }
      send(new ControllerMessage.Ack(step, acknowledged.getOrDefault(step, 0L)));
      return seq == last + 1;
    }
  }

  private ControllerMessage.Registered registered() {
    return new ControllerMessage.Registered(
        "session-1",
        TOKEN,
        "examples/dtap",
        7,
        Optional.of("111111111111"),
        "eu-west-1",
        mode,
        Duration.ofSeconds(5),
        "examples_dtap");
  }

  /** Keeps posted archives and serves them again. */
  private final class TransferHandler extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String path = Request.getPathInContext(request);
      String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
      if (!path.startsWith(Protocol.TRANSFER_PATH)) {
        return false;
      }
      if (!("Bearer " + TOKEN).equals(authorization)) {
        Response.writeError(request, response, callback, 403);
        return true;
      }
      TransferId id = new TransferId(path.substring(Protocol.TRANSFER_PATH.length()));
      if (request.getMethod().equals("POST")) {
        archives.put(id, Content.Source.asInputStream(request).readAllBytes());
        callback.succeeded();
      } else if (archives.containsKey(id)) {
        response.write(true, ByteBuffer.wrap(archives.get(id)), callback);
      } else {
        Response.writeError(request, response, callback, 404);
      }
      return true;
    }
  }
}
