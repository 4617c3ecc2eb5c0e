package dev.deputy.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;

/** Answers S3's REST protocol: a request whose signature is for the service s3. */
final class S3Front {
  /** What a client gets. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(int status, Map<String, String> headers, byte[] body) {}

  private final Authenticator authenticator;
  private final Dispatcher dispatcher;

  S3Front(Authenticator authenticator, Dispatcher dispatcher) {
    this.authenticator = authenticator;
    this.dispatcher = dispatcher;
  }

  Answer answer(WireRequest request, String requestId) {
    try {
      Authenticator.Sender sender = authenticator.authenticate(request);
      S3Request asked = S3Request.of(request);
      var exchange = new S3Exchange(request, S3Chunks.contentOf(request));
      var caller =
          new Caller(
              sender.identity(),
              sender.accessKeyId(),
              sender.region(),
              request.sourceAddress(),
              request.header("user-agent").orElse(""),
              Optional.empty());
      ScopedValue.where(S3Exchange.CURRENT, exchange)
          .run(() ->
              dispatcher.invoke(
                  caller, "s3", asked.action(), asked.parameters(request), requestId));
      return new Answer(exchange.status(), exchange.headers(), exchange.body());
    } catch (AwsException refusal) {
      return refusal(refusal, request, requestId);
    }
  }

  /** The answer to HEAD has no body, also when it is a refusal. */
  private static Answer refusal(AwsException refusal, WireRequest request, String requestId) {
    byte[] body =
        request.method().equals("HEAD")
            ? new byte[0]
            : S3Xml.refusal(refusal, requestId).toString().getBytes(UTF_8);
    return new Answer(refusal.status(), Map.of("content-type", "application/xml"), body);
  }
}
