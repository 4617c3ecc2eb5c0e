package dev.deputy.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP request as it came over the wire.
 *
 * @param path still encoded
 * @param query still encoded; empty when there is none
 * @param headers names in lower case, in the order in which they came
 */
@SuppressWarnings("ArrayRecordComponent") // requests are never compared
record WireRequest(
    String method,
    String path,
    String query,
    List<Header> headers,
    byte[] body,
    String sourceAddress) {
  /** One header line. */
  record Header(String name, String value) {
    Header {
      name = name.toLowerCase(Locale.ROOT);
    }
  }

  WireRequest {
    headers = List.copyOf(headers);
  }

  /** The value of a header that must not come twice; a repeated one counts as absent. */
  Optional<String> header(String name) {
    List<String> values = values(name);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  List<String> values(String name) {
    return headers.stream().filter(h -> h.name().equals(name)).map(Header::value).toList();
  }

  /** Whether its signature is for S3, which has a protocol of its own. */
  boolean isS3() {
    return isS3(headers);
  }

  static boolean isS3(List<Header> headers) {
    return headers.stream()
        .anyMatch(h -> h.name().equals("authorization") && h.value().contains("/s3/aws4_request"));
  }

  /** The protocol in which the sender wants to be answered. */
  Protocol protocol() {
    boolean json =
        !values("x-amz-target").isEmpty()
            || header("content-type").orElse("").startsWith("application/x-amz-json");
    return json ? Protocol.JSON : Protocol.QUERY;
  }
}
