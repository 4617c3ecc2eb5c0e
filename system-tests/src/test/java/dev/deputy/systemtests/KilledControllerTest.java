package dev.deputy.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deputy.server.ControlApi;
import dev.deputy.server.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code serve --sandbox} is killed at random instants, and every build ends as it would have: with
 * its result, each command done once, the log whole.
 */
class KilledControllerTest {
  private static final int KILLS =
      Integer.getInteger("deputy.kills", Boolean.getBoolean("deputy.full") ? 200 : 8);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String PIPELINE =
      """
      def seen = []
      pipeline {
        agent none
        options { timeout(time: 1, unit: 'HOURS') }
        stages {
          stage('Both') {
            parallel {
              stage('left') {
                agent { label 'builder' }
                steps {
                  script {
                    for (int i = 0; i < 3; i++) {
                      sh "echo left-$i >> effects; sleep 0.2; echo said-left-$i"
                      seen << "left-$i"
                      echo "seen ${seen.size()}"
                    }
                  }
                  sh 'sort effects | uniq -c | while read n e; do echo "did $e $n times"; done'
                }
              }
              stage('right') {
                agent { label 'builder' }
                steps {
                  script {
                    for (int i = 0; i < 3; i++) {
                      seen << sh(returnStdout: true,
                          script: "echo right-$i >> effects; sleep 0.2; echo right-$i").trim()
                      echo "seen ${seen.size()}"
                    }
                  }
                  sh 'sort effects | uniq -c | while read n e; do echo "did $e $n times"; done'
                }
              }
            }
          }
          stage('Ask') { steps { input 'Go?'; sleep time: 300, unit: 'MILLISECONDS' } }
          stage('Other') {
            options { timeout(time: 1, unit: 'MINUTES', activity: true) }
            steps {
              lock('other') {
                script { echo "other: ${build('examples/classic').result}" }
              }
            }
          }
          stage('End') {
            agent { label 'builder' }
            steps {
              script {
                try {
                  timeout(time: 700, unit: 'MILLISECONDS') { sh 'sleep 600' }
                } catch (e) {
                  echo 'too long'
                }
              }
              sh 'exit 3'
            }
            post { failure { sh 'echo cleaned' } }
          }
        }
        post { always { echo "all seen: ${seen.size()}" } }
      }
      """;

