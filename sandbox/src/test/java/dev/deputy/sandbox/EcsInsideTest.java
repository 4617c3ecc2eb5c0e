package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.sts.model.StsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a task sees and can do. */
@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
class EcsInsideTest {
  private static final HostPrograms PROGRAMS = HostPrograms.ofThisProcess();
  private static EcsFixture fixture;
  private static String taskRole = "";

  @BeforeAll
  static void start() {
    fixture = EcsFixture.start();
    taskRole = fixture.taskRole("inside", "\"ssm:*\",\"ecs:List*\",\"cloudformation:List*\"", "*");
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  private static Task run(String family, String script) {
    return fixture.run(
        fixture.register(family, c -> c.command(script), d -> d.taskRoleArn(taskRole)));
  }

  private static String id(Task task) {
    return task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
  }

  @Test
  void taskHasTheCredentialsOfItsRole() {
    assumeTrue(PROGRAMS.find("curl").isPresent(), "curl is not installed");
    String definition =
        fixture.register(
            "credentials",
            c ->
                c.command(
                        """
                        curl -s -H "Authorization: $AWS_CONTAINER_AUTHORIZATION_TOKEN" $AWS_CONTAINER_CREDENTIALS_FULL_URI
                        echo
                        curl -s -o /dev/null -w '%{http_code}\\n' -H 'Authorization: wrong' $AWS_CONTAINER_CREDENTIALS_FULL_URI
                        curl -s -o /dev/null -w '%{http_code}\\n' $AWS_CONTAINER_CREDENTIALS_FULL_URI
                        curl -s $AWS_CONTAINER_CREDENTIALS_FULL_URI.
                        echo
                        while :; do sleep 0.1; done
                        """)
                    .stopTimeout(0),
            d -> d.taskRoleArn(taskRole));
    Task task = fixture.running(definition);
    String[] log = Await.until(() -> fixture.log(task).split("\n"), lines -> lines.length == 4);
    JsonNode credentials = JsonMapper.shared().readTree(log[0]);
    assertThat(credentials.path("RoleArn").asString()).isEqualTo(taskRole);
    assertThat(log[1]).isEqualTo("403");
    assertThat(log[2]).isEqualTo("403");
    assertThat(log[3]).contains("Credentials not found");

    Clients inside =
        Clients.of(
            fixture.sandbox(),
            new AccessKey(
                credentials.path("AccessKeyId").asString(),
                credentials.path("SecretAccessKey").asString(),
                java.util.Optional.of(credentials.path("Token").asString())));
    assertThat(inside.sts().getCallerIdentity().arn())
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/inside/" + id(task));
    fixture.root().ecs().stopTask(s -> s.cluster("agents").task(task.taskArn()));
    fixture.stopped(task);
    assertThatThrownBy(() -> inside.sts().getCallerIdentity())
        .as("credentials die with their task")
        .isInstanceOf(StsException.class);
  }

  @Test
  void taskCanAskWhatItIs() {
    assumeTrue(PROGRAMS.find("curl").isPresent(), "curl is not installed");
    Task task =
        run(
            "metadata",
            "curl -s $ECS_CONTAINER_METADATA_URI_V4; echo; curl -s"
                + " $ECS_CONTAINER_METADATA_URI_V4/task");
    String[] log = fixture.log(task).split("\n");
    JsonNode container = JsonMapper.shared().readTree(log[0]);
    JsonNode metadata = JsonMapper.shared().readTree(log[1]);
    assertThat(container.path("Name").asString()).isEqualTo("main");
    assertThat(container.path("LogOptions").path("awslogs-stream").asString())
        .isEqualTo("jenkins/main/" + id(task));
    assertThat(metadata.path("TaskARN").asString()).isEqualTo(task.taskArn());
    assertThat(metadata.path("Cluster").asString()).isEqualTo("agents");
    assertThat(metadata.path("Family").asString()).isEqualTo("metadata");
    assertThat(metadata.path("Revision").asString()).isEqualTo("1");
    assertThat(metadata.path("Containers").size()).isEqualTo(1);
  }

  @Test
  void everyLineOfTheOutputIsLogged() {
    Task task =
        run(
            "chatty",
            "i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done; printf tail >&2; exit"
                + " 3");
    assertThat(task.containers().getFirst().exitCode()).isEqualTo(3);
    String all =
        IntStream.range(0, 3000).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    StringBuilder log = new StringBuilder();
    String token = null;
    while (true) {
      String from = token;
      var page =
          fixture
              .root()
              .logs()
              .getLogEvents(g ->
                  g.logGroupName(EcsFixture.GROUP)
                      .logStreamName("jenkins/main/" + id(task))
                      .startFromHead(true)
                      .nextToken(from));
      page.events().forEach(event -> log.append(event.message()).append('\n'));
      if (page.nextForwardToken().equals(token)) {
        break;
      }
      token = page.nextForwardToken();
    }
    assertThat(log.toString()).isEqualTo(all + "\ntail\n");
  }

  @Test
  void nothingOfTheHostsEnvironmentIsInTheTasks() {
    Task task = run("environment", "env -0 | tr '\\n\\0' ' \\n'");
    Map<String, String> environment = new TreeMap<>();
    for (String line : fixture.log(task).split("\n")) {
      environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    assertThat(environment.keySet())
        .containsExactlyInAnyOrder(
            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "AWS_DEFAULT_REGION",
            "AWS_ENDPOINT_URL",
            "AWS_EXECUTION_ENV",
            "AWS_REGION",
            "ECS_CONTAINER_METADATA_URI_V4",
            "HOME",
            "LANG",
            "PATH",
            "PWD");
    assertThat(environment)
        .containsEntry("AWS_ENDPOINT_URL", fixture.sandbox().endpoint().toString())
        .containsEntry("AWS_REGION", "eu-west-1")
        .containsEntry("AWS_EXECUTION_ENV", "AWS_ECS_EC2");
  }

  @Test
  void noTokenIsInAnyProcessesArguments() throws IOException {
    String definition =
        fixture.register(
            "arguments",
            c ->
                c.command("echo $AWS_CONTAINER_AUTHORIZATION_TOKEN; while :; do sleep 0.1; done")
                    .environment(e -> e.name("SECRET").value("very-secret-value"))
                    .stopTimeout(0),
            d -> d.taskRoleArn(taskRole));
    Task task = fixture.running(definition);
    String token = Await.until(() -> fixture.log(task), log -> !log.isEmpty());
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        assertThat(arguments(process)).doesNotContain(token, "very-secret-value");
      }
    }
    fixture.root().ecs().stopTask(s -> s.cluster("agents").task(task.taskArn()));
  }

