package dev.deputy.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.cli.SystemInOneProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;

/**
 * Runs the examples and searches everything they leave behind for every secret that was issued
 * meanwhile: root keys, sessions of controller, tasks and steps, tokens of tasks, agents and steps,
 * nonces. It records what this JVM prints and draws at random, so no other test may run beside it.
 */
@Isolated
class SecretsTest {
  private static final int DTAP_AGENTS = 7;

  /** Those that take long enough to be seen for certain; a step may be over between two looks. */
  private static final int DTAP_LONG_STEPS_WITH_CREDENTIALS = 6;

  /** Everything that the builds were heard to say, or left behind. */
  private static final Evidence EVIDENCE = new Evidence();

  private static final Set<String> SECRETS = new HashSet<>();
  private static final boolean CLASSIC = Programs.installed("aws") && Programs.installed("jq");

  @TempDir private static Path folder;
  private static Path state = Path.of("");
  private static int dtapStatus;
  private static int classicStatus;

  /** Names of agents' sessions, which are public: what opens a session is a key. */
  private static Set<String> sessions = Set.of();

  private static Set<String> tokens = Set.of();
  private static String rootSecret = "";

  @BeforeAll
  static void runExamples() throws Exception {
    RecordedRandomness.begin();
    Path checkout = ExampleCheckout.in(folder);
    state = checkout.resolve(".deputy");
    try (SystemInOneProcess system = SystemInOneProcess.start(checkout)) {
      try (Watcher watcher = new Watcher(EVIDENCE, state)) {
        dtapStatus =
            run(system, checkout.resolve("examples/dtap/Jenkinsfile"), "--approve=release-manager");
        if (CLASSIC) {
          classicStatus = run(system, checkout.resolve("examples/classic/Jenkinsfile"));
        }
        tokens = watcher.tokens();
      }
      collectFromAws(system);
      rootSecret = system.root("production").resolveCredentials().secretAccessKey();
    }
    EVIDENCE.addAll("state", state, Watcher::belongsToController);
    sessions = sessionsOfAgents();
    SECRETS.addAll(RecordedRandomness.secrets(sessions));
    SECRETS.addAll(tokens);
  }

  @AfterAll
  static void stopRecording() {
    RecordedRandomness.end();
  }

  @Test
  void noSecretIsWrittenDownAnywhere() {
    assertThat(dtapStatus).isZero();
    assertThat(EVIDENCE.findings(SECRETS)).isEmpty();
  }

  @Test
  void classicPracticeLeaksNothingEither() {
    Programs.assumeInstalled("aws", "jq");
    assertThat(classicStatus).isZero();
    assertThat(EVIDENCE.findings(SECRETS)).isEmpty();
  }

  @Test
  void everySecretIsKnownToTheSearch() {
    int agents = DTAP_AGENTS + (CLASSIC ? 1 : 0);
    assertThat(RecordedRandomness.drew(rootSecret)).as("the sandbox's secrets").isTrue();
    assertThat(sessions)
        .as("the controller's tokens")
        .hasSize(agents)
        .allMatch(RecordedRandomness::drew);
    assertThat(tokens.stream().filter(RecordedRandomness::drew))
        .as("tasks' tokens")
        .hasSize(agents);
    assertThat(tokens.stream().filter(token -> !RecordedRandomness.drew(token)))
        .as("steps' tokens, which the agents make")
        .hasSizeGreaterThanOrEqualTo(DTAP_LONG_STEPS_WITH_CREDENTIALS + (CLASSIC ? 1 : 0));
  }

  @Test
  void everyPlaceIsSearched() {
    assertThat(EVIDENCE.places())
        .contains(
            "command line",
            "output",
            "RunTask's overrides",
            "CloudTrail of tooling",
            "CloudTrail of production",
            "log of a task",
            "state deputy.db",
            "state deputy.db-wal",
            "state builds/examples/dtap/#1.log")
        .anyMatch(place -> place.matches("agent's spool .*[.]out"));
  }

  @Test
  void secretThatStandsInALogIsFound() throws IOException {
    Path log = state.resolve("builds/examples/dtap/#1.log");
    String before = Files.readString(log);
    try {
      Files.writeString(log, "\"" + rootSecret.replace("/", "\\/"), StandardOpenOption.APPEND);
      Evidence planted = new Evidence();
      planted.addAll("state", state, Watcher::belongsToController);

      assertThat(planted.findings(SECRETS))
          .singleElement()
          .asString()
          .startsWith("state builds/examples/dtap/#1.log: ");
    } finally {
      Files.writeString(log, before);
    }
  }

  private static int run(SystemInOneProcess system, Path jenkinsfile, String... options) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    var heard = new ByteArrayOutputStream();
    try (var recorder = new PrintStream(heard, true, UTF_8)) {
      System.setOut(recorder);
      System.setErr(recorder);
      String[] arguments =
          Stream.concat(Stream.of(jenkinsfile.toString()), Stream.of(options))
              .toArray(String[]::new);
      return system.run(arguments);
    } finally {
      System.setOut(out);
      System.setErr(err);
      EVIDENCE.add("output", heard.toString(UTF_8));
    }
  }

  private static void collectFromAws(SystemInOneProcess system) {
    for (String account : List.of("tooling", "development", "test", "acceptance", "production")) {
      Aws aws = new Aws(system.endpoint(), system.root(account));
      aws.events()
          .forEach(event -> EVIDENCE.add("CloudTrail of " + account, event.cloudTrailEvent()));
    }
    Aws tooling = new Aws(system.endpoint(), system.root("tooling"));
    tooling
        .tasks(DesiredStatus.STOPPED)
        .forEach(task -> EVIDENCE.add("RunTask's overrides", task.overrides().toString()));
    tooling.taskLogs().forEach(line -> EVIDENCE.add("log of a task", line));
  }

  private static Set<String> sessionsOfAgents() throws SQLException {
    Set<String> names = new HashSet<>();
    String database = "jdbc:sqlite:file:" + state.resolve("deputy.db") + "?mode=ro";
    try (Connection connection = DriverManager.getConnection(database);
        Statement query = connection.createStatement();
        ResultSet rows =
            query.executeQuery(
                "SELECT details ->> 'session' FROM audit WHERE action = 'agent-registered'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
