package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every refusal of a value, a name or a reference names its place, what belongs there and what is
 * there.
 */
class ConfigurationRefusalsTest {
  @TempDir Path folder;
  private ConfigurationFile file;

  @BeforeEach
  void start() {
    file = new ConfigurationFile(folder);
  }

  @Test
  void problemIsShownWithPlaceExpectationFindingSourceLineAndCaret() {
    String yaml = ConfigurationFile.VALID.replace("\"444444444444\"", "444444444444");
    assertThat(file.shown(yaml))
        .isEqualTo(
            """
            deputy.yaml:3:20: accounts.production.id: expected a string of 12 digits in quotes, \
            found the number 444444444444; put it in quotes: "444444444444"
             3 |   production: {id: 444444444444, region: eu-west-1, stage: production, \
            permissions: policy.json}
               |                    ^\
            """);
  }

  @Test
  void accountIdWithLeadingZerosIsANumberWithoutQuotes() {
    assertThat(file.problems("\"000000000000\"", "000000000000"))
        .containsExactly(
            "2:17: accounts.tooling.id: expected a string of 12 digits in quotes, found the number"
                + " 000000000000; put it in quotes: \"000000000000\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "44444444444",
        "4444444444444",
        "44444444444a",
        "",
        " 444444444444",
        "４４４４４４４４４４４４"
      })
  void malformedAccountIdIsRefused(String id) {
    assertThat(file.problems("\"444444444444\"", "\"" + id + "\""))
        .containsExactly(
            "3:20: accounts.production.id: expected a string of 12 digits in quotes, found \""
                + id
                + "\"");
  }

