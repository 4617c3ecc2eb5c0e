package dev.deputy.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * The content of a request that was sent in chunks ({@code aws-chunked}) with a checksum behind it.
 * Chunk signatures are not verified: that the headers are the sender's is.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record S3Chunks(byte[] content, Map<String, String> trailers) {
  private static final String STREAMING = "STREAMING-";

  /**
   * A request's content as the sender meant it.
   *
   * @throws AwsException when it is not what its headers or its checksum say
   */
  static byte[] contentOf(WireRequest request) {
    String payload = request.header("x-amz-content-sha256").orElse("");
    if (!payload.startsWith(STREAMING)) {
      verify(request.body(), checksums(request));
      return request.body();
    }
    S3Chunks chunks = decode(request.body());
    String length = request.header("x-amz-decoded-content-length").orElse("");
    if (!length.equals(Integer.toString(chunks.content.length))) {
      throw AwsException.of(
          "IncompleteBody",
          "You did not provide the number of bytes specified by the x-amz-decoded-content-length"
              + " HTTP header");
    }
    verify(chunks.content, chunks.trailers);
    return chunks.content;
  }

  private static Map<String, String> checksums(WireRequest request) {
    Map<String, String> checksums = new LinkedHashMap<>();
    request.headers().forEach(header -> checksums.put(header.name(), header.value()));
    return checksums;
  }

  private static void verify(byte[] content, Map<String, String> said) {
    verify(content, said.get("x-amz-checksum-crc32"), new CRC32());
    verify(content, said.get("x-amz-checksum-crc32c"), new CRC32C());
  }

  private static void verify(
      byte[] content, @org.jspecify.annotations.Nullable String said, Checksum checksum) {
    checksum.update(content);
    byte[] value = ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
    if (said != null && !said.equals(Base64.getEncoder().encodeToString(value))) {
      throw AwsException.of(
          "BadDigest", "The CRC you specified did not match the calculated checksum.");
    }
  }

  /** Reads chunk after chunk, and the headers behind the last one. */
  static S3Chunks decode(byte[] body) {
    var content = new ByteArrayOutputStream(body.length);
    int at = 0;
    while (true) {
      int end = lineEnd(body, at);
      String line = new String(body, at, end - at, ISO_8859_1);
      int length = length(line.split(";", 2)[0]);
      at = end + 2;
      if (length == 0) {
        return new S3Chunks(content.toByteArray(), trailers(body, at));
      }
      if (at + length + 2 > body.length) {
        throw malformed();
      }
      content.write(body, at, length);
      at += length + 2;
    }
  }

  private static int length(String hexadecimal) {
    try {
      return Integer.parseUnsignedInt(hexadecimal.strip(), 16);
    } catch (NumberFormatException _) {
      throw malformed();
    }
  }

  private static Map<String, String> trailers(byte[] body, int from) {
    Map<String, String> trailers = new LinkedHashMap<>();
    String rest = new String(body, from, Math.max(0, body.length - from), ISO_8859_1);
    for (String line : rest.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        trailers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    return trailers;
  }

  private static int lineEnd(byte[] body, int from) {
    for (int i = from; i + 1 < body.length; i++) {
      if (body[i] == '\r' && body[i + 1] == '\n') {
        return i;
      }
    }
    throw malformed();
  }

  private static AwsException malformed() {
    return AwsException.of("IncompleteBody", "The request body terminated unexpectedly");
  }
}
