package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** STS's AssumeRole and a task's credential endpoint; believes only the AWS SDK's signatures. */
final class FakeAws implements AutoCloseable {
  static final String TASK_KEY = "ASIATASKTASKTASKTASK";
  static final String TASK_SECRET = "taskTaskTask/taskTaskTask+taskTaskTask00";
  static final String TASK_TOKEN = "TaskSessionToken".repeat(12);
  static final String TASK_ROLE = "arn:aws:iam::000000000000:role/task-development";
  static final String ENDPOINT_TOKEN = "token-of-the-task-endpoint";

  private static final Set<String> MADE_BY_SIGNER =
      Set.of("host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token");

  private final HttpServer server;
  private final AtomicInteger sessions = new AtomicInteger();
  final List<Map<String, String>> assumed = new CopyOnWriteArrayList<>();
  final List<String> complaints = new CopyOnWriteArrayList<>();
  volatile Duration life = Duration.ofHours(1);
  volatile String denial = "";
  volatile InstantSource clock = InstantSource.system();

  /** Who may sign, by session token. */
  private final Map<String, AwsSessionCredentialsIdentity> signers = new ConcurrentHashMap<>();

  FakeAws() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/task-credentials", this::taskCredentials);
    server.createContext("/", this::sts);
    server.start();
  }

  URI sts() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  TaskCredentials.Endpoint endpoint() {
    return new TaskCredentials.Endpoint.Token(sts().resolve("/task-credentials"), ENDPOINT_TOKEN);
  }

  static String secret(int session) {
    return "deployDeploy/Secret+ofSession000000000" + (10 + session);
  }

  static String token(int session) {
    return ("DeployRoleSession" + (10 + session)).repeat(20);
  }

  private void taskCredentials(HttpExchange exchange) throws IOException {
    if (!ENDPOINT_TOKEN.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 403, "{}");
      return;
    }
    answer(
        exchange,
        200,
        String.format(
            "{\"RoleArn\":\"%s\",\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\","
                + "\"Token\":\"%s\",\"Expiration\":\"2099-01-01T00:00:00Z\"}",
            TASK_ROLE, TASK_KEY, TASK_SECRET, TASK_TOKEN));
  }

  private void sts(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    if (!signed(sts(), headers, body)) {
      complaints.add("signature of " + headers);
      answer(exchange, 403, error("SignatureDoesNotMatch", "wrong signature"));
      return;
    }
    assumed.add(form(body));
    if (!denial.isEmpty()) {
      answer(exchange, 403, error("AccessDenied", denial));
      return;
    }
    int session = sessions.incrementAndGet();
    signers.put(
        token(session),
        AwsSessionCredentialsIdentity.create(
            "ASIADEPLOY" + (1000000000 + session), secret(session), token(session)));
    String expiration = clock.instant().plus(life).truncatedTo(ChronoUnit.SECONDS).toString();
    answer(
        exchange,
        200,
        "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>"
            + "<AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>arn:aws:sts::111111111111:"
            + "assumed-role/deploy/dtap-7</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIADEPLOY"
            + (1000000000 + session)
            + "</AccessKeyId><SecretAccessKey>"
            + secret(session)
            + "</SecretAccessKey><SessionToken>"
            + token(session)
            + "</SessionToken><Expiration>"
            + expiration
            + "</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>");
  }

  private static String error(String code, String message) {
    return "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
        .formatted(code, message);
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : body.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
    }
    return form;
  }

  private boolean signed(URI endpoint, Map<String, String> headers, String body) {
    AwsSessionCredentialsIdentity session =
        signers.get(headers.getOrDefault("x-amz-security-token", ""));
    return session == null
        ? signedByTask(endpoint, headers, body)
        : signedBy(session, endpoint, headers, body);
  }

  /** Whether the AWS SDK's own signer makes the same signature of the signed headers. */
  static boolean signedByTask(URI endpoint, Map<String, String> headers, String body) {
    return signedBy(
        AwsSessionCredentialsIdentity.create(TASK_KEY, TASK_SECRET, TASK_TOKEN),
        endpoint,
        headers,
        body);
  }

  private static boolean signedBy(
      AwsSessionCredentialsIdentity signer,
      URI endpoint,
      Map<String, String> headers,
      String body) {
    String authorization = headers.getOrDefault("authorization", "");
    String names = authorization.replaceFirst(".*SignedHeaders=([^,]*),.*", "$1");
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(endpoint);
    for (String name : names.split(";", -1)) {
      if (!MADE_BY_SIGNER.contains(name)) {
        request.putHeader(name, headers.getOrDefault(name, ""));
      }
    }
    Instant date =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC)
            .parse(headers.getOrDefault("x-amz-date", ""), Instant::from);
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(b ->
                b.identity(signer)
                    .request(request.build())
                    .payload(() -> new ByteArrayInputStream(body.getBytes(UTF_8)))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(date, ZoneOffset.UTC)));
    return signed
        .request()
        .firstMatchingHeader("Authorization")
        .orElseThrow()
        .equals(authorization);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
