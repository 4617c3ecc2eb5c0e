package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no YAML, hostile YAML, wrong types, unknown keys, and several faults at once. */
class ConfigurationSyntaxTest {
  @TempDir Path folder;
  private ConfigurationFile file;

  @BeforeEach
  void start() {
    file = new ConfigurationFile(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# nothing but a comment\n"})
  void emptyFileIsRefused(String yaml) {
    assertThat(file.problems(yaml))
        .containsExactly(
            "1:1: expected a mapping with accounts, cloud, agents, jobs and grants, found an empty"
                + " file");
  }

  @ParameterizedTest
  @CsvSource({"'- a', a list", "'~', nothing", "'hello', '\"hello\"'", "'12', the number 12"})
  void documentIsAMapping(String yaml, String found) {
    assertThat(file.problems(yaml)).containsExactly("1:1: expected a mapping, found " + found);
  }

  @Test
  void syntaxErrorHasItsPlace() {
    assertThat(file.problems("labels: [builder]}", "labels: [builder}"))
        .singleElement()
        .asString()
        .startsWith("11:37: expected valid YAML, found ");
  }

  @Test
  void tabsDoNotIndent() {
    assertThat(file.problems("  name: agents", "\tname: agents"))
        .singleElement()
        .asString()
        .startsWith("5:1: expected valid YAML, found ")
        .endsWith("; indent with spaces");
  }

  @Test
  void secondDocumentIsRefused() {
    assertThat(file.problems(ConfigurationFile.VALID + "---\naccounts: {}\n"))
        .singleElement()
        .asString()
        .contains("expected valid YAML, found but found another document");
  }

  @Test
  void textIsUtf8() {
    assertThatThrownBy(() -> file.load("accounts: \u00e9".getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("not UTF-8 text");
  }

  @Test
  void fileThatIsTooLargeIsNotRead() {
    assertThatThrownBy(() -> file.load(new byte[(1 << 20) + 1]))
        .hasRootCauseInstanceOf(IOException.class)
        .hasMessageContaining("larger than 1 MiB");
  }

  @Test
  void aliasesDoNotGrowWithoutBounds() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(10)));
    }
    List<String> problems =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> file.problems(bomb.toString()));
    assertThat(problems).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "&a [", "!t "})
  void deepNestingIsRefused(String opening) {
    assertThat(file.problems("accounts: " + opening.repeat(100_000))).isNotEmpty();
  }

  @Test
  void recursiveAnchorIsRefused() {
    assertThat(file.problems("accounts: &a {tooling: *a}")).isNotEmpty();
  }

  @Test
  void controlCharactersOfTheFileDoNotReachTheTerminal() {
    String yaml =
        ConfigurationFile.VALID.replace("stage: production", "stage: \"a\\e[2Jb\\r\\u202e\"");
    assertThat(file.shown(yaml))
        .contains("stage: expected the environment's name, found \"a\uFFFD[2Jb\uFFFD\uFFFD\"")
        .doesNotContain("\u001B", "\r", "\u202E");
  }

  @Test
  void longLinesAndValuesAreCutWhereTheyAreShown() {
    String yaml =
        ConfigurationFile.VALID.replace("stage: production", "stage: " + "x".repeat(5000));
    String[] shown = file.shown(yaml).split("\n", -1);
    assertThat(shown).allSatisfy(line -> assertThat(line).hasSizeLessThan(260));
    assertThat(shown[1].charAt(shown[2].indexOf('^'))).isEqualTo('x');
  }

  @ParameterizedTest
  @CsvSource({
    "accounts:, acounts:, 1, acounts, did you mean accounts?, 'accounts, cloud, agents, jobs,"
        + " grants, credentials, libraries, notifications'",
    "stage: production, stge: production, 3, accounts.production.stge, did you mean stage?, 'id,"
        + " region, stage, permissions, sourceIdentity, maxAgents'",
    "defaultAgent, defaultagent, 9, cloud.defaultagent, did you mean defaultAgent?, 'name, account,"
        + " region, cluster, defaultAgent, maxAgents'",
    "causes, cause, 19, grants[1].cause, did you mean causes?, 'name, jobs, branches, causes,"
        + " agents, approvals'",
    "notStarter, notStart, 20, grants[1].approvals.notStart, did you mean notStarter?, 'from,"
        + " count, notStarter'",
  })
  void unknownKeyIsRefusedWithTheNearest(
      String key, String typed, int line, String path, String hint, String known) {
    String typedKey = path.substring(path.lastIndexOf('.') + 1);
    assertThat(file.problems(key, typed))
        .anySatisfy(problem ->
            assertThat(problem)
                .startsWith(line + ":")
                .endsWith(
                    ": "
                        + path
                        + ": expected one of "
                        + known
                        + ", found the unknown key \""
                        + typedKey
                        + "\"; "
                        + hint));
  }

  @Test
  void unknownKeyThatIsLikeNothingHasNoSuggestion() {
    assertThat(file.problems("jobs:\n", "pipelines: []\njobs:\n"))
        .containsExactly(
            "13:1: pipelines: expected one of accounts, cloud, agents, jobs, grants, credentials,"
                + " libraries, notifications, found the unknown key \"pipelines\"");
  }

  @Test
  void secondUseOfAKeyIsRefused() {
    assertThat(
            file.problems(
                "region: eu-west-1\n  cluster",
                "region: eu-west-1\n  region: eu-west-2\n  cluster"))
        .containsExactly("8:3: cloud.region: expected each key once, found the key a second time");
    assertThat(file.problems("jobs:\n", "accounts: {}\njobs:\n"))
        .containsExactly("13:1: accounts: expected each key once, found the key a second time");
  }

  @Test
  void keyIsAPlainWord() {
    assertThat(file.problems("jobs:\n", "? [a, b]\n: c\njobs:\n"))
        .singleElement()
        .asString()
        .startsWith("13:3: ")
        .endsWith("expected a plain key, found a list");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "accounts:\\n  tooling: {id: \"000000000000\", region: eu-west-1} | accounts: []\\nx:",
        "  tooling: {id: \"000000000000\", region: eu-west-1} | '  tooling: tooling'",
        "\"000000000000\" | [1]",
        "\"000000000000\" | ~",
        "stage: production | stage: 5",
        "stage: production | stage: {}",
        "policy.json | [policy.json]",
        "name: agents | name: true",
        "account: tooling | account: [tooling]",
        "cluster: agents | cluster:",
        "defaultAgent: builder | defaultAgent: 1",
        "agents:\\n  - {name: builder, labels: [builder]} | agents: {}\\nx:",
        "- {name: builder, labels: [builder]} | - builder",
        "{name: builder | {name: [builder]",
        "[builder]} | builder}",
        "[builder]} | {a: b}}",
        "[builder]} | [[builder]]}",
        "[builder]} | [5]}",
        "[builder]} | [builder], image: []}",
        "[builder]} | [builder], taskDefinition: []}",
        "[builder]} | [builder], taskDefinition: {cpu: []}}",
        "[builder]} | [builder], taskDefinition: {networkMode: true}}",
        "jobs:\\n  - {name: shop, script: Jenkinsfile} | jobs: shop",
        "script: Jenkinsfile | script: []",
        "name: builds | name: 2024-01-01T00:00:00Z: 5",
        "jobs: [shop]\\n | jobs: shop\\n",
        "branches: [main] | branches: main",
        "branches: [main] | branches: [1.0]",
        "causes: [person] | causes: person",
        "agents: [builder] | agents: builder",
        "approvals: {from: [ann, bob], count: 1, notStarter: true} | approvals: [ann]",
        "[ann, bob] | ann",
        "count: 1 | count: []",
        "notStarter: true | notStarter: []",
      })
  void valueOfAnotherTypeIsRefused(String piece, String replacement) {
    assertThat(file.problems(piece.replace("\\n", "\n"), replacement.replace("\\n", "\n")))
        .isNotEmpty()
        .allMatch(problem -> problem.matches("\\d+:\\d+: .*expected .*, found .*"), "names all")
        .doesNotHaveDuplicates();
  }

  @Test
  void allFaultsAreReportedAtOnceInTheOrderOfTheFile() {
    String yaml =
        ConfigurationFile.VALID
            .replace("\"000000000000\"", "0")
            .replace("defaultAgent: builder", "defaultAgent: nobody")
            .replace("labels: [builder]", "labls: [builder]")
            .replace("agents: [builder]", "agents: [nobody]")
            .replace("count: 1", "count: 9");
    assertThat(
            file.problems(yaml).stream().map(problem -> problem.replaceFirst(": expected.*", "")))
        .containsExactly(
            "2:17: accounts.tooling.id",
            "9:17: cloud.defaultAgent",
            "11:5: agents[0].labels",
            "11:21: agents[0].labls",
            "18:14: grants[0].agents[0]",
            "20:43: grants[1].approvals.count");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "production: {id: 4, region: eu-west-1}",
        "production: {region: eu-west-1}",
        "production: {id: \"444444444444\"}",
        "production: 5",
        "production: {id: \"444444444444\", region: eu-west-1, permissions: nowhere.json}",
        "production: {id: \"444444444444\", region: eu-west-1, colour: red}",
      })
  void faultOfAnAccountIsNotReportedAgainWhereItIsUsed(String account) {
    assertThat(
            file.problems(
                "production: {id: \"444444444444\", region: eu-west-1, stage: production,"
                    + " permissions: policy.json}",
                account))
        .singleElement()
        .asString()
        .contains(": accounts.production");
  }

  @Test
  void faultInAnAccountsNameIsNotReportedAgainWhereItIsUsed() {
    assertThat(
            file.problems(
                ConfigurationFile.VALID
                    .replace("production: {id", "4ever: {id")
                    .replace("account: production", "account: 4ever")))
        .singleElement()
        .asString()
        .startsWith("3:3: accounts.4ever: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: builder, labels: [builder], image: []}",
        "{name: builder, labels: []}",
        "{name: builder, labels: [builder], account: nowhere}",
        "{nme: builder, labels: [builder]}",
        "{name: builder, labels: [builder], cpu: 4}",
        "builder",
      })
  void faultOfATemplateIsNotReportedAgainWhereItIsUsed(String template) {
    assertThat(file.problems("{name: builder, labels: [builder]}", template))
        .allMatch(problem -> problem.contains(": agents[0]"), "is about the template")
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void missingSectionsAreReportedAndNotTheReferencesToThem() {
    assertThat(file.problems("agents:\n  - {name", "agent:\n  - {name"))
        .containsExactly(
            "10:1: agent: expected one of accounts, cloud, agents, jobs, grants, credentials,"
                + " libraries, notifications, found the unknown key \"agent\"; did you mean"
                + " agents?");
    String yaml = ConfigurationFile.VALID.replaceAll("(?s)accounts:.*?cloud:\n", "cloud:\n");
    assertThat(file.problems(yaml))
        .containsExactly("1:1: accounts: expected a mapping, found no such key");
  }

  /** Whatever somebody does to the file: it loads, or it is refused with places inside the file. */
  @Test
  void damageIsReportedAndNeverAFaultOfDeputy() {
    Random random = new Random(20_26);
    String alphabet = "{}[]:,-\"'#&*!|>%@` \n\tax0~";
    for (int round = 0; round < 400; round++) {
      StringBuilder yaml = new StringBuilder(ConfigurationFile.VALID);
      for (int edits = random.nextInt(1, 5); edits > 0; edits--) {
        int at = random.nextInt(yaml.length());
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(4)) {
          case 0 -> yaml.insert(at, c);
          case 1 -> yaml.deleteCharAt(at);
          case 2 -> yaml.setCharAt(at, c);
          default -> yaml.delete(at, Math.min(yaml.length(), at + random.nextInt(1, 40)));
        }
      }
      try {
        file.load(yaml.toString());
      } catch (InvalidConfiguration e) {
        int lines = yaml.toString().split("\n", -1).length;
        assertThat(e.problems())
            .as(yaml.toString())
            .isNotEmpty()
            .allMatch(p -> p.line() >= 1 && p.line() <= lines && p.column() >= 1);
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }
}
