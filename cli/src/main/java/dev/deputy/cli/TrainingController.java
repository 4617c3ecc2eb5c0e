package dev.deputy.cli;

import io.javalin.Javalin;
import io.javalin.websocket.WsMessageContext;

/**
 * What an agent in training talks to: gives it the credentials of a task, has it prove who it is,
 * and refuses it. Everything that an agent does until then is what its start takes.
 */
final class TrainingController implements AutoCloseable {
  private final Javalin http;

  private TrainingController(Javalin http) {
    this.http = http;
  }

  /** Listens on a free port of the loopback address. */
  static TrainingController start() {
    Javalin http =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.routes.get(
              "/credentials",
              context ->
                  context
                      .contentType("application/json")
                      .result(
                          """
                          {"AccessKeyId": "ASIATRAINING", "SecretAccessKey": "none", "Token": "none",
                           "RoleArn": "training", "Expiration": "2100-01-01T00:00:00Z"}\
                          """));
          config.routes.ws("/agent/v1", agent -> agent.onMessage(TrainingController::answer));
        });
    return new TrainingController(http.start("127.0.0.1", 0));
  }

  private static void answer(WsMessageContext message) {
    message.send(
        message.message().contains("\"hello\"")
            ? "{\"type\":\"challenge\",\"nonce\":\"training\",\"serverId\":\"training\"}"
            : "{\"type\":\"refused\",\"reason\":\"that was all\"}");
  }

  int port() {
    return http.port();
  }

  @Override
  public void close() {
    http.stop();
  }
}
