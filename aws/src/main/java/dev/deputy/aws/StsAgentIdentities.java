package dev.deputy.aws;

import dev.deputy.core.AgentIdentities;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Sends an agent's signed GetCallerIdentity to STS. Address, method, path and body are ours; of
 * what the agent sent only the headers of its signature go along. Redirects are not followed.
 */
public final class StsAgentIdentities implements AgentIdentities, AutoCloseable {
  private static final String BODY = "Action=GetCallerIdentity&Version=2011-06-15";

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int LONGEST_ANSWER = 64 * 1024;

  /** The only headers that are passed on; the client itself writes Host and Content-Length. */
  private static final Set<String> PASSED_ON =
      Set.of(
          "authorization",
          "content-type",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-content-sha256",
          "x-deputy-server-id",
          "x-deputy-nonce",
          "x-deputy-public-key");

  private static final Set<String> WANTED = Set.of("Account", "Arn", "UserId", "Code");

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final URI sts;

  public StsAgentIdentities(AwsConnection connection) {
    this.sts = connection.sts().resolve("/");
  }

  @Override
  public Answer callerIdentity(Map<String, String> headers) {
    HttpRequest request;
    try {
      request = request(headers);
    } catch (IllegalArgumentException _) {
      return new Answer.Refused("a header of the signature is malformed");
    }
    // The request's own timeout ends with the headers of the answer: this one bounds the body too.
    CompletableFuture<HttpResponse<byte[]>> asked =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
    try {
      HttpResponse<byte[]> response = asked.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      return answer(response.statusCode(), response.body());
    } catch (ExecutionException e) {
      return unreachable(String.valueOf(e.getCause()));
    } catch (TimeoutException _) {
      asked.cancel(true);
      return unreachable("no whole answer in " + TIMEOUT.toSeconds() + " s");
    } catch (InterruptedException _) {
      asked.cancel(true);
      Thread.currentThread().interrupt();
      return new Answer.Unavailable("interrupted");
    }
  }

  private Answer unreachable(String reason) {
    return new Answer.Unavailable("STS at " + sts.getHost() + " can not be reached: " + reason);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest request(Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(sts).POST(BodyPublishers.ofString(BODY));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (PASSED_ON.contains(header.getKey())) {
        request.header(header.getKey(), header.getValue());
      }
    }
    return request.build();
  }

  private static Answer answer(int status, byte[] body) {
    if (status >= 500 || status == 429) {
      return new Answer.Unavailable("STS answered " + status);
    }
    Map<String, String> found = elements(body);
    if (status != 200) {
      String code = found.getOrDefault("Code", "");
      return EcsFailures.isThrottle(code)
          ? new Answer.Unavailable("STS answered " + status + " " + code)
          : new Answer.Refused("STS answered " + status);
    }
    String account = found.get("Account");
    String arn = found.get("Arn");
    String userId = found.get("UserId");
    return account == null || arn == null || userId == null
        ? new Answer.Refused("STS answered without account, ARN and user id")
        : new Answer.Proven(account, arn, userId);
  }

  /** The text of the elements that matter; none where it is no XML. */
  private static Map<String, String> elements(byte[] document) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    Map<String, String> found = new HashMap<>();
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(document));
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT && WANTED.contains(xml.getLocalName())) {
          String name = xml.getLocalName();
          found.put(name, xml.getElementText());
        }
      }
    } catch (XMLStreamException _) {
      return Map.of();
    }
    return found;
  }
}
