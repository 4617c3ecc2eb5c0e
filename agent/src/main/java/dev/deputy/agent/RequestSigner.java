package dev.deputy.agent;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signs the one form of request that an agent sends to STS: a form posted to the endpoint's root
 * (AWS Signature Version 4, all headers signed).
 */
final class RequestSigner {
  private final String region;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  RequestSigner(String region) {
    this.region = region;
  }

  /**
   * All headers of the request, by lower-case name, in order, with {@code host} and {@code
   * authorization}.
   *
   * @param headers by lower-case name; signed as they are
   */
  SortedMap<String, String> sign(
      URI endpoint,
      Map<String, String> headers,
      String body,
      AwsCredentials credentials,
      Instant now) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .protocol(endpoint.getScheme())
            .host(endpoint.getHost())
            .port(endpoint.getPort() < 0 ? null : endpoint.getPort())
            .encodedPath("/");
    headers.forEach(request::putHeader);
    SdkHttpRequest complete = request.build();
    AwsCredentialsIdentity identity = identity(credentials);
    SignedRequest signed =
        signer.sign(r ->
            r.identity(identity)
                .request(complete)
                .payload(ContentStreamProvider.fromUtf8String(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)));
    SortedMap<String, String> all = new TreeMap<>();
    signed
        .request()
        .forEachHeader(
            (name, values) -> all.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    return all;
  }

  /** With a session's token where there is one. */
  private static AwsCredentialsIdentity identity(AwsCredentials credentials) {
    String id = credentials.accessKeyId();
    String secret = credentials.secretAccessKey();
    return credentials.sessionToken().isEmpty()
        ? AwsCredentialsIdentity.create(id, secret)
        : AwsSessionCredentialsIdentity.create(id, secret, credentials.sessionToken());
  }
}