  @Test
  void twoAccountsCanNotHaveOneId() {
    assertThat(file.problems("\"444444444444\"", "\"000000000000\""))
        .containsExactly(
            "3:20: accounts.production.id: expected an account id of its own, found the id of"
                + " accounts.tooling");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe", "eu-west", "EU-WEST-1", "eu-west-1 "})
  void regionIsWrittenLikeOne(String region) {
    assertThat(
            file.problems(
                "\"000000000000\", region: eu-west-1",
                "\"000000000000\", region: '" + region + "'"))
        .containsExactly(
            "2:41: accounts.tooling.region: expected an AWS Region such as eu-west-1, found \""
                + region
                + "\"");
  }

  @Test
  void sourceIdentityIsOnOrOff() {
    assertThat(file.problems("stage: production", "sourceIdentity: of"))
        .containsExactly(
            "3:71: accounts.production.sourceIdentity: expected one of on, off, found \"of\"; did"
                + " you mean off?");
  }

  @Test
  void permissionsFileMustBeThere() {
    assertThat(file.problems("policy.json", "polcy.json"))
        .containsExactly(
            "3:87: accounts.production.permissions: expected path of an IAM policy document,"
                + " relative to this file, found no readable file \"polcy.json\"");
  }

  @Test
  void permissionsFileMustBeAPolicy() throws IOException {
    Files.writeString(
        folder.resolve("broken.json"), "{\"Version\": \"2012-10-17\",\n \"Statment\": []}");
    assertThat(file.problems("policy.json", "broken.json"))
        .singleElement()
        .asString()
        .startsWith(
            "3:87: accounts.production.permissions: expected an IAM policy document, found"
                + " broken.json: line 2, column 2: expected ")
        .contains("Statment");
  }

  @Test
  void permissionsMustNotBeAFolder() throws IOException {
    Files.createDirectory(folder.resolve("policies"));
    assertThat(file.problems("policy.json", "policies"))
        .singleElement()
        .asString()
        .contains("found no readable file \"policies\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1st", "a_b", "a b", "-a", "á"})
  void malformedAccountNameIsRefused(String name) {
    assertThat(
            file.problems(
                "  tooling: {id",
                "  \"" + name + "\": {id: \"555555555555\", region: eu-west-1}\n  tooling: {id"))
        .containsExactly(
            "2:3: accounts."
                + name
                + ": expected a name of a letter, then letters, digits or '-',"
                + " found \""
                + name
                + "\"");
  }

  @Test
  void cloudNamesAnAccountThatIsThere() {
    assertThat(file.problems("account: tooling", "account: tolling"))
        .containsExactly(
            "6:12: cloud.account: expected the name of an account under accounts, found"
                + " \"tolling\"; did you mean tooling?");
  }

  @Test
  void defaultAgentIsATemplateThatIsThere() {
    assertThat(file.problems("defaultAgent: builder", "defaultAgent: compiler"))
        .containsExactly(
            "9:17: cloud.defaultAgent: expected the name of an agent template under agents, found"
                + " \"compiler\"; there are: builder, production");
  }

  @Test
  void clusterIsANameAndNotAnArn() {
    assertThat(
            file.problems(
                "cluster: agents", "cluster: arn:aws:ecs:eu-west-1:000000000000:cluster/agents"))
        .singleElement()
        .asString()
        .startsWith("8:12: cloud.cluster: expected the cluster's name, found \"arn:aws:ecs:");
  }

  @Test
  void cloudIsNeeded() {
    String yaml = ConfigurationFile.VALID.replaceAll("(?s)cloud:.*?agents:\n", "agents:\n");
    assertThat(file.problems(yaml))
        .containsExactly("1:1: cloud: expected a mapping, found no such key");
  }

  @Test
  void templateNameIsUsedOnce() {
    assertThat(file.problems("{name: production, labels", "{name: builder, labels"))
        .contains(
            "12:12: agents[1].name: expected a name of its own, found \"builder\", used at line"
                + " 11");
  }

  @Test
  void templateNamesAnAccountThatIsThere() {
    assertThat(file.problems("account: production", "account: prod"))
        .containsExactly(
            "12:55: agents[1].account: expected the name of an account under accounts, found"
                + " \"prod\"; there are: production, tooling");
  }

  @Test
  void templateNameLeavesRoomForTheNamesOfRoles() {
    String longest = "b" + "x".repeat(49);
    assertThat(file.load(ConfigurationFile.VALID.replace("builder", longest)).agents())
        .anySatisfy(agent -> assertThat(agent.name().value()).isEqualTo(longest));
    assertThat(file.problems(ConfigurationFile.VALID.replace("builder", longest + "x")))
        .containsExactly(
            "11:12: agents[0].name: expected a letter, then up to 49 letters, digits or '-', found"
                + " \""
                + longest
                + "x\"");
  }

  @Test
  void memoryReservationIsWhatEcsTakes() {
    assertThat(file.problems("[builder]}", "[builder], taskDefinition: {memoryReservation: 5}}"))
        .containsExactly(
            "11:76: agents[0].taskDefinition.memoryReservation: expected a whole number from 6 to"
                + " 3000000, found the number 5");
  }

  @Test
  void templateNeedsALabel() {
    assertThat(file.problems("[builder]}", "[]}"))
        .containsExactly(
            "11:29: agents[0].labels: expected at least one: a label, found an empty list");
    assertThat(file.problems("labels: [builder]}", "image: x}"))
        .containsExactly("11:5: agents[0].labels: expected a list of: a label, found no such key");
  }

  @Test
  void labelIsOneWord() {
    assertThat(file.problems("[builder]}", "[linux && arm]}"))
        .containsExactly("11:30: agents[0].labels[0]: expected a label, found \"linux && arm\"");
  }

  @Test
  void credentialsAreOfOneOfTwoModes() {
    assertThat(file.problems("account: production}", "account: production, credentials: none}"))
        .containsExactly(
            "12:80: agents[1].credentials: expected one of deploy-role, task-role, found \"none\"");
  }

  @Test
  void credentialsNeedAnAccount() {
    assertThat(file.problems("[builder]}", "[builder], credentials: task-role}"))
        .containsExactly(
            "11:53: agents[0].credentials: expected an account beside it, found a template without"
                + " account; add account, or leave credentials out");
  }

  @Test
  void networkModeIsOneOfThoseThatAgentsCanUse() {
    assertThat(file.problems("[builder]}", "[builder], taskDefinition: {networkMode: brige}}"))
        .containsExactly(
            "11:70: agents[0].taskDefinition.networkMode: expected one of bridge, host, found"
                + " \"brige\"; did you mean bridge?");
  }

  @ParameterizedTest
  @CsvSource({
    "awsvpc, 'awsvpc needs subnets, which this version does not support'",
    "none, an agent without network can not connect"
  })
  void networkModeThatAgentsCanNotUseIsRefusedByName(String mode, String why) {
    assertThat(
            file.problems("[builder]}", "[builder], taskDefinition: {networkMode: " + mode + "}}"))
        .containsExactly(
            "11:70: agents[0].taskDefinition.networkMode: expected one of bridge, host, found \""
                + mode
                + "\"; "
                + why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127", "196609", "2147483648", "0x800", "2.5", "\"2048\"", "-2048", "~"})
  void cpuIsANumberWithinLimits(String cpu) {
    assertThat(file.problems("[builder]}", "[builder], taskDefinition: {cpu: " + cpu + "}}"))
        .singleElement()
        .asString()
        .startsWith(
            "11:62: agents[0].taskDefinition.cpu: expected a whole number from 128 to 196608, found"
                + " ");
  }

  @Test
  void limitOnAgentsIsAWholeNumberAboveZero() {
    assertThat(file.problems("[builder]}", "[builder], max: 0}"))
        .containsExactly(
            "11:45: agents[0].max: expected a whole number from 1 to 100000, found the number 0");
    assertThat(file.problems("script: Jenkinsfile}", "script: Jenkinsfile, maxAgents: many}"))
        .containsExactly(
            "14:50: jobs[0].maxAgents: expected a whole number from 1 to 100000, found \"many\"");
    assertThat(
            file.problems("permissions: policy.json}", "permissions: policy.json, maxAgents: 1.5}"))
        .singleElement()
        .asString()
        .startsWith("3:111: accounts.production.maxAgents: expected a whole number from 1 to ");
    assertThat(file.problems("defaultAgent: builder", "defaultAgent: builder\n  maxAgents: -1"))
        .containsExactly(
            "10:14: cloud.maxAgents: expected a whole number from 1 to 100000, found the number"
                + " -1");
  }

  @Test
  void taskDefinitionOfOnesOwnIsNotSupportedYet() {
    assertThat(file.problems("[builder]}", "[builder], taskDefinition: my-agent:3}"))
        .containsExactly(
            "11:56: agents[0].taskDefinition: expected a mapping, found \"my-agent:3\"");
  }

  @Test
  void jobNameAndScriptAreUsedOnce() {
    assertThat(
            file.problems(
                "- {name: shop, script: Jenkinsfile}",
                "- {name: shop, script: Jenkinsfile}\n  - {name: shop, script: x/../Jenkinsfile}"))
        .containsExactly(
            "15:12: jobs[1].name: expected a name of its own, found \"shop\", used at line 14",
            "15:26: jobs[1].script: expected a script of its own, found \""
                + folder.resolve("Jenkinsfile")
                + "\", used at line 14");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a//b", "/a", "a/", "../a", "a/./b", "a%2Fb", "a b", ""})
  void jobNameHasOneWayToBeWritten(String name) {
    assertThat(file.problems("name: shop,", "name: \"" + name + "\","))
        .contains(
            "14:12: jobs[0].name: expected folders and name joined by '/', found \"" + name + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/Jenkinsfile, write it relative to this file",
    "../Jenkinsfile, put deputy.yaml into a folder above it",
    "a/../../Jenkinsfile, put deputy.yaml into a folder above it",
    "., put deputy.yaml into a folder above it"
  })
  void scriptLiesInTheFoldersOfTheConfiguration(String script, String hint) {
    assertThat(file.problems("script: Jenkinsfile", "script: " + script))
        .containsExactly(
            "14:26: jobs[0].script: expected path of the Jenkinsfile, in this file's folder or"
                + " below, found \""
                + script
                + "\"; "
                + hint);
  }

  @Test
  void grantNamesAJobThatIsThere() {
    assertThat(file.problems("    jobs: [shop]\n", "    jobs: [shpo]\n"))
        .containsExactly(
            "17:12: grants[0].jobs[0]: expected the name of a job under jobs, or a pattern, found"
                + " \"shpo\"; did you mean shop?");
    assertThat(file.load("    jobs: [shop]\n", "    jobs: [\"teams/**\"]\n").grants())
        .first()
        .satisfies(grant -> assertThat(grant.jobs()).containsExactly("teams/**"));
  }

  @Test
  void grantNamesATemplateThatIsThere() {
    assertThat(file.problems("agents: [builder]", "agents: [bulider]"))
        .containsExactly(
            "18:14: grants[0].agents[0]: expected the name of an agent template under agents, found"
                + " \"bulider\"; did you mean builder?");
  }

  @Test
  void grantNameIsUsedOnce() {
    assertThat(file.problems("{name: production, jobs", "{name: builds, jobs"))
        .containsExactly(
            "19:12: grants[1].name: expected a name of its own, found \"builds\", used at line 16");
  }

  @Test
  void grantNeedsJobsAndAgents() {
    assertThat(file.problems("    jobs: [shop]\n    agents: [builder]", "    causes: [person]"))
        .containsExactly(
            "16:5: grants[0].jobs: expected a list of: the name of a job under jobs, or a pattern,"
                + " found no such key",
            "16:5: grants[0].agents: expected a list of: the name of an agent template under"
                + " agents, found no such key");
  }

  @Test
  void causeIsOneThatDeputyKnows() {
    assertThat(file.problems("causes: [person]", "causes: [timer]"))
        .containsExactly("19:65: grants[1].causes[0]: expected one of person, found \"timer\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\u2003b", "", "main~1", "a:b", "ref^", "[ab]"})
  void branchIsWrittenAsGitWritesOne(String branch) {
    assertThat(file.problems("branches: [main]", "branches: [\"" + branch + "\"]"))
        .containsExactly(
            "19:49: grants[1].branches[0]: expected a branch's name or pattern, found \""
                + branch
                + "\"");
  }

  @Test
  void emptyListOfBranchesDoesNotMeanAllOfThem() {
    assertThat(file.problems("branches: [main]", "branches: []"))
        .containsExactly(
            "19:48: grants[1].branches: expected at least one: a branch's name or pattern, found an"
                + " empty list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "3", "-1", "two"})
  void approvalsCountIsNotMoreThanThereAreUsers(String count) {
    assertThat(file.problems("count: 1", "count: " + count))
        .singleElement()
        .asString()
        .startsWith(
            "20:43: grants[1].approvals.count: expected a whole number from 1 to 2, found ");
  }

  @Test
  void oneUserTwiceIsNotTwoUsers() {
    assertThat(file.problems("[ann, bob], count: 1", "[ann, ann], count: 2"))
        .containsExactly(
            "20:24: grants[1].approvals.from: expected each user once, found ann, ann");
  }

  @Test
  void approvalsNeedSomebody() {
    assertThat(file.problems("from: [ann, bob], count: 1", "from: []"))
        .containsExactly(
            "20:24: grants[1].approvals.from: expected at least one: a user's name, found an empty"
                + " list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "\"true\"", "1", "~"})
  void notStarterIsTrueOrFalse(String value) {
    assertThat(file.problems("notStarter: true", "notStarter: " + value))
        .singleElement()
        .asString()
        .startsWith("20:58: grants[1].approvals.notStarter: expected true or false, found ");
  }
}
