package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.deputy.protocol.ControllerMessage.Challenge;
import dev.deputy.protocol.ControllerMessage.CredentialGrant;
import dev.deputy.protocol.IdentityProof;
import dev.deputy.protocol.StepIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** The requests of AWS's Security Token Service that an agent signs. */
final class Sts {
  private static final String VERSION = "2011-06-15";
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final HttpClient http;
  private final URI endpoint;
  private final RequestSigner signer;
  private final InstantSource clock;

  Sts(HttpClient http, URI endpoint, String region, InstantSource clock) {
    this.http = http;
    this.endpoint = endpoint;
    this.signer = new RequestSigner(region);
    this.clock = clock;
  }

  /** The headers of {@link IdentityProof}'s request, which is signed here and sent by others. */
  Map<String, String> identityProof(
      AwsCredentials credentials, Challenge challenge, String publicKey) {
    Map<String, String> headers =
        Map.of(
            "content-type",
            IdentityProof.CONTENT_TYPE,
            IdentityProof.SERVER_HEADER,
            challenge.serverId(),
            IdentityProof.NONCE_HEADER,
            challenge.nonce(),
            IdentityProof.KEY_HEADER,
            publicKey);
    return signer.sign(endpoint, headers, IdentityProof.BODY, credentials, clock.instant());
  }

  /**
   * Assumes the role of a grant.
   *
   * @throws CredentialsException with STS's code and message
   */
  AwsCredentials assumeRole(AwsCredentials credentials, CredentialGrant grant)
      throws InterruptedException {
    return assume(credentials, parameters(grant));
  }

  /**
   * Assumes a role that a pipeline names.
   *
   * @param duration how long the session shall live
   * @throws CredentialsException with STS's code and message
   */
  AwsCredentials assumeRole(AwsCredentials credentials, StepIdentity.Role role, Duration duration)
      throws InterruptedException {
    Map<String, String> parameters = parameters(role.arn(), role.sessionName(), duration);
    role.externalId().ifPresent(value -> parameters.put("ExternalId", value));
    role.policy().ifPresent(value -> parameters.put("Policy", value));
    return assume(credentials, parameters);
  }

  private AwsCredentials assume(AwsCredentials credentials, Map<String, String> parameters)
      throws InterruptedException {
    String body = form(parameters);
    SortedMap<String, String> headers =
        signer.sign(
            endpoint,
            Map.of("content-type", IdentityProof.CONTENT_TYPE),
            body,
            credentials,
            clock.instant());
    headers.remove("host");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint).timeout(TIMEOUT).POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      HttpResponse<String> response = Requests.send(http, request.build());
      Map<String, String> answer = StsAnswer.parse(response.body());
      if (response.statusCode() != 200) {
        throw new CredentialsException(
            answer.getOrDefault("Code", "HTTP " + response.statusCode())
                + ": "
                + answer.getOrDefault("Message", "no message"));
      }
      return issued(answer);
    } catch (IOException e) {
      throw new CredentialsException("STS at " + endpoint.getAuthority() + " did not answer", e);
    }
  }

  private static Map<String, String> parameters(CredentialGrant grant) {
    Map<String, String> parameters =
        parameters(grant.deployRoleArn(), grant.sessionName(), grant.duration());
    grant.sourceIdentity().ifPresent(value -> parameters.put("SourceIdentity", value));
    grant.externalId().ifPresent(value -> parameters.put("ExternalId", value));
    int number = 0;
    for (Map.Entry<String, String> tag : grant.tags().entrySet()) {
      number++;
      parameters.put("Tags.member." + number + ".Key", tag.getKey());
      parameters.put("Tags.member." + number + ".Value", tag.getValue());
    }
    return parameters;
  }

  private static Map<String, String> parameters(String role, String session, Duration duration) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("Action", "AssumeRole");
    parameters.put("Version", VERSION);
    parameters.put("RoleArn", role);
    parameters.put("RoleSessionName", session);
    parameters.put("DurationSeconds", Long.toString(duration.toSeconds()));
    return parameters;
  }

  private static String form(Map<String, String> parameters) {
    StringBuilder form = new StringBuilder();
    parameters.forEach((name, value) ->
        form.append(form.isEmpty() ? "" : "&")
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, UTF_8)));
    return form.toString();
  }

  private static AwsCredentials issued(Map<String, String> answer) {
    try {
      return new AwsCredentials(
          required(answer, "AccessKeyId"),
          required(answer, "SecretAccessKey"),
          required(answer, "SessionToken"),
          Instant.parse(required(answer, "Expiration")),
          required(answer, "Arn"));
    } catch (DateTimeParseException e) {
      throw new CredentialsException("STS gave an expiration that is no instant", e);
    }
  }

  private static String required(Map<String, String> answer, String name) {
    String value = answer.get(name);
    if (value == null) {
      throw new CredentialsException("STS gave no " + name);
    }
    return value;
  }
}
