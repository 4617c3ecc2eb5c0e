package dev.deputy.agent;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.Codec;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.Output;
import dev.deputy.protocol.Protocol;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket to the controller, as blocking calls. One thread receives, many may send.
 *
 * <p>An end of the connection is not always noticed at once: the JDK's client (seen in 25) loses an
 * end of the stream that arrives while it hands over a message, and goes on to take what is sent.
 * The controller's heartbeat, or rather its absence, is what can be relied on.
 */
final class Connection implements Link, AutoCloseable {
  private static final Duration CONNECT_TIME = Duration.ofSeconds(15);
  private static final Duration SEND_TIME = Duration.ofSeconds(60);

  private final WebSocket socket;
  private final Inbox inbox;
  private final ReentrantLock sending = new ReentrantLock(); // one send at a time

  private Connection(WebSocket socket, Inbox inbox) {
    this.socket = socket;
    this.inbox = inbox;
  }

  /** Connects. */
  static Connection open(HttpClient http, URI address)
      throws ConnectionLostException, InterruptedException {
    Inbox inbox = new Inbox();
    CompletableFuture<WebSocket> opening =
        http.newWebSocketBuilder().connectTimeout(CONNECT_TIME).buildAsync(address, inbox);
    return new Connection(await(opening, CONNECT_TIME), inbox);
  }

  @Override
  public void send(AgentMessage message) throws ConnectionLostException, InterruptedException {
    String text = Codec.encode(message);
    send(() -> socket.sendText(text, true));
  }

  @Override
  public void send(Output output) throws ConnectionLostException, InterruptedException {
    send(() -> socket.sendBinary(output.encode(), true));
  }

  private void send(Supplier<CompletableFuture<WebSocket>> sender)
      throws ConnectionLostException, InterruptedException {
    sending.lockInterruptibly();
    try {
      await(sender.get(), SEND_TIME);
    } catch (ConnectionLostException e) {
      // The JDK closes the socket then and does not tell its listener.
      inbox.lost(socket, String.valueOf(e.getMessage()));
      throw e;
    } finally {
      sending.unlock();
    }
  }

  /**
   * The next message.
   *
   * @param patience how long the controller may be silent
   */
  ControllerMessage receive(Duration patience)
      throws ConnectionLostException, InterruptedException {
    Event event = inbox.events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (event instanceof Text text) {
      socket.request(1);
      return Codec.controllerMessage(text.text);
    }
    throw new ConnectionLostException(
        event instanceof Lost lost ? lost.reason : "the controller is silent");
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static <T> T await(CompletableFuture<T> future, Duration time)
      throws ConnectionLostException, InterruptedException {
    try {
      return future.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new ConnectionLostException(reason(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new ConnectionLostException("the network takes nothing", e);
    }
  }

  private static String reason(@Nullable Throwable cause) {
    return cause instanceof WebSocketHandshakeException answer
        ? "the controller answered " + answer.getResponse().statusCode()
        : String.valueOf(cause);
  }

  private sealed interface Event {}

  private record Text(String text) implements Event {}

  private record Lost(String reason) implements Event {}

  /** Takes one message at a time: the next is asked for when one was received. */
  private static final class Inbox implements WebSocket.Listener {
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      if (text.length() + part.length() > Protocol.MAX_TEXT) {
        lost(socket, "a message of the controller is too long");
        return null;
      }
      text.append(part);
      if (last) {
        events.add(new Text(text.toString()));
        text.setLength(0);
      } else {
        socket.request(1);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
      lost(socket, "the controller sent a binary frame");
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      lost(socket, "closed by the controller with " + status);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      lost(socket, error.toString());
    }

    private void lost(WebSocket socket, String reason) {
      events.add(new Lost(reason));
      socket.abort();
    }
  }
}