  /** What the pipeline starts with its step {@code build}. */
  private static final String OTHER =
      """
      node('AgentAccountClassic') {
        checkout scm
        sh 'echo other >> effects; sleep 0.2; sort effects | uniq -c'
      }
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<DeputyProcess> lives = new ArrayList<>();
  @TempDir private Path folder;
  private Path checkout;
  private String file;

  @BeforeEach
  void checkOut() throws Exception {
    checkout = ExampleCheckout.in(folder);
    file = ExampleCheckout.pipeline(checkout, "dtap", PIPELINE);
    ExampleCheckout.pipeline(checkout, "classic", OTHER);
    ExampleCheckout.commit(checkout);
  }

  @AfterEach
  void endEverything() {
    lives.forEach(DeputyProcess::close);
    // The sandbox is nobody's child any more.
    ProcessHandle.allProcesses()
        .filter(process -> belongs(process.pid()))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private boolean belongs(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
          .contains(checkout.toString());
    } catch (IOException _) {
      return false;
    }
  }

  private DeputyProcess serve() throws IOException {
    DeputyProcess life = DeputyProcess.start(checkout, "serve", "--sandbox");
    lives.add(life);
    life.await(line -> line.startsWith("ready"));
    return life;
  }

  private JsonNode call(String path, String body) throws IOException, InterruptedException {
    ControlApi.Access access =
        ControlApi.Access.of(new StateFolder(checkout.resolve(".deputy"))).orElseThrow();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(access.address().resolve("/api/v1/" + path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + access.token());
    if (!body.isEmpty()) {
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return JsonMapper.shared()
        .readTree(response.statusCode() == 200 ? response.body() : "{\"failed\":true}");
  }

  private String submit() throws IOException, InterruptedException {
    String body = JsonMapper.shared().writeValueAsString(Map.of("file", checkout + "/" + file));
    return call("builds", body).path("build").asString();
  }

  private JsonNode build(String id) throws IOException, InterruptedException {
    return call("build?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8), "");
  }

  /** Answers whatever is asked; returns the builds that have not ended. */
  private List<String> attend() throws IOException, InterruptedException {
    var unfinished = new ArrayList<String>();
    for (JsonNode build : call("builds", "").path("builds")) {
      String id = build.path("build").asString();
      if (!build.has("finished")) {
        unfinished.add(id);
      }
      for (JsonNode question : build.path("questions")) {
        call(
            "answers",
            JsonMapper.shared()
                .writeValueAsString(
                    Map.of(
                        "build",
                        id,
                        "question",
                        question.path("id").asString(),
                        "approved",
                        true,
                        "by",
                        "carol")));
      }
    }
    return unfinished;
  }

  @Test
  void aControllerMayBeKilledAtAnyInstant() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    List<String> builds = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      DeputyProcess life = serve();
      while (attend().size() < 2) {
        builds.add(submit());
      }
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(2500));
      while (System.nanoTime() < end) {
        attend();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(50));
      }
      life.kill();
    }
    serve();
    awaitEnds("seed " + seed);
    for (String build : builds) {
      assertAsIfNothingHadHappened(build, "seed " + seed);
    }
    assertOneOtherEach(builds.size(), "seed " + seed);
  }

  private void awaitEnds(String seed) throws Exception {
    try {
      await().atMost(PATIENCE).until(() -> attend().isEmpty());
    } catch (ConditionTimeoutException e) {
      var stuck = new StringBuilder(seed);
      for (String build : attend()) {
        Path log = Path.of(build(build).path("logFile").asString());
        stuck.append("\n").append(build(build)).append("\n").append(text(log));
      }
      lives.getLast().errors().forEach(line -> stuck.append("\n").append(line));
      throw new AssertionError(stuck.toString(), e);
    }
  }

  private void assertAsIfNothingHadHappened(String id, String seed) throws Exception {
    JsonNode build = build(id);
    String log = Files.readString(Path.of(build.path("logFile").asString()));
    String about = seed + ", " + id + "\n" + log;
    assertThat(build.path("state").asString()).as(about).isEqualTo("FAILURE");
    List<String> lines = log.lines().filter(line -> !line.startsWith("Resuming ")).toList();
    for (int i = 0; i < 3; i++) {
      assertThat(lines)
          .as(about)
          .containsOnlyOnce("[left] said-left-" + i)
          .containsOnlyOnce("[left] did left-" + i + " 1 times")
          .containsOnlyOnce("[right] did right-" + i + " 1 times");
    }
    assertThat(lines.stream().filter(line -> line.contains("] seen ")))
        .as(about)
        .extracting(line -> line.substring(line.indexOf(']') + 2))
        .containsExactly("seen 1", "seen 2", "seen 3", "seen 4", "seen 5", "seen 6");
    assertThat(lines)
        .as(about)
        .containsOnlyOnce("Approved by carol")
        .containsOnlyOnce("Sleeping for 0.3 sec")
        .containsOnlyOnce("Cancelling nested steps due to timeout")
        .containsOnlyOnce("too long")
        .containsOnlyOnce("cleaned")
        .containsOnlyOnce("Scheduling project: examples/classic")
        .containsOnlyOnce("Lock released on resource [Resource: other]")
        .containsOnlyOnce("other: SUCCESS")
        .containsOnlyOnce("all seen: 6")
        .containsOnlyOnce("ERROR: script returned exit code 3")
        .endsWith("Finished: FAILURE");
    assertThat(lines.stream().filter(line -> line.contains("Checked out ")))
        .as(about)
        .hasSize(3)
        .allMatch(line -> line.endsWith(" (main)"));
  }

  /** Each build has started one other, which did its work once. */
  private void assertOneOtherEach(int builds, String seed) throws Exception {
    for (int number = 1; number <= builds; number++) {
      JsonNode other = build("examples/classic#" + number);
      String log = Files.readString(Path.of(other.path("logFile").asString()));
      assertThat(other.path("state").asString()).as(seed + "\n" + log).isEqualTo("SUCCESS");
      assertThat(log.lines().map(String::strip)).as(seed + "\n" + log).containsOnlyOnce("1 other");
    }
    assertThat(build("examples/classic#" + (builds + 1)).has("state")).as(seed).isFalse();
  }

  @Test
  void anAgentThatIsKilledLeavesTheResultUnknownAndNothingIsRunAgain() throws Exception {
    Files.writeString(checkout.resolve(file), "node('builder') { sh 'echo begun; sleep 600' }");
    serve();
    String id = submit();
    Path log = Path.of(build(id).path("logFile").asString());
    await().atMost(PATIENCE).until(() -> text(log).contains("\nbegun\n"));
    // Agents are the sandbox's, which serves nobody else here.
    ProcessHandle.allProcesses()
        .filter(process -> isAgentOf(process, log))
        .forEach(ProcessHandle::destroyForcibly);
    await().atMost(PATIENCE).until(() -> attend().isEmpty());
    assertThat(build(id).path("state").asString()).isEqualTo("FAILURE");
    assertThat(text(log)).contains("sh: result unknown: ").containsOnlyOnce("\nbegun\n");
  }

  /** The process whose child runs the script of the build's only agent. */
  private static boolean isAgentOf(ProcessHandle process, Path log) {
    String running = text(log);
    int at = running.indexOf(" in /tmp/deputy-") + " in ".length();
    String agent = running.substring(at, running.indexOf("/workspace", at));
    return process
        .children()
        .anyMatch(child -> commandLine(child.pid()).contains(agent + "/scripts/"));
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }

  private static String text(Path log) {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
