package dev.deputy.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** A request that the AWS SDK's signer signed, so that tests can spoil it before it is sent. */
final class RawCall {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Set<String> BY_CLIENT = Set.of("host", "content-length");

  final Map<String, String> headers = new LinkedHashMap<>();
  String body;
  private final URI uri;

  private RawCall(URI uri, String body, Map<String, String> headers) {
    this.uri = uri;
    this.body = body;
    this.headers.putAll(headers);
  }

  /** A call of STS. */
  static RawCall sts(Sandbox sandbox, AccessKey key, Clock clock) {
    return query(sandbox, key, clock, "sts", "Action=GetCallerIdentity&Version=2011-06-15");
  }

  static RawCall query(Sandbox sandbox, AccessKey key, Clock clock, String service, String form) {
    return signed(
        sandbox.endpoint().resolve("/"),
        key,
        clock,
        service,
        form,
        Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"));
  }

  static RawCall json(
      Sandbox sandbox, AccessKey key, Clock clock, String service, String target, String body) {
    return signed(
        sandbox.endpoint().resolve("/"),
        key,
        clock,
        service,
        body,
        Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", target));
  }

  static RawCall signed(
      URI uri,
      AccessKey key,
      Clock clock,
      String service,
      String body,
      Map<String, String> headers) {
    SdkHttpRequest.Builder request = SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(uri);
    headers.forEach(request::putHeader);
    var signed =
        AwsV4HttpSigner.create()
            .sign(r ->
                r.identity(identity(key))
                    .request(request.build())
                    .payload(() -> new ByteArrayInputStream(body.getBytes(UTF_8)))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                    .putProperty(HttpSigner.SIGNING_CLOCK, clock));
    Map<String, String> result = new LinkedHashMap<>();
    signed
        .request()
        .headers()
        .forEach((name, values) -> {
          if (!BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
            result.put(name, values.getFirst());
          }
        });
    return new RawCall(uri, body, result);
  }

  private static AwsCredentialsIdentity identity(AccessKey key) {
    return key.sessionToken()
        .<AwsCredentialsIdentity>map(
            token -> AwsSessionCredentials.create(key.id(), key.secret(), token))
        .orElseGet(() -> AwsBasicCredentials.create(key.id(), key.secret()));
  }

  /** The same with something changed after it was signed. */
  RawCall spoilt(Consumer<RawCall> change) {
    var copy = new RawCall(uri, body, headers);
    change.accept(copy);
    return copy;
  }

  HttpResponse<String> send() {
    var request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
