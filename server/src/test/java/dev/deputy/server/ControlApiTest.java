package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deputy.builds.AbortSignal;
import dev.deputy.builds.BuildParameters;
import dev.deputy.builds.BuildRequest;
import dev.deputy.builds.BuildResources;
import dev.deputy.builds.Origin;
import dev.deputy.builds.Steps;
import dev.deputy.core.BuildId;
import dev.deputy.core.Cause;
import dev.deputy.core.CredentialStore;
import dev.deputy.core.JobName;
import dev.deputy.core.LibraryStore;
import dev.deputy.fleet.Agent;
import dev.deputy.fleet.AgentEvents;
import dev.deputy.fleet.Agents;
import dev.deputy.fleet.Need;
import dev.deputy.pipeline.Jenkinsfiles;
import dev.deputy.pipeline.ParsedJenkinsfile;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class ControlApiTest {
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path folder;
  private StateFolder state;
  private Controller controller;
  private ControlApi api;
  private ControlApi.Access access;

  /** No build of these tests needs an agent. */
  private static final class NoAgents implements Agents {
    @Override
    public Agent acquire(Need need, AgentEvents events) {
      throw new IllegalStateException("no agent is needed here");
    }

    @Override
    public Agent resume(Need need, Assigned assigned, AgentEvents events) {
      throw new IllegalStateException("no agent is needed here");
    }

    @Override
    public void resumed(BuildId build) {}
  }

  /** Files as they are, as builds of one job. */
  private static final class JenkinsfilesOfDisk implements BuildDesk.Requests {
    @Override
    public BuildRequest of(Path file, Map<String, String> parameters) throws IOException {
      return request(file, Files.readString(file), parameters);
    }

    @Override
    public BuildRequest again(BuildId build, Origin origin) throws IOException {
      return request(Path.of(origin.script()), origin.text(), Map.of());
    }

    private static BuildRequest request(Path file, String text, Map<String, String> parameters)
        throws IOException {
      if (!(Jenkinsfiles.parse(file.toString(), text, Steps.all())
          instanceof ParsedJenkinsfile.Valid valid)) {
        throw new IllegalArgumentException(file + " is not valid");
      }
      return new BuildRequest(
          new JobName("shop/main"),
          file.toString(),
          text,
          valid,
          LocalSource.of(file).source(),
          new Cause.Person("alice"),
          BuildParameters.declaredLater(valid.pipeline().parameters(), parameters),
          new AbortSignal());
    }
  }

  @BeforeEach
  void start() throws IOException {
    state = StateFolder.open(folder.resolve("state"));
    controller =
        Controller.startLocal(
            state, new NoAgents(), new BuildResources(CredentialStore.NONE, LibraryStore.NONE));
    var desk = new BuildDesk(controller, new JenkinsfilesOfDisk(), _ -> {});
    api = ControlApi.start(controller, desk, state);
    access = ControlApi.Access.of(state).orElseThrow();
  }

  @AfterEach
  void close() {
    api.close();
    controller.close();
  }

  private String file(String text) throws IOException {
    Path file = folder.resolve("Jenkinsfile");
    Files.writeString(file, text);
    return file.toString();
  }

  private HttpResponse<String> call(String path, Optional<String> body, String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(access.address().resolve(path));
    if (!token.isEmpty()) {
      request.header("Authorization", token);
    }
    body.ifPresent(text -> request.POST(HttpRequest.BodyPublishers.ofString(text)));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, Map<String, ?> body) throws Exception {
    String text = JsonMapper.shared().writeValueAsString(body);
    return call("/api/v1/" + path, Optional.of(text), "Bearer " + access.token());
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return JsonMapper.shared()
        .readTree(call("/api/v1/" + path, Optional.empty(), "Bearer " + access.token()).body());
  }

  private JsonNode build(String id) throws IOException, InterruptedException {
    return get("build?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8));
  }

  private String submitted(String text) throws Exception {
    HttpResponse<String> answer = post("builds", Map.of("file", file(text)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body()).path("build").asString();
  }

  private void awaitQuestion(String id) {
    await().atMost(Duration.ofSeconds(20)).until(() -> !build(id).path("questions").isEmpty());
  }

  private void awaitState(String id, String state) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> build(id).path("state").asString().equals(state));
  }

  @Test
  void whoeverHasNotTheTokenGetsNothing() throws Exception {
    for (String token : List.of("", "Bearer ", "Bearer " + "0".repeat(64), access.token())) {
      for (String path : List.of("builds", "build?id=shop/main%231", "nothing")) {
        assertThat(call("/api/v1/" + path, Optional.empty(), token).statusCode())
            .as(path + " with " + token)
            .isEqualTo(401);
      }
      for (String path : List.of("builds", "answers", "aborts")) {
        assertThat(call("/api/v1/" + path, Optional.of("{}"), token).statusCode()).isEqualTo(401);
      }
    }
  }

  @Test
  void theTokenIsForTheUserAloneAndInNoText() throws Exception {
    assertThat(Files.getPosixFilePermissions(state.control()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(access.toString()).doesNotContain(access.token());
  }

  @Test
  void aBuildRunsAndIsShown() throws Exception {
    String id = submitted("echo 'hello'");
    assertThat(id).isEqualTo("shop/main#1");
    awaitState(id, "SUCCESS");
    assertThat(Files.readString(Path.of(build(id).path("logFile").asString())))
        .contains("hello")
        .endsWith("Finished: SUCCESS\n");
    assertThat(get("builds").path("builds")).hasSize(1);
  }

  @Test
  void aQuestionIsAnsweredByItsId() throws Exception {
    String id = submitted("input message: 'Go?', id: 'go'");
    awaitQuestion(id);
    assertThat(post("answers", answer(id, "other")).body()).contains("it asks: go");
    assertThat(post("answers", answer(id, "go")).statusCode()).isEqualTo(200);
    awaitState(id, "SUCCESS");
    assertThat(post("answers", answer(id, "go")).statusCode()).isEqualTo(404);
  }

  /** Otherwise three of them end the build. */
  @Test
  void aYesThatDoesNotCountIsRefusedAndTheQuestionStays() throws Exception {
    String id = submitted("input message: 'Go?', id: 'go', submitter: 'dave'");
    awaitQuestion(id);
    for (int i = 0; i < 4; i++) {
      HttpResponse<String> refused = post("answers", answer(id, "go"));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("carol may not answer this (expected: dave)");
    }
    var dave = Map.of("build", id, "question", "go", "approved", true, "by", "dave");
    assertThat(post("answers", dave).statusCode()).isEqualTo(200);
    awaitState(id, "SUCCESS");
  }

  private static Map<String, ?> answer(String id, String question) {
    return Map.of("build", id, "question", question, "approved", true, "by", "carol");
  }

  @Test
  void aBuildIsAborted() throws Exception {
    String id = submitted("sleep 600");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> post("aborts", Map.of("build", id, "by", "carol")).statusCode() == 200);
    awaitState(id, "ABORTED");
    assertThat(post("aborts", Map.of("build", id, "by", "carol")).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsWrongIsSaid() throws Exception {
    assertThat(post("builds", Map.of()).body()).contains("file is missing");
    assertThat(post("builds", Map.of("file", folder + "/none")).statusCode()).isEqualTo(400);
    assertThat(post("builds", Map.of("file", file("pipeline {"))).body()).contains("not valid");
    assertThat(post("aborts", Map.of("build", "shop", "by", "x")).body())
        .contains("shop is no build (expected: such as shop/main#12)");
    String token = "Bearer " + access.token();
    assertThat(call("/api/v1/build?id=shop/main%237", Optional.empty(), token).body())
        .isEqualTo("no build shop/main#7");
    assertThat(call("/api/v1/builds", Optional.of("no json"), token).statusCode()).isEqualTo(400);
  }
}
