package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
  private static final String ACCOUNT = "111111111111";
  private static final String SSM = "AmazonSSM.DescribeParameters";

  private final SettableClock clock = new SettableClock();
  private Sandbox sandbox;
  private AccessKey root;

  @BeforeEach
  void start() {
    sandbox = Sandbox.builder().clock(clock).start();
    root = sandbox.rootKey(ACCOUNT);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private RawCall sts() {
    return RawCall.sts(sandbox, root, clock);
  }

  private RawCall ssm() {
    return RawCall.json(sandbox, root, clock, "ssm", SSM, "{}");
  }

  private static void refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
    String type = answer.headers().firstValue("content-type").orElse("");
    if (type.equals("text/xml")) {
      assertThat(answer.body()).contains("<Code>" + code + "</Code>");
    } else {
      assertThat(type).isEqualTo("application/x-amz-json-1.1");
      assertThat(answer.body()).contains("\"__type\":\"" + code + "\"");
    }
    assertThat(answer.body()).doesNotContain(ACCOUNT);
  }

  /** Spoils a request to either protocol. */
  private void bothRefused(
      Consumer<RawCall> change, int queryStatus, String queryCode, String jsonCode) {
    refused(sts().spoilt(change).send(), queryStatus, queryCode);
    refused(ssm().spoilt(change).send(), 400, jsonCode);
  }

  @Test
  void rightlySignedRequestsAreAnswered() {
    assertThat(sts().send().body()).contains("<Account>111111111111</Account>");
    assertThat(ssm().send().body()).isEqualTo("{\"Parameters\":[]}");
  }

  @Test
  void tamperedSignatureIsRefused() {
    bothRefused(
        call ->
            call.headers.compute(
                "Authorization",
                (_, value) -> {
                  String text = String.valueOf(value);
                  char last = text.charAt(text.length() - 1);
                  return text.substring(0, text.length() - 1) + (last == '0' ? '1' : '0');
                }),
        403,
        "SignatureDoesNotMatch",
        "InvalidSignatureException");
  }

  @Test
  void changedBodyIsRefused() {
    bothRefused(
        call -> call.body += " ", 403, "SignatureDoesNotMatch", "InvalidSignatureException");
  }

  @Test
  void bodyThatDoesNotMatchItsDeclaredHashIsRefused() {
    bothRefused(
        call -> call.headers.put("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"),
        403,
        "SignatureDoesNotMatch",
        "InvalidSignatureException");
  }

  @Test
  void changedSignedHeaderIsRefused() {
    bothRefused(
        call -> call.headers.put("Content-Type", call.headers.get("Content-Type") + ";x"),
        403,
        "SignatureDoesNotMatch",
        "InvalidSignatureException");
  }

  @Test
  void addedAmazonHeaderIsRefusedUnlessSigned() {
    bothRefused(
        call -> call.headers.put("X-Amz-Meta", "1"),
        403,
        "SignatureDoesNotMatch",
        "InvalidSignatureException");
  }

  @Test
  void missingAuthorizationIsRefused() {
    bothRefused(
        call -> call.headers.remove("Authorization"),
        403,
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException");
  }

  @Test
  void missingDateIsRefused() {
    bothRefused(
        call -> call.headers.remove("X-Amz-Date"),
        400,
        "IncompleteSignature",
        "IncompleteSignatureException");
  }

  @Test
  void missingSignedHeaderIsRefused() {
    bothRefused(
        call -> call.headers.remove("Content-Type"),
        403,
        "SignatureDoesNotMatch",
        "InvalidSignatureException");
  }

  @Test
  void unsignedHostIsRefused() {
    bothRefused(
        call ->
            call.headers.compute(
                "Authorization", (_, value) -> String.valueOf(value).replace("host;", "")),
        403,
        "SignatureDoesNotMatch",
        "InvalidSignatureException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer abc",
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request",
        "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=0",
        "AWS4-HMAC-SHA256 nonsense, Credential=a/b/c/d/aws4_request",
        "AWS4-HMAC-SHA256 Credential=x, Credential=y, SignedHeaders=host, Signature=0",
        "AWS4-ECDSA-P256-SHA256 Credential=a/b/c/d, SignedHeaders=host, Signature=0",
        ", , ,"
      })
  void malformedAuthorizationIsRefused(String authorization) {
    bothRefused(
        call -> call.headers.put("Authorization", authorization),
        400,
        "IncompleteSignature",
        "IncompleteSignatureException");
  }

  @Test
  void replayAfterFifteenMinutesIsRefused() {
    RawCall sts = sts();
    RawCall ssm = ssm();
    clock.advance(Duration.ofMinutes(14));
    assertThat(sts.send().statusCode()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(1).plusSeconds(1));
    HttpResponse<String> answer = sts.send();
    refused(answer, 403, "SignatureDoesNotMatch");
    assertThat(answer.body()).contains("Signature expired:").contains("- 15 min.)");
    refused(ssm.send(), 400, "InvalidSignatureException");
  }

  @Test
  void requestFromTheFutureIsRefused() {
    RawCall later = sts();
    clock.advance(Duration.ofMinutes(-16));
    HttpResponse<String> answer = later.send();
    refused(answer, 403, "SignatureDoesNotMatch");
    assertThat(answer.body()).contains("Signature not yet current:");
  }

  @Test
  void unknownKeyIsRefused() {
    root = new AccessKey("AKIAXXXXXXXXXXXXXXXX", root.secret(), Optional.empty());
    refused(sts().send(), 403, "InvalidClientTokenId");
    refused(ssm().send(), 400, "UnrecognizedClientException");
  }

  @Test
  void rightKeyWithAnotherSecretIsRefused() {
    root = new AccessKey(root.id(), "guess", Optional.empty());
    refused(sts().send(), 403, "SignatureDoesNotMatch");
  }

  @Test
  void longLivedKeyWithATokenIsRefused() {
    root = new AccessKey(root.id(), root.secret(), Optional.of("token"));
    refused(sts().send(), 403, "InvalidClientTokenId");
  }

  @Test
  void sessionKeyNeedsItsOwnToken() {
    AccessKey session = session();
    assertThat(RawCall.sts(sandbox, session, clock).send().statusCode()).isEqualTo(200);
    for (Optional<String> token : List.of(Optional.<String>empty(), Optional.of("other"))) {
      var wrong = new AccessKey(session.id(), session.secret(), token);
      refused(RawCall.sts(sandbox, wrong, clock).send(), 403, "InvalidClientTokenId");
    }
  }

  @Test
  void expiredSessionIsRefused() {
    AccessKey session = session();
    clock.advance(Duration.ofMinutes(60).minusSeconds(10));
    assertThat(RawCall.sts(sandbox, session, clock).send().statusCode()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(10));
    refused(RawCall.sts(sandbox, session, clock).send(), 403, "ExpiredToken");
    refused(
        RawCall.json(sandbox, session, clock, "ssm", SSM, "{}").send(),
        400,
        "ExpiredTokenException");
  }

  @Test
  void keyMadeForTryingOutExpiryIsRefusedAsExpired() {
    refused(RawCall.sts(sandbox, sandbox.expiredKey(ACCOUNT), clock).send(), 403, "ExpiredToken");
  }

  @Test
  void sessionOfADeletedRoleIsRefused() {
    AccessKey session = session();
    Clients.root(sandbox, ACCOUNT).iam().deleteRole(r -> r.roleName("role"));
    refused(RawCall.sts(sandbox, session, clock).send(), 403, "InvalidClientTokenId");
  }

  @Test
  void signatureForAnotherServiceIsRefused() {
    refused(
        RawCall.json(sandbox, root, clock, "sts", SSM, "{}").send(),
        400,
        "InvalidSignatureException");
    refused(
        RawCall.query(sandbox, root, clock, "iam", "Action=GetCallerIdentity&Version=2011-06-15")
            .send(),
        400,
        "InvalidAction");
  }

  private AccessKey session() {
    Clients clients = Clients.root(sandbox, ACCOUNT);
    String arn = Roles.create(clients, "role", Roles.trusting(ACCOUNT));
    var credentials =
        clients.sts().assumeRole(r -> r.roleArn(arn).roleSessionName("me")).credentials();
    return new AccessKey(
        credentials.accessKeyId(),
        credentials.secretAccessKey(),
        Optional.of(credentials.sessionToken()));
  }
}
