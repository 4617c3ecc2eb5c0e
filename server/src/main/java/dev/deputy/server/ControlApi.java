package dev.deputy.server;

import dev.deputy.builds.Answer;
import dev.deputy.builds.Question;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import io.javalin.Javalin;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.UnauthorizedResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What commands on this machine say to a running controller: JSON over HTTP on a loopback port,
 * with a token that lies in the state folder and that only the controller's own user can read. Who
 * has it is that user, and may do all that the command line may.
 */
public final class ControlApi implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int TOKEN_BYTES = 32;
  private static final int MAX_BODY = 1 << 20;
  private static final int RECENT = 50;

  private final Javalin http;

  private ControlApi(Javalin http) {
    this.http = http;
  }

  /**
   * Where a controller listens, and what it has to be told.
   *
   * @param token a secret
   */
  public record Access(URI address, String token) {
    /** What the controller of this state wrote last, which may have ended; empty for none. */
    public static Optional<Access> of(StateFolder state) throws IOException {
      if (!Files.isRegularFile(state.control())) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(state.control());
      return lines.size() < 2
          ? Optional.empty()
          : Optional.of(new Access(URI.create(lines.get(0)), lines.get(1)));
    }

    @Override
    public String toString() {
      return "Access[address=" + address + "]";
    }
  }

  /** Listens on a free port of the loopback address and says in the state folder where that is. */
  public static ControlApi start(Controller controller, BuildDesk desk, StateFolder state)
      throws IOException {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    var api = new Routes(controller, desk);
    Javalin http =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.concurrency.useVirtualThreads = true;
          config.http.maxRequestSize = MAX_BODY;
          config.jetty.modifyHttpConfiguration(jetty -> jetty.setSendServerVersion(false));
          config.routes.before(context -> require(context, token));
          config.routes.get("/api/v1/builds", api::builds);
          config.routes.post("/api/v1/builds", api::submit);
          config.routes.get("/api/v1/build", api::build);
          config.routes.post("/api/v1/answers", api::answer);
          config.routes.post("/api/v1/aborts", api::abort);
        });
    http.start("127.0.0.1", 0);
    state.keep(state.control(), "http://127.0.0.1:" + http.port() + "\n" + token + "\n");
    return new ControlApi(http);
  }

  /** A page of a browser that is led here by a foreign name, or has no token, gets nothing. */
  private static void require(Context context, String token) {
    String given = Optional.ofNullable(context.header("Authorization")).orElse("");
    boolean right =
        MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8),
            ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    if (!right) {
      throw new UnauthorizedResponse();
    }
  }

  @Override
  public void close() {
    http.stop();
  }

  /** What is answered. */
  private record Routes(Controller controller, BuildDesk desk) {
    void builds(Context context) {
      List<Map<String, Object>> builds = new ArrayList<>();
      controller.recent(RECENT).forEach(build -> builds.add(described(build)));
      answer(context, Map.of("builds", builds));
    }

    void build(Context context) {
      BuildId id = id(String.valueOf(context.queryParam("id")));
      BuildRecord record =
          controller.find(id).orElseThrow(() -> new NotFoundResponse("no build " + id));
      answer(context, described(record));
    }

    private Map<String, Object> described(BuildRecord record) {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("build", record.id().toString());
      fields.put("state", record.state().name());
      fields.put("created", record.created().toString());
      record.finished().ifPresent(at -> fields.put("finished", at.toString()));
      fields.put("file", record.script());
      fields.put("logFile", controller.logFile(record.id()).toString());
      fields.put("questions", desk.questions(record.id()).stream().map(Routes::described).toList());
      return fields;
    }

    private static Map<String, Object> described(Question question) {
      return Map.of(
          "id", question.id(), "text", question.text(), "candidates", question.candidates());
    }

    void submit(Context context) {
      Map<String, Object> body = body(context);
      var parameters = new LinkedHashMap<String, String>();
      if (body.get("parameters") instanceof Map<?, ?> given) {
        given.forEach((name, value) -> parameters.put(name.toString(), String.valueOf(value)));
      }
      try {
        BuildId build = desk.submit(Path.of(text(body, "file")), parameters);
        answer(context, Map.of("build", build.toString()));
      } catch (IllegalArgumentException | IOException e) {
        throw new BadRequestResponse(String.valueOf(e.getMessage()));
      }
    }

    void answer(Context context) {
      Map<String, Object> body = body(context);
      String by = text(body, "by");
      var values = new LinkedHashMap<String, Object>();
      if (body.get("values") instanceof Map<?, ?> given) {
        given.forEach((name, value) -> values.put(name.toString(), String.valueOf(value)));
      }
      Answer answer =
          Boolean.TRUE.equals(body.get("approved"))
              ? new Answer.Approved(by, values)
              : new Answer.Declined(by);
      BuildId build = id(text(body, "build"));
      refuse(build, text(body, "question"), answer);
      if (!desk.answer(build, text(body, "question"), answer)) {
        throw new NotFoundResponse(
            build + " does not ask " + text(body, "question") + " (it asks: " + asked(build) + ")");
      }
      answer(context, Map.of());
    }

    /** A yes that would not count: whoever gives it is told, and the question stays as it is. */
    private void refuse(BuildId build, String question, Answer answer) {
      desk.questions(build).stream()
          .filter(asked -> asked.id().equals(question))
          .findFirst()
          .flatMap(asked -> asked.objection(answer))
          .ifPresent(reason -> {
            throw new ForbiddenResponse(build + " " + question + ": " + reason);
          });
    }

    private String asked(BuildId build) {
      List<String> ids = desk.questions(build).stream().map(Question::id).toList();
      return ids.isEmpty() ? "nothing" : String.join(", ", ids);
    }

    void abort(Context context) {
      Map<String, Object> body = body(context);
      BuildId build = id(text(body, "build"));
      if (!desk.abort(build, text(body, "by"))) {
        throw new NotFoundResponse(build + " does not run");
      }
      answer(context, Map.of());
    }

    private static Map<String, Object> body(Context context) {
      try {
        Map<?, ?> map = JSON.readValue(context.body(), Map.class);
        var body = new LinkedHashMap<String, Object>();
        map.forEach((name, value) -> {
          if (value != null) {
            body.put(name.toString(), value);
          }
        });
        return body;
      } catch (JacksonException e) {
        throw new BadRequestResponse("the body is no JSON object");
      }
    }

    private static String text(Map<String, Object> body, String name) {
      return Optional.ofNullable(body.get(name))
          .map(Object::toString)
          .orElseThrow(() -> new BadRequestResponse(name + " is missing"));
    }

    private static BuildId id(String name) {
      try {
        return StateFolder.build(name);
      } catch (IllegalArgumentException e) {
        throw new BadRequestResponse(String.valueOf(e.getMessage()));
      }
    }

    private static void answer(Context context, Map<String, Object> body) {
      context.contentType("application/json").result(JSON.writeValueAsString(body));
    }
  }
}
