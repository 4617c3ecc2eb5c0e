package dev.deputy.server;

import dev.deputy.fleet.AgentConnection;
import dev.deputy.fleet.AgentGateway;
import dev.deputy.fleet.AgentSession;
import dev.deputy.fleet.AgentTransfers;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.Map;

final class AgentEndpoint implements AutoCloseable {
  private final Javalin javalin;
  private AgentEndpoint(Javalin j) { javalin = j; }
  static AgentEndpoint start(AgentGateway gateway, AgentTransfers transfers) {
    Map<String, AgentSession> sessions = new ConcurrentHashMap<>();
    Javalin j = Javalin.create(cfg -> {
      cfg.startup.showJavalinBanner = false;
      cfg.concurrency.useVirtualThreads = true;
      cfg.routes.ws("/agent/v1", (WsConfig ws) -> {
        ws.onConnect(ctx -> {
          ctx.session.setIdleTimeout(java.time.Duration.ofMinutes(5));
          sessions.put(ctx.sessionId(), gateway.open(new AgentConnection() {
            @Override public void send(String text) throws IOException { 
              java.util.concurrent.CompletableFuture<@org.jspecify.annotations.Nullable Void> f = new java.util.concurrent.CompletableFuture<>();
              ctx.session.sendText(text, new org.eclipse.jetty.websocket.api.Callback() {
                @Override public void succeed() { f.complete(null); }
                @Override public void fail(Throwable t) { f.completeExceptionally(t); }
              });
              try { f.get(); } catch (Exception e) { throw new IOException(e); }
            }
            @Override public void close(int code, String reason) { ctx.closeSession(code, reason); }
          }));
        });
        ws.onMessage(ctx -> { AgentSession s = sessions.get(ctx.sessionId()); if (s != null) s.onText(ctx.message()); });
        ws.onBinaryMessage(ctx -> { AgentSession s = sessions.get(ctx.sessionId()); if (s != null) s.onBinary(ByteBuffer.wrap(ctx.data(), ctx.offset(), ctx.length())); });
        ws.onClose(ctx -> { AgentSession s = sessions.remove(ctx.sessionId()); if (s != null) s.onClosed(); });
      });
      cfg.routes.post("/agent/v1/transfers/{id}", ctx -> ctx.status(status(transfers.receive(ctx.pathParam("id"), token(ctx), ctx.bodyInputStream()))));
      cfg.routes.get("/agent/v1/transfers/{id}", ctx -> {
        var a = transfers.send(ctx.pathParam("id"), token(ctx), () -> ctx.outputStream());
        if (a != AgentTransfers.Answer.DONE) ctx.status(status(a));
      });
    }).start("127.0.0.1", 0);
    return new AgentEndpoint(j);
  }
  private static int status(AgentTransfers.Answer a) { return switch (a) { case DONE -> 200; case UNKNOWN -> 404; case TOO_LARGE -> 413; case FAILED -> 500; }; }
  private static String token(Context c) { String h = c.header("Authorization"); return h == null ? "" : h.replaceFirst("^Bearer ", ""); }
  URI address() { return URI.create("ws://127.0.0.1:" + javalin.port()); }
  @Override public void close() { javalin.stop(); }
}
