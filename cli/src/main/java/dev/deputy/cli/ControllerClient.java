package dev.deputy.cli;

import dev.deputy.server.ControlApi;
import dev.deputy.server.StateFolder;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The controller that serves a state, for commands of its user. */
final class ControllerClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final StateFolder state;
  private final ControlApi.Access access;

  private ControllerClient(StateFolder state, ControlApi.Access access) {
    this.state = state;
    this.access = access;
  }

  static ControllerClient of(StateFolder state) throws IOException {
    return new ControllerClient(
        state, ControlApi.Access.of(state).orElseThrow(() -> nobody(state)));
  }

  /** Of the nearest configuration, unless the options name another. */
  static ControllerClient of(ConfigurationOption options) throws IOException {
    return of(options.stateFolder(options.load(Path.of(""))));
  }

  private static CommandFailed nobody(StateFolder state) {
    return new CommandFailed(
        ExitStatus.UNAVAILABLE,
        "no controller serves " + state.path() + ": start one with 'deputy serve --sandbox'");
  }

  Map<String, Object> builds() throws IOException, InterruptedException {
    return get("/api/v1/builds");
  }

  Map<String, Object> build(String id) throws IOException, InterruptedException {
    return get("/api/v1/build?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8));
  }

  Map<String, Object> post(String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    String text = JSON.writeValueAsString(body);
    return send(
        request("/api/v1/" + path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(text)));
  }

  private Map<String, Object> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(access.address().resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + access.token());
  }

  private Map<String, Object> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response;
    try {
      response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (java.net.ConnectException _) {
      throw nobody(state);
    }
    if (response.statusCode() != OK) {
      throw new CommandFailed(
          response.statusCode() == 400 ? ExitStatus.BAD_INPUT : ExitStatus.USAGE, response.body());
    }
    Map<?, ?> body = JSON.readValue(response.body(), Map.class);
    var fields = new LinkedHashMap<String, Object>();
    body.forEach((name, value) -> {
      if (value != null) {
        fields.put(name.toString(), value);
      }
    });
    return fields;
  }
}
