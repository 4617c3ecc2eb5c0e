package dev.deputy.server;

import dev.deputy.fleet.AgentGateway;
import dev.deputy.fleet.AgentSession;
import dev.deputy.fleet.AgentTransfers;
import dev.deputy.protocol.Protocol;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServletFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one port that agents talk to: a WebSocket for each, and their archives over HTTP. There is
 * nothing else on it, and who is let in is decided by the fleet. Requests run on virtual threads.
 */
public final class AgentEndpoint implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AgentEndpoint.class);
  private static final String TRANSFER = Protocol.TRANSFER_PATH + "{id}";
  private static final String SESSION = "session";
  private static final String BEARER = "Bearer ";

  /** Longer than an agent's heartbeats, which the fleet watches: only for what is stuck below. */
  private static final Duration IDLE = Duration.ofMinutes(2);

  /** The header of an output frame, with a step's id of the longest, is shorter than this. */
  private static final int FRAME_HEADER = 128;

  /** Of UTF-8, for a character of a text frame. */
  private static final long BYTES_PER_CHARACTER = 3;

  private final Javalin http;
  private final String host;

  private AgentEndpoint(Javalin http, String host) {
    this.http = http;
    this.host = host;
  }

  /** Listens on a free port of the loopback address. */
  public static AgentEndpoint start(AgentGateway gateway, AgentTransfers transfers) {
    return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), gateway, transfers);
  }

  /**
   * Listens.
   *
   * @param at port 0 for a free one
   */
  public static AgentEndpoint start(
      InetSocketAddress at, AgentGateway gateway, AgentTransfers transfers) {
    Javalin http =
        Javalin.create(config -> {
          restrict(config);
          config.routes.ws(Protocol.SOCKET_PATH, ws -> connect(ws, gateway));
          config.routes.post(TRANSFER, context -> receive(context, transfers));
          config.routes.get(TRANSFER, context -> send(context, transfers));
        });
    String host = at.getAddress().getHostAddress();
    return new AgentEndpoint(http.start(host, at.getPort()), host);
  }

  /** What an agent is told as its controller's address. */
  public URI address() {
    String literal = host.indexOf(':') < 0 ? host : '[' + host + ']';
    return URI.create("ws://" + literal + ':' + http.port());
  }

  @Override
  public void close() {
    http.stop();
  }

  private static void restrict(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.concurrency.useVirtualThreads = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.jetty.modifyWebSocketServletFactory(AgentEndpoint::restrict);
  }

  private static void restrict(JettyWebSocketServletFactory sockets) {
    sockets.setIdleTimeout(IDLE);
    sockets.setMaxTextMessageSize(Protocol.MAX_TEXT * BYTES_PER_CHARACTER);
    sockets.setMaxBinaryMessageSize(Protocol.MAX_CHUNK + FRAME_HEADER);
  }

  private static void connect(WsConfig ws, AgentGateway gateway) {
    ws.onConnect(context ->
        context.attribute(SESSION, gateway.open(new AgentEndpointConnection(context.session))));
    ws.onMessage(context -> session(context).ifPresent(s -> s.onText(context.message())));
    ws.onBinaryMessage(context -> session(context).ifPresent(s -> s.onBinary(context.data())));
    ws.onClose(context -> session(context).ifPresent(AgentSession::onClosed));
    ws.onError(context -> {
      log.debug("an agent's connection failed: {}", String.valueOf(context.error()));
      session(context).ifPresent(AgentSession::onClosed);
    });
  }

  private static Optional<AgentSession> session(WsContext context) {
    AgentSession session = context.attribute(SESSION);
    return Optional.ofNullable(session);
  }

  private static void receive(Context context, AgentTransfers transfers) {
    Optional<String> token = token(context);
    if (token.isEmpty()) {
      context.status(HttpStatus.UNAUTHORIZED);
      return;
    }
    context.status(
        status(transfers.receive(context.pathParam("id"), token.get(), context.bodyInputStream())));
  }

  private static void send(Context context, AgentTransfers transfers) {
    Optional<String> token = token(context);
    if (token.isEmpty()) {
      context.status(HttpStatus.UNAUTHORIZED);
      return;
    }
    try {
      AgentTransfers.Answer answer =
          transfers.send(
              context.pathParam("id"),
              token.get(),
              () -> {
                context.status(HttpStatus.OK).contentType("application/gzip");
                return context.res().getOutputStream();
              });
      if (answer != AgentTransfers.Answer.DONE) {
        context.status(status(answer));
      }
    } catch (IOException e) {
      log.warn("an archive for an agent broke off: {}", e.toString());
      breakOff(context);
    }
  }

  /** An answer that ended in order would look like a whole archive. */
  private static void breakOff(Context context) {
    ServletContextRequest.getServletContextRequest(context.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close();
  }

  private static HttpStatus status(AgentTransfers.Answer answer) {
    return switch (answer) {
      case DONE -> HttpStatus.NO_CONTENT;
      case UNKNOWN -> HttpStatus.NOT_FOUND;
      case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
      case FAILED -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }

  private static Optional<String> token(Context context) {
    return Optional.ofNullable(context.header("Authorization"))
        .filter(value -> value.startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()));
  }
}
