package dev.deputy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.aws.AwsConnection;
import dev.deputy.core.Account;
import dev.deputy.sandbox.AccessKey;
import dev.deputy.sandbox.Sandbox;
import dev.deputy.server.Configuration;
import dev.deputy.server.ConfigurationLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands of {@code deputy infra} on a sandbox, from a configuration to nothing. */
class InfraCommandsTest {
  private static final String CONFIGURATION =
      """
      accounts:
        tooling: {id: "000000000000", region: eu-west-1}
        production: {id: "444444444444", region: eu-west-1, permissions: permissions.json}
      cloud: {name: our-agents, account: tooling, region: eu-west-1, cluster: agents}
      agents:
        - {name: builder, labels: [builder], image: one}
        - {name: deployer, labels: [deployer], account: production}
      jobs: []
      grants: []
      """;
  private static final int STACKS = 5;

  @TempDir private Path folder;
  private Sandbox sandbox;
  private String err = "";

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.builder().start();
    configure(CONFIGURATION);
    permit("ssm:GetParameter");
    profiles("tooling", "000000000000", "production", "444444444444");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void fromConfigurationToStacksAndBack() throws IOException {
    assertThat(infra(4, "diff"))
        .contains("deputy-tooling in tooling (000000000000, eu-west-1): new");
    assertThat(json(4, "diff"))
        .hasSize(STACKS)
        .allSatisfy(line -> assertThat(line.path("action").asString()).isEqualTo("create"));

    assertThat(infra(0, "deploy", "--yes"))
        .contains("CREATE_COMPLETE", "5 of 5 stacks: resources ", "Deployed.");
    assertThat(infra(0, "diff"))
        .isEqualTo("Nothing to do: all 5 stacks are as the configuration says.\n");
    assertThat(infra(0, "deploy", "--yes"))
        .isEqualTo("Nothing to do: all 5 stacks are as the configuration says.\n");

    configure(CONFIGURATION.replace("image: one", "image: two"));
    permit("s3:GetObject");
    assertThat(infra(4, "diff"))
        .contains(
            """
            deputy-agent-builder in tooling (000000000000, eu-west-1): changed
              ! TaskDefinition  AWS::ECS::TaskDefinition  replaced, the old one stays
                  ContainerDefinitions/0/Image: one -> two
            """,
            """
            deputy-permissions in production (444444444444, eu-west-1): changed
              ~ Permissions  AWS::IAM::ManagedPolicy
                  PolicyDocument/Statement/0/Action: ssm:GetParameter -> s3:GetObject
            """,
            "2 of 5 stacks: resources ");
    infra(0, "deploy", "--yes");
    infra(0, "diff");

    assertThat(infra(0, "destroy", "--yes")).contains("DELETE_COMPLETE", "Deleted.");
    assertThat(infra(0, "destroy", "--yes"))
        .isEqualTo("There is no stack of Deputy in these accounts.\n");
    assertThat(json(4, "diff"))
        .allSatisfy(line -> assertThat(line.path("action").asString()).isEqualTo("create"));
  }

