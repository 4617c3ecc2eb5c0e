package dev.deputy.server;

import dev.deputy.fleet.AgentConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** An agent's WebSocket: one frame goes out at a time, and an agent that takes none is cut off. */
final class AgentEndpointConnection implements AgentConnection {
  private static final Duration SEND_TIME = Duration.ofSeconds(20);

  private final Session socket;
  private final ReentrantLock sending = new ReentrantLock(); // one frame at a time

  AgentEndpointConnection(Session socket) {
    this.socket = socket;
  }

  @Override
  public void send(String text) throws IOException {
    var sent = new CompletableFuture<Void>();
    sending.lock();
    try {
      socket.sendText(text, Callback.from(() -> sent.complete(null), sent::completeExceptionally));
      sent.get(SEND_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the frame was not sent", e.getCause());
    } catch (TimeoutException e) {
      socket.disconnect();
      throw new IOException("the agent takes nothing", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while sending", e);
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void close(int code, String reason) {
    socket.close(code, reason, Callback.from(() -> {}, _ -> socket.disconnect()));
  }
}
