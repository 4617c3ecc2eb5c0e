package dev.deputy.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The canonical form of a request that Signature Version 4 signs. Pure. */
final class CanonicalRequest {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  private static final HexFormat UPPER = HexFormat.of().withUpperCase();

  private CanonicalRequest() {}

  /** The canonical request, whose SHA-256 the string to sign holds. */
  static String of(WireRequest request, List<String> signedHeaders) {
    String headers =
        signedHeaders.stream()
            .map(name -> name + ":" + headerValue(request.values(name)) + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        request.method(),
        request.isS3() ? plainPath(request.path()) : path(request.path()),
        query(request.query()),
        headers,
        String.join(";", signedHeaders),
        payload(request));
  }

  /** S3's content may be unsigned or signed chunk by chunk, which its header then says. */
  private static String payload(WireRequest request) {
    String said = request.header("x-amz-content-sha256").orElse("");
    return request.isS3() && isNoHash(said) ? said : sha256(request.body());
  }

  /** Whether an S3 request says something else about its content than its hash. */
  static boolean isNoHash(String said) {
    return said.equals("UNSIGNED-PAYLOAD") || said.startsWith("STREAMING-");
  }

  /** Keys stand for themselves: nothing is removed, and what is encoded is not encoded again. */
  private static String plainPath(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(segment -> encode(decode(segment)))
        .collect(Collectors.joining("/"));
  }

  /** Dot segments and doubled slashes removed, then every segment encoded once more. */
  static String path(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> segments.pollLast();
        default -> segments.add(segment);
      }
    }
    String normal =
        segments.stream()
            .map(s -> encode(s.getBytes(StandardCharsets.UTF_8)))
            .collect(Collectors.joining("/", "/", ""));
    boolean folder = path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..");
    return folder && normal.length() > 1 ? normal + "/" : normal;
  }

  /** Parameters sorted by encoded name and then by encoded value. */
  static String query(String query) {
    record Parameter(String name, String value) {}
    List<Parameter> parameters = new ArrayList<>();
    for (String part : query.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        parameters.add(new Parameter(encode(decode(name)), encode(decode(value))));
      }
    }
    parameters.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
    return parameters.stream()
        .map(p -> p.name() + "=" + p.value())
        .collect(Collectors.joining("&"));
  }

  /** Trimmed, runs of blanks made one, the values of a repeated header joined by commas. */
  static String headerValue(List<String> values) {
    return values.stream()
        .map(value -> value.strip().replaceAll("[ \t]+", " "))
        .collect(Collectors.joining(","));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }

  private static String encode(byte[] bytes) {
    var encoded = new StringBuilder();
    for (byte b : bytes) {
      if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(UPPER.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  /**
   * Percent-decoded bytes; a percent sign without two digits stands for itself, and so does a plus.
   */
  private static byte[] decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%'
          && i + 2 < bytes.length
          && HexFormat.isHexDigit(bytes[i + 1])
          && HexFormat.isHexDigit(bytes[i + 2])) {
        decoded.write(
            HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2]));
        i += 2;
      } else {
        decoded.write(bytes[i]);
      }
    }
    return decoded.toByteArray();
  }
}