  @Test
  void failureInTheMiddleStopsWithTheReasonOfAws() throws IOException {
    infra(0, "deploy", "--yes");
    configure(
        CONFIGURATION
            .replace("image: one", "image: two")
            .replace("  - {name: deployer", "  - {name: deployer, image: two"));
    permit("ssm:" + "x".repeat(6200)); // more than a managed policy holds

    String printed = infra(1, "deploy", "--yes");

    assertThat(printed)
        .contains("UPDATE_FAILED", "UPDATE_ROLLBACK_COMPLETE")
        .containsOnlyOnce("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
    assertThat(err)
        .startsWith(
            "stack deputy-permissions in account production (444444444444, eu-west-1) is"
                + " UPDATE_ROLLBACK_COMPLETE: Permissions: ")
        .contains("PolicySize", "The stacks after it were left as they were.");
    permit("ssm:GetParameter");
    assertThat(infra(4, "diff")).contains("1 of 5 stacks", "deputy-agent-deployer");
  }

  @Test
  void profileOfAnotherAccountIsRefused() throws IOException {
    profiles("tooling", "000000000000", "production", "111111111111");

    infra(64, "deploy", "--yes");

    assertThat(err)
        .isEqualTo(
            "profile production: expected credentials of account 444444444444 (production), found"
                + " those of arn:aws:iam::111111111111:root. Nothing was done. Name the right"
                + " profile with --profile production=PROFILE\n");
    profiles("tooling", "000000000000", "production", "444444444444");
    assertThat(json(4, "diff"))
        .allSatisfy(line -> assertThat(line.path("action").asString()).isEqualTo("create"));
  }

  @Test
  void missingProfileAndUnknownAccountAreNamed() throws IOException {
    profiles("tooling", "000000000000");
    infra(64, "diff");
    assertThat(err)
        .isEqualTo(
            "no AWS profile production for account production (444444444444): add it to"
                + " ~/.aws/config, or name another one with --profile production=PROFILE\n");
    infra(64, "diff", "--profile", "prod=x");
    assertThat(err)
        .isEqualTo("--profile: expected one of the accounts [tooling, production], found prod\n");
  }

  @Test
  void nothingIsDoneWithoutAYes() throws Exception {
    infra(64, "deploy");
    assertThat(err).startsWith("nobody can be asked here: ");

    Screen screen = new Screen();
    assertThat(desk(screen.typing("y\n")).work(InfraDeployCommand::deploy))
        .isEqualTo(ExitStatus.ABORTED);
    assertThat(screen.text()).contains("Deploy this? Only yes is a yes:", "Nothing was changed.");
    assertThat(json(4, "diff"))
        .allSatisfy(line -> assertThat(line.path("action").asString()).isEqualTo("create"));

    assertThat(desk(new Screen().typing("yes\n")).work(InfraDeployCommand::deploy))
        .isEqualTo(ExitStatus.SUCCESS);
    screen = new Screen();
    assertThat(desk(screen.typing("yes\n")).work(InfraDestroyCommand::destroy))
        .isEqualTo(ExitStatus.ABORTED);
    assertThat(screen.text()).contains("Type our-agents to do so:", "Nothing was deleted.");
    infra(0, "diff");
    assertThat(desk(new Screen().typing("our-agents\n")).work(InfraDestroyCommand::destroy))
        .isEqualTo(ExitStatus.SUCCESS);
  }

  @Test
  void machinesAreToldEveryEvent() throws IOException {
    List<JsonNode> lines = json(0, "deploy", "--yes");
    assertThat(lines)
        .extracting(line -> line.path("type").asString())
        .startsWith("stack-planned")
        .contains("stack-started", "stack-event", "stack-finished")
        .endsWith("message");
    assertThat(lines)
        .filteredOn(line -> line.path("type").asString().equals("stack-event"))
        .anySatisfy(line -> {
          assertThat(line.path("stack").asString()).isEqualTo("deputy-tooling");
          assertThat(line.path("logicalId").asString()).isEqualTo("Cluster");
          assertThat(line.path("resourceType").asString()).isEqualTo("AWS::ECS::Cluster");
          assertThat(line.path("status").asString()).isEqualTo("CREATE_COMPLETE");
        });
  }

  @Test
  void stacksAreWrittenAsTheAwsCliTakesThem() throws IOException {
    Path out = folder.resolve("stacks");
    String printed = print(0, "infra", "synth", "-c", file(), "--out", out.toString());
    assertThat(printed)
        .startsWith(
            """
             1  deputy-tooling  in tooling (000000000000, eu-west-1)
                template: tooling.yaml
                ClusterName: agents
            """)
        .doesNotContain("AWSTemplateFormatVersion");
    JsonNode index = JsonMapper.builder().build().readTree(out.resolve("stacks.json"));
    assertThat(index).hasSize(STACKS);
    for (JsonNode stack : index) {
      assertThat(out.resolve(stack.path("template").asString())).isNotEmptyFile();
      assertThat(out.resolve(stack.path("parameters").asString())).isNotEmptyFile();
    }
    assertThat(Files.readString(out.resolve("parameters/production-deputy-deploy-deployer.json")))
        .contains("\"ParameterKey\" : \"ToolingAccountId\"");

    configure(CONFIGURATION.replaceAll(".*name: deployer.*\n", ""));
    print(0, "infra", "synth", "-c", file(), "--out", out.toString());
    assertThat(out.resolve("parameters/production-deputy-deploy-deployer.json")).doesNotExist();

    print(64, "infra", "synth", "-c", file(), "--out", folder.toString());
    assertThat(err).contains("has files in it that synth did not write");
  }

  @Test
  void everythingCanBeReadWithoutCredentials() {
    String printed = print(0, "infra", "synth", "-c", file());
    assertThat(printed)
        .containsOnlyOnce("--- # agent.yaml")
        .contains("    DeployRoleArn: arn:aws:iam::444444444444:role/deputy-deploy-deployer\n")
        .contains("MaxSessionDuration: 43200");
  }

  private String infra(int status, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("infra"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("-c", file(), "--state", state().toString()));
    all.addAll(List.of("--endpoint-url", sandbox.endpoint().toString()));
    return print(status, all.toArray(String[]::new));
  }

  private List<JsonNode> json(int status, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--output", "json"));
    JsonMapper json = JsonMapper.builder().build();
    return infra(status, all.toArray(String[]::new)).lines().map(json::readTree).toList();
  }

  /** What the command prints. */
  private String print(int status, String... arguments) {
    PrintStream before = System.out;
    var bytes = new ByteArrayOutputStream();
    var errors = new StringWriter();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.US_ASCII));
    try {
      int got = Deputy.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
      err = errors.toString();
      assertThat(got).as(err + bytes.toString(StandardCharsets.US_ASCII)).isEqualTo(status);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.US_ASCII);
  }

  /** As the command has it where somebody sits at a terminal. */
  private InfraDesk desk(Terminal terminal) throws Exception {
    Configuration configuration = ConfigurationLoader.load(file(), Path.of(file()));
    return new InfraDesk(
            configuration,
            this::connection,
            new AccountsOption(),
            new InfraTextView(terminal),
            terminal,
            true)
        .answering(false);
  }

  private AwsConnection connection(Account account, String region) {
    AccessKey key = sandbox.rootKey(account.id());
    return new AwsConnection(
        region,
        Optional.of(sandbox.endpoint()),
        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())));
  }

  private String file() {
    return folder.resolve("deputy.yaml").toString();
  }

  private Path state() {
    return folder.resolve("state");
  }

  private void configure(String configuration) throws IOException {
    Files.writeString(folder.resolve("deputy.yaml"), configuration);
  }

  private void permit(String action) throws IOException {
    Files.writeString(
        folder.resolve("permissions.json"),
        """
        {"Version": "2012-10-17",
         "Statement": [{"Effect": "Allow", "Action": "%s", "Resource": "*"}]}
        """
            .formatted(action));
  }

  /** As a sandbox that runs on its own writes them. */
  private void profiles(String... namesAndAccounts) throws IOException {
    StringBuilder credentials = new StringBuilder();
    for (int i = 0; i < namesAndAccounts.length; i += 2) {
      AccessKey key = sandbox.rootKey(namesAndAccounts[i + 1]);
      credentials.append(
          "[%s]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
              .formatted(namesAndAccounts[i], key.id(), key.secret()));
    }
    Path written = Files.createDirectories(state().resolve("sandbox"));
    Files.writeString(written.resolve("credentials"), credentials);
    Files.writeString(written.resolve("endpoint"), sandbox.endpoint() + "\n");
  }
}
