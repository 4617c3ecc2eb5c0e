package dev.deputy.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What of an S3 call is neither parameter nor answer: its headers and the bytes on their way in and
 * out. Confined to the handling thread, for which it is bound during the call.
 */
final class S3Exchange {
  /** The exchange of the call that this thread handles. */
  static final ScopedValue<S3Exchange> CURRENT = ScopedValue.newInstance();

  private final WireRequest request;
  private final byte[] content;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private byte[] body = {};
  private int status = 200;

  S3Exchange(WireRequest request, byte[] content) {
    this.request = request;
    this.content = content;
  }

  /** The request's content, as the sender meant it. */
  byte[] content() {
    return content;
  }

  Optional<String> header(String name) {
    return request.header(name);
  }

  /** Request headers whose name begins so. */
  Map<String, String> headersOf(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    request.headers().stream()
        .filter(header -> header.name().startsWith(prefix))
        .forEach(header -> found.put(header.name(), header.value()));
    return found;
  }

  void answer(String name, String value) {
    headers.put(name, value);
  }

  void answer(byte[] bytes) {
    body = bytes;
  }

  /** Answers with a document. */
  void answer(S3Xml document) {
    headers.put("content-type", "application/xml");
    body = document.toString().getBytes(UTF_8);
  }

  void answerNothing() {
    status = 204;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  int status() {
    return status;
  }
}
