package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.access.ApprovalRule;
import dev.deputy.access.Grant;
import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.CredentialsMode;
import dev.deputy.core.JobName;
import dev.deputy.core.SourceRef;
import dev.deputy.core.TemplateName;
import dev.deputy.fleet.Caps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationLoaderTest {
  @TempDir Path folder;
  private ConfigurationFile file;

  @BeforeEach
  void start() {
    file = new ConfigurationFile(folder);
  }

  @Test
  void everythingThatIsWrittenIsRead() {
    Configuration configuration = file.load(ConfigurationFile.VALID);
    assertThat(configuration.home()).isEqualTo(folder);
    assertThat(configuration.tooling().id()).isEqualTo("000000000000");
    Account production = configuration.accounts().get(new AccountName("production"));
    assertThat(production).isNotNull();
    assertThat(production.stage()).contains("production");
    assertThat(production.permissions()).get().asString().contains("s3:*");
    assertThat(configuration.cloud())
        .isEqualTo(
            new Configuration.Cloud(
                "agents",
                new AccountName("tooling"),
                "eu-west-1",
                "agents",
                Optional.of(new TemplateName("builder"))));
    assertThat(configuration.jobs())
        .extracting(Configuration.Job::script)
        .containsExactly("Jenkinsfile");
    assertThat(configuration.grants())
        .last()
        .isEqualTo(
            new Grant(
                "production",
                List.of("shop"),
                List.of("main"),
                List.of("person"),
                List.of(new TemplateName("production")),
                Optional.of(new ApprovalRule(List.of("ann", "bob"), 1, true)),
                new SourceRef("deputy.yaml", 19, 5)));
  }

  @Test
  void limitsOnAgentsAreReadWhereverTheyStand() {
    assertThat(file.load(ConfigurationFile.VALID).caps()).isEqualTo(Caps.NONE);
    Configuration configuration =
        file.load(
            ConfigurationFile.VALID
                .replace("permissions: policy.json}", "permissions: policy.json, maxAgents: 3}")
                .replace("defaultAgent: builder", "defaultAgent: builder\n  maxAgents: 20")
                .replace("[builder]}", "[builder], max: 10}")
                .replace("script: Jenkinsfile}", "script: Jenkinsfile, maxAgents: 2}"));

    assertThat(configuration.caps())
        .isEqualTo(
            new Caps(
                OptionalInt.of(20),
                Map.of(new AccountName("production"), 3),
                Map.of(new TemplateName("builder"), 10),
                Map.of(new JobName("shop"), 2)));
  }

  @Test
  void whatIsLeftOutHasTheDefaultsOfThePractice() {
    Configuration configuration = file.load(ConfigurationFile.VALID);
    AgentTemplate builder = configuration.agents().getFirst();
    assertThat(builder.image()).isEqualTo("deputy-agent");
    assertThat(builder.size()).isEqualTo(new AgentTemplate.TaskSize(2048, 3584, "bridge"));
    assertThat(builder.credentials()).isEqualTo(CredentialsMode.NONE);
    assertThat(configuration.agents().getLast().credentials())
        .isEqualTo(CredentialsMode.DEPLOY_ROLE);
    assertThat(configuration.accounts().values()).allMatch(Account::sourceIdentity);
    Grant builds = configuration.grants().getFirst();
    assertThat(builds.branches()).isEmpty();
    assertThat(builds.causes()).isEmpty();
    assertThat(builds.approvals()).isEmpty();
  }

  @Test
  void approvalsLeaveOutTheStarterUnlessToldOtherwise() {
    assertThat(approvals("[ann, bob]")).isEqualTo(new ApprovalRule(List.of("ann", "bob"), 1, true));
    assertThat(approvals("[ann], notStarter: false"))
        .isEqualTo(new ApprovalRule(List.of("ann"), 1, false));
  }

  private ApprovalRule approvals(String from) {
    return file.load("[ann, bob], count: 1, notStarter: true", from)
        .grants()
        .getLast()
        .approvals()
        .orElseThrow();
  }

  @Test
  void partOfTheTaskDefinitionKeepsTheOtherDefaults() {
    AgentTemplate builder =
        file.load("[builder]}", "[builder], taskDefinition: {cpu: 4096, networkMode: host}}")
            .agents()
            .getFirst();
    assertThat(builder.size()).isEqualTo(new AgentTemplate.TaskSize(4096, 3584, "host"));
  }

  @Test
  void classicTemplateAndAccountWithoutSourceIdentity() {
    Configuration configuration =
        file.load(
            ConfigurationFile.VALID
                .replace("account: production}", "account: production, credentials: task-role}")
                .replace("stage: production", "sourceIdentity: off"));
    assertThat(configuration.agents().getLast().credentials()).isEqualTo(CredentialsMode.TASK_ROLE);
    assertThat(configuration.accounts().get(new AccountName("production")))
        .matches(account -> account != null && !account.sourceIdentity());
  }

  @Test
  void orderOfTheFileIsTheOrderOfChoice() {
    assertThat(file.load(ConfigurationFile.VALID).agents())
        .extracting(agent -> agent.name().value())
        .containsExactly("builder", "production");
  }

  @Test
  void jobsAndGrantsMayBeLeftOut() {
    Configuration configuration =
        file.load(ConfigurationFile.VALID.substring(0, ConfigurationFile.VALID.indexOf("jobs:")));
    assertThat(configuration.jobs()).isEmpty();
    assertThat(configuration.grants()).isEmpty();
  }

  @Test
  void nearestFileUpwardIsFound() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("a/b/c"));
    Files.createDirectory(folder.resolve("a/b/deputy.yaml"));
    Path outermost = Files.createFile(folder.resolve("deputy.yaml"));
    assertThat(ConfigurationLoader.find(inner)).contains(outermost);
    Path nearer = Files.createFile(folder.resolve("a/deputy.yaml"));
    assertThat(ConfigurationLoader.find(inner)).contains(nearer);
  }

  @Test
  void configurationOfTheRepositoryLoads() throws IOException {
    Path repository = Path.of("..").toAbsolutePath().normalize();
    Configuration configuration =
        ConfigurationLoader.load("deputy.yaml", repository.resolve("deputy.yaml"));
    assertThat(configuration.accounts()).hasSize(5);
    assertThat(configuration.jobs())
        .isNotEmpty()
        .allSatisfy(job -> assertThat(repository.resolve(job.script())).isRegularFile());
  }
}
