package dev.deputy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.server.Configuration;
import dev.deputy.server.ConfigurationLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Usage, help and what is said of wrong usage; nothing is started here. */
class CommandsTest {
  private static final String CONFIGURATION =
      """
      accounts:
        tooling: {id: "000000000000", region: eu-west-1}
      cloud: {name: agents, account: tooling, region: eu-west-1, cluster: agents, defaultAgent: builder}
      agents:
        - {name: builder, labels: [builder]}
      jobs:
        - {name: shop, script: Jenkinsfile}
      grants:
        - {name: builds, jobs: [shop], agents: [builder]}
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    return Deputy.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private static List<CommandLine> commands() {
    return Deputy.commandLine().getSubcommands().values().stream()
        .filter(command -> !command.getCommandName().equals("help"))
        .toList();
  }

  @Test
  void helpListsEveryCommandAndEveryExitStatus() {
    assertThat(execute("--help")).isZero();
    for (CommandLine command : commands()) {
      assertThat(out.toString())
          .containsPattern("(?m)^  " + command.getCommandName() + " +\\p{Lu}");
    }
    Map<String, String> documented =
        Deputy.commandLine().getCommandSpec().usageMessage().exitCodeList();
    assertThat(documented.keySet().stream().map(String::strip).map(Integer::valueOf))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ExitStatus.values()).map(ExitStatus::code).toList());
  }

  /** With the commands of commands. */
  private static List<CommandLine> allCommands() {
    return commands().stream()
        .flatMap(command ->
            Stream.concat(Stream.of(command), command.getSubcommands().values().stream()))
        .toList();
  }

  @Test
  void everyCommandExplainsItselfWithAnExample() {
    for (CommandLine command : allCommands()) {
      CommandSpec spec = command.getCommandSpec();
      assertThat(spec.usageMessage().description()).as(command.getCommandName()).isNotEmpty();
      assertThat(String.join("\n", spec.usageMessage().footer()))
          .contains("Example", "  " + spec.qualifiedName() + " ");
      assertThat(spec.args()).allSatisfy(arg -> assertThat(arg.description()).isNotEmpty());
      assertThat(command.getUsageMessage().lines())
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }
  }

  @Test
  void examplesOfTheHelpAreValid() {
    for (CommandLine command : allCommands()) {
      for (String line : command.getCommandSpec().usageMessage().footer()) {
        if (line.startsWith("  deputy ")) {
          String[] words = line.strip().split(" +");
          Deputy.commandLine().parseArgs(Arrays.copyOfRange(words, 1, words.length));
        }
      }
    }
  }

  @Test
  void versionIsPrinted() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).isEqualTo("deputy " + Deputy.VERSION + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rnu Jenkinsfile",
        "run",
        "run --aprove x Jenkinsfile",
        "run --param novalue Jenkinsfile",
        "run --output xml Jenkinsfile",
        "sandbox --port many",
        "lint",
        "infra",
        "infra deploi",
        "infra diff --profile production",
      })
  void wrongUsageIsSaidOnStandardErrorWithItsStatus(String arguments) {
    assertThat(execute(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(64);
    assertThat(err.toString()).startsWith("deputy: ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void wrongOutputIsToldTheWordsThereAre() {
    execute("lint", "--output", "xml", "Jenkinsfile");
    assertThat(err.toString())
        .startsWith("deputy: Invalid value for option '--output': 'xml' (expected: text or json)");
  }

  @Test
  void nextStepOfASandboxIsAJobWhoseScriptIsThere() throws IOException {
    String two =
        CONFIGURATION.replace(
            "jobs:\n", "jobs:\n  - {name: planned, script: planned/Jenkinsfile}\n");
    Path file = Files.writeString(folder.resolve("deputy.yaml"), two);
    Configuration configuration = ConfigurationLoader.load("deputy.yaml", file);
    assertThat(SandboxCommand.runnable(configuration)).isEmpty();
    Path script = Files.createFile(folder.resolve("Jenkinsfile"));
    assertThat(SandboxCommand.runnable(configuration)).contains(script);
  }

  @Test
  void misspelledCommandHasASuggestion() {
    execute("sandbx", "--port", "4566");
    assertThat(err.toString()).contains("sandbox");
  }

  @Test
  void missingConfigurationIsBadInput() {
    assertThat(
            execute(
                "run",
                folder.resolve("Jenkinsfile").toString(),
                "-c",
                folder.resolve("none.yaml").toString()))
        .isEqualTo(65);
    assertThat(err.toString()).isEqualTo(folder.resolve("none.yaml") + ": no such file\n");
  }

  @Test
  void refusedConfigurationIsBadInputWithEveryProblem() throws IOException {
    Path file = Files.writeString(folder.resolve("deputy.yaml"), "acounts: {}\ncloud: 5\n");
    assertThat(execute("run", folder.resolve("Jenkinsfile").toString())).isEqualTo(65);
    assertThat(err.toString())
        .contains(
            file
                + ":1:1: acounts: expected one of accounts, cloud, agents, jobs, grants,"
                + " credentials, libraries, notifications, found the unknown key \"acounts\"; did"
                + " you mean accounts?\n"
                + " 1 | acounts: {}\n"
                + "   | ^\n",
            file + ":2:8: cloud: expected a mapping, found the number 5\n");
    assertThat(folder.resolve(".deputy")).as("state of a refused configuration").doesNotExist();
  }

  /** What a command prints for machines, which is all that it prints. */
  private JsonNode printed(int status, String... arguments) {
    PrintStream before = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(execute(arguments)).isEqualTo(status);
    } finally {
      System.setOut(before);
    }
    assertThat(err.toString()).isEmpty();
    return JsonMapper.builder().build().readTree(bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void machinesGetARefusedConfigurationAsLintPrintsIt() throws IOException {
    Path file = Files.writeString(folder.resolve("deputy.yaml"), "acounts: {}\ncloud: 5\n");
    for (String command : List.of("run Jenkinsfile", "sandbox")) {
      JsonNode line = printed(65, (command + " --output json -c " + file).split(" "));
      assertThat(line.path("type").asString()).isEqualTo("checked");
      assertThat(line.path("file").asString()).isEqualTo(file.toString());
      assertThat(line.path("valid").asBoolean(true)).isFalse();
      assertThat(line.path("errors"))
          .anySatisfy(error -> {
            assertThat(error.path("line").asInt()).isEqualTo(2);
            assertThat(error.path("column").asInt()).isEqualTo(8);
            assertThat(error.path("message").asString())
                .isEqualTo("cloud: expected a mapping, found the number 5");
          });
    }
  }

  @Test
  void machinesGetAMissingConfigurationAndOtherRefusalsToo() {
    String none = folder.resolve("none.yaml").toString();
    assertThat(printed(65, "sandbox", "--output", "json", "-c", none).toString())
        .isEqualTo(
            "{\"type\":\"checked\",\"file\":\""
                + none
                + "\",\"valid\":false,\"errors\":[{\"line\":1,\"column\":1,\"message\":\"the file"
                + " does not exist\"}]}");
    JsonNode line =
        printed(
            64, "run", "Jenkinsfile", "--output", "json", "--endpoint-url", "http://10.0.0.1:1");
    assertThat(line.path("type").asString()).isEqualTo("error");
    assertThat(line.path("message").asString()).startsWith("agents on 10.0.0.1 could not");
    assertThat(line.has("time")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://ecs.eu-west-1.amazonaws.com", "http://10.0.0.1:4566"})
  void endpointThatIsNotOfThisMachineIsRefusedByName(String endpoint) {
    assertThat(execute("run", "Jenkinsfile", "--endpoint-url", endpoint)).isEqualTo(64);
    assertThat(err.toString())
        .isEqualTo(
            "agents on "
                + URI.create(endpoint).getHost()
                + " could not reach this controller: only endpoints on this machine are supported"
                + " in this version\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://localhost:1", "http://127.0.0.1", "http://127.9.9.9", "http://[::1]:1"})
  void loopbackIsThisMachine(String endpoint) {
    assertThat(Loopback.is(URI.create(endpoint))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:4566", "http://127.0.0.1.example.com", "http://[::2]"})
  void nothingElseIs(String endpoint) {
    assertThat(Loopback.is(URI.create(endpoint))).isFalse();
  }

  @Test
  void invalidJenkinsfileStartsNothing() throws IOException {
    Files.writeString(folder.resolve("deputy.yaml"), CONFIGURATION);
    Path bad = Files.writeString(folder.resolve("Jenkinsfile"), "pipeline {");
    assertThat(execute("run", bad.toString())).isEqualTo(65);
    assertThat(folder.resolve(".deputy")).doesNotExist();
  }

  @Test
  void filesOfTwoConfigurationsAreNotRunTogether() throws IOException {
    for (String name : List.of("a", "b")) {
      Files.writeString(
          Files.createDirectory(folder.resolve(name)).resolve("deputy.yaml"), CONFIGURATION);
    }
    String a = folder.resolve("a/Jenkinsfile").toString();
    String b = folder.resolve("b/Jenkinsfile").toString();
    assertThat(execute("run", a, b)).isEqualTo(64);
    assertThat(err.toString())
        .contains(a + " belongs to " + folder.resolve("a/deputy.yaml"))
        .contains(b + " to " + folder.resolve("b/deputy.yaml"));
  }

  @Test
  void jenkinsfileIsCheckedIntoOneObject() throws IOException {
    Path good =
        Files.writeString(
            folder.resolve("good"),
            "pipeline { agent none\n stages { stage('a') { steps { echo 'x' } } } }");
    Path bad = Files.writeString(folder.resolve("bad"), "pipeline {\n  agent nowhere(\n}");
    assertThat(PipelineFile.read(good).checked())
        .containsEntry("type", "checked")
        .containsEntry("file", good.toString())
        .containsEntry("valid", true)
        .containsEntry("errors", List.of());
    assertThat(PipelineFile.read(bad).checked()).containsEntry("valid", false);
    assertThat(PipelineFile.read(bad).problems())
        .first()
        .satisfies(problem -> assertThat(problem.position().line()).isPositive());
    assertThat(PipelineFile.read(folder.resolve("nowhere")).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).isEqualTo("the file does not exist"));
  }
}
