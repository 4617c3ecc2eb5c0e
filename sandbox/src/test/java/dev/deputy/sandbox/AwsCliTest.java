package dev.deputy.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The unmodified AWS CLI; needs {@code aws} on the PATH. */
class AwsCliTest {
  private static final String ACCOUNT = "111111111111";

  @TempDir private Path home;
  private Sandbox sandbox;

  private record Finished(int status, String output, String errors) {}

  @BeforeEach
  void start() {
    assumeTrue(installed(), "the AWS CLI (aws) is not installed");
    sandbox = Sandbox.builder().start();
  }

  @AfterEach
  void stop() {
    Optional.ofNullable(sandbox).ifPresent(Sandbox::close);
  }

  private static boolean installed() {
    return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "aws")));
  }

  private Finished aws(AccessKey key, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("aws", "--endpoint-url", sandbox.endpoint().toString(), "--output", "json"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    Path errors = home.resolve("errors");
    builder.redirectError(errors.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("HOME", home.toString());
    environment.put("AWS_DEFAULT_REGION", "eu-west-1");
    environment.put("AWS_ACCESS_KEY_ID", key.id());
    environment.put("AWS_SECRET_ACCESS_KEY", key.secret());
    key.sessionToken().ifPresent(token -> environment.put("AWS_SESSION_TOKEN", token));
    environment.put("AWS_PAGER", "");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Finished(process.waitFor(), output, Files.readString(errors));
  }

  private JsonNode json(AccessKey key, String... arguments)
      throws IOException, InterruptedException {
    Finished finished = aws(key, arguments);
    assertThat(finished.errors()).isEmpty();
    assertThat(finished.status()).isZero();
    return finished.output().isBlank()
        ? JsonMapper.shared().createObjectNode()
        : JsonMapper.shared().readTree(finished.output());
  }

  @Test
  void commandLineWorksAsAgainstAws() throws IOException, InterruptedException {
    AccessKey root = sandbox.rootKey(ACCOUNT);
    json(
        root,
        "iam",
        "create-role",
        "--role-name",
        "deploy",
        "--assume-role-policy-document",
        Roles.trusting(ACCOUNT),
        "--tags",
        "Key=team,Value=a");
    json(
        root,
        "iam",
        "put-role-policy",
        "--role-name",
        "deploy",
        "--policy-name",
        "p",
        "--policy-document",
        Roles.allowing("ssm:*", "*"));
    JsonNode credentials =
        json(
                root,
                "sts",
                "assume-role",
                "--role-arn",
                "arn:aws:iam::111111111111:role/deploy",
                "--role-session-name",
                "me",
                "--tags",
                "Key=job,Value=x")
            .path("Credentials");
    var session =
        new AccessKey(
            credentials.path("AccessKeyId").asString(),
            credentials.path("SecretAccessKey").asString(),
            Optional.of(credentials.path("SessionToken").asString()));
    assertThat(json(session, "sts", "get-caller-identity").path("Arn").asString())
        .isEqualTo("arn:aws:sts::111111111111:assumed-role/deploy/me");
    json(session, "ssm", "put-parameter", "--name", "/x", "--value", "1", "--type", "String");
    assertThat(
            json(session, "ssm", "get-parameter", "--name", "/x").at("/Parameter/Value").asString())
        .isEqualTo("1");
    Finished denied = aws(session, "logs", "create-log-group", "--log-group-name", "g");
    assertThat(denied.status()).isNotZero();
    assertThat(denied.errors())
        .contains("(AccessDeniedException) when calling the CreateLogGroup operation: User:")
        .contains("is not authorized to perform: logs:CreateLogGroup on resource");
    assertThat(
            json(root, "cloudtrail", "lookup-events", "--max-items", "1")
                .at("/Events/0/EventName")
                .asString())
        .isEqualTo("CreateLogGroup");
  }
}