  private static String arguments(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }

  @Test
  void hostIsHiddenAndReadOnly() {
    assumeTrue(fixture.sandbox().isolation().equals("bubblewrap"), "bubblewrap is not installed");
    Task task =
        run(
            "isolated",
            """
            pwd; touch here && echo wrote here
            touch /tmp/x && echo wrote tmp
            touch /etc/x 2>/dev/null || echo etc is read-only
            ls -A /home/task/.. /root /run | grep .
            ls /proc | grep -c '^[0-9]'
            grep NoNewPrivs /proc/self/status
            ls %s 2>&1 >/dev/null | grep -c .
            """
                .formatted(System.getProperty("java.io.tmpdir") + "/sandbox-tasks-*/[0-9a-f]*"));
    String[] log = fixture.log(task).split("\n");
    assertThat(log)
        .contains("/home/task", "wrote here", "wrote tmp", "etc is read-only", "NoNewPrivs:\t1");
    assertThat(fixture.log(task)).contains("/home/task/..:\ntask\n/root:\n/run:\n");
  }

  @Test
  void tasksDoNotSeeEachOther() {
    assumeTrue(
        TaskConfinement.strongest(PROGRAMS).hasNamespace(),
        "neither bubblewrap nor unshare is installed");
    String definition =
        fixture.register(
            "first", c -> c.command("sleep 987654").stopTimeout(0), d -> d.taskRoleArn(taskRole));
    Task first = fixture.running(definition);
    Task second = run("second", "cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -c 987[6]54; true");
    assertThat(fixture.log(second)).isEqualTo("0");
    fixture.root().ecs().stopTask(s -> s.cluster("agents").task(first.taskArn()));
  }

  @Test
  void programOfTheTaskCanBecomeAnotherUser() {
    assumeTrue("root".equals(System.getProperty("user.name")), "not root");
    assumeTrue(PROGRAMS.find("setpriv").isPresent(), "setpriv is not installed");
    Task task =
        run(
            "users",
            """
            mkdir work && chown 65534 work
            setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all --bounding-set=-all \
              sh -c 'id -u; touch work/x && echo wrote; touch y 2>/dev/null || echo not mine; grep CapEff /proc/self/status'
            """);
    assertThat(fixture.log(task).split("\n"))
        .containsExactly("65534", "wrote", "not mine", "CapEff:\t0000000000000000");
  }

  @Test
  void filesOfTheImageCanBeReadByEverybodyAndComeFirst(@TempDir Path hidden) throws IOException {
    Path bin = Files.createDirectories(hidden.resolve("a/b"));
    Path tool = bin.resolve("id");
    Files.writeString(tool, "#!/bin/sh\necho the image\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwxr-xr-x"));
    ImageCommand image =
        new ImageCommand(
            List.of("/bin/sh", "-c"), List.of(bin), List.of(bin), Map.of("FROM_IMAGE", "yes"));
    try (EcsFixture own = EcsFixture.start("tools", image)) {
      Task task =
          own.run(
              own.register(
                  "tools",
                  c -> c.image("tools:latest").command("id; echo $FROM_IMAGE; ls " + hidden)));
      assertThat(own.log(task).split("\n")).startsWith("the image", "yes", "a");
      assumeTrue("root".equals(System.getProperty("user.name")), "not root");
      Task other =
          own.run(
              own.register(
                  "others",
                  c ->
                      c.image("tools")
                          .command("setpriv --reuid 65534 --regid 65534 --clear-groups id")));
      assertThat(own.log(other)).isEqualTo("the image");
    }
  }

  @Test
  void awsCommandLineWorksInTheTask() {
    assumeTrue(PROGRAMS.findForEveryone("aws").isPresent(), "the AWS CLI is not installed");
    Task task =
        run(
            "cli",
            """
            aws sts get-caller-identity --query Arn --output text
            aws ssm put-parameter --name /cli --type String --value x --query Version
            aws cloudformation list-stacks --query 'length(StackSummaries)'
            aws ecs list-clusters --query 'clusterArns[0]' --output text
            aws --endpoint-url "$AWS_ENDPOINT_URL" ssm get-parameter --name /cli --query Parameter.Value --output text
            """);
    assertThat(fixture.log(task).split("\n"))
        .containsExactly(
            "arn:aws:sts::000000000000:assumed-role/inside/" + id(task),
            "1",
            "0",
            "arn:aws:ecs:eu-west-1:000000000000:cluster/agents",
            "x");
  }
}
