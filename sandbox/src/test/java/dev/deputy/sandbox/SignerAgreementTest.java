package dev.deputy.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * Paths, queries, headers and bodies by chance, from fixed seeds: ours is the AWS SDK's signature.
 */
class SignerAgreementTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String[] ENCODED = {"%20", "%2F", "%E1%88%B4", "%2B", "%25", "%2a"};

  @RepeatedTest(300)
  void signatureIsTheSdks(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    String body = random.nextBoolean() ? "" : "Action=" + random.nextLong() + "é";
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(r ->
                r.identity(AwsBasicCredentials.create("AKIDEXAMPLE", SECRET))
                    .request(request(random))
                    .payload(() -> new ByteArrayInputStream(body.getBytes(UTF_8)))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1"))
            .request();
    WireRequest wire = wire(signed, body);
    Authorization authorization = Authorization.parse(wire.header("authorization").orElseThrow());
    Instant time =
        LocalDateTime.parse(wire.header("x-amz-date").orElseThrow(), Signature.TIME)
            .toInstant(ZoneOffset.UTC);

    assertThat(Signature.of(wire, authorization, time, SECRET))
        .as("%s?%s", wire.path(), wire.query())
        .isEqualTo(authorization.signature());
  }

  private static SdkHttpRequest request(Random random) {
    StringBuilder uri = new StringBuilder("http://127.0.0.1:4566/");
    uri.append(text(random, "abcXYZ019-._~/", 16));
    String separator = "?";
    for (int i = random.nextInt(5); i > 0; i--) {
      uri.append(separator).append('p').append(random.nextInt(3)).append('=');
      uri.append(text(random, "aZ9-._~", 6));
      separator = "&";
    }
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(random.nextBoolean() ? SdkHttpMethod.POST : SdkHttpMethod.GET)
            .uri(URI.create(uri.toString()));
    for (int i = random.nextInt(4); i > 0; i--) {
      request.appendHeader(
          "X-Amz-Meta-" + random.nextInt(3), " a  b " + random.nextInt(99) + " ;c,d ");
    }
    return request.build();
  }

  private static WireRequest wire(SdkHttpRequest request, String body) {
    List<WireRequest.Header> headers = new ArrayList<>();
    request.forEachHeader((name, values) ->
        values.forEach(value -> headers.add(new WireRequest.Header(name, value))));
    return new WireRequest(
        request.method().name(),
        request.encodedPath(),
        request.encodedQueryParameters().orElse(""),
        headers,
        body.getBytes(UTF_8),
        "127.0.0.1");
  }

  private static String text(Random random, String letters, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(length); i > 0; i--) {
      text.append(
          random.nextInt(6) == 0
              ? ENCODED[random.nextInt(ENCODED.length)]
              : String.valueOf(letters.charAt(random.nextInt(letters.length()))));
    }
    return text.toString();
  }
}
