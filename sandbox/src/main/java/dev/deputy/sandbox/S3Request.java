package dev.deputy.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request of S3's REST protocol: bucket and key are in the path, or the bucket is in the host.
 *
 * @param query decoded parameters
 */
record S3Request(String method, String bucket, String key, Map<String, String> query) {
  private static final Pattern HOST =
      Pattern.compile("(.+)\\.(?:s3[.-][^:]*amazonaws\\.com|localhost)(?::[0-9]+)?");

  /** What takes part in a call without being a parameter of it. */
  private static final Set<String> TRANSPORT =
      Set.of(
          "x-amz-date",
          "x-amz-content-sha256",
          "x-amz-security-token",
          "x-amz-decoded-content-length",
          "x-amz-trailer",
          "x-amz-te",
          "x-amz-user-agent",
          "x-amz-sdk-checksum-algorithm",
          "x-amz-checksum-mode",
          "x-amz-checksum-algorithm",
          "x-amz-checksum-type",
          "x-amz-checksum-crc32",
          "x-amz-checksum-crc32c",
          "x-amz-acl",
          "x-amz-tagging",
          "x-amz-copy-source",
          "x-amz-metadata-directive",
          "x-amz-website-redirect-location",
          "x-amz-server-side-encryption",
          "x-amz-server-side-encryption-aws-kms-key-id");

  static S3Request of(WireRequest wire) {
    String path = decode(wire.path());
    Matcher host = HOST.matcher(wire.header("host").orElse(""));
    Map<String, String> query = query(wire.query());
    requireKnown(wire);
    if (host.matches()) {
      return new S3Request(wire.method(), host.group(1), path.substring(1), query);
    }
    int slash = path.indexOf('/', 1);
    return slash < 0
        ? new S3Request(wire.method(), path.substring(1), "", query)
        : new S3Request(wire.method(), path.substring(1, slash), path.substring(slash + 1), query);
  }

  private static void requireKnown(WireRequest wire) {
    for (WireRequest.Header header : wire.headers()) {
      String name = header.name();
      if (name.startsWith("x-amz-")
          && !name.startsWith("x-amz-meta-")
          && !TRANSPORT.contains(name)) {
        throw new AwsException(
            "NotImplemented",
            501,
            "A header you provided implies functionality that is not implemented: " + name);
      }
    }
  }

  /** The action that it asks for. */
  String action() {
    if (bucket.isEmpty()) {
      return method.equals("GET") ? "ListBuckets" : unknown();
    }
    return key.isEmpty() ? bucketAction() : objectAction();
  }

  private String bucketAction() {
    return switch (method) {
      case "PUT" -> "CreateBucket";
      case "HEAD" -> "HeadBucket";
      case "DELETE" -> "DeleteBucket";
      case "POST" -> query.containsKey("delete") ? "DeleteObjects" : unknown();
      case "GET" -> {
        if (query.containsKey("location")) {
          yield "GetBucketLocation";
        }
        yield "2".equals(query.get("list-type")) ? "ListObjectsV2" : unknown();
      }
      default -> unknown();
    };
  }

  private String objectAction() {
    boolean upload = query.containsKey("uploadId");
    return switch (method) {
      case "PUT" -> upload ? "UploadPart" : "PutObject";
      case "HEAD" -> "HeadObject";
      case "GET" -> query.containsKey("tagging") ? "GetObjectTagging" : "GetObject";
      case "DELETE" -> upload ? "AbortMultipartUpload" : "DeleteObject";
      case "POST" -> {
        if (query.containsKey("uploads")) {
          yield "CreateMultipartUpload";
        }
        yield upload ? "CompleteMultipartUpload" : unknown();
      }
      default -> unknown();
    };
  }

  private String unknown() {
    throw new AwsException(
        "NotImplemented", 501, "The sandbox does not know " + method + " " + query.keySet() + ".");
  }

  /** What the action's shape is held against. */
  ObjectNode parameters(WireRequest wire) {
    ObjectNode parameters = Call.object();
    if (!bucket.isEmpty()) {
      parameters.put("Bucket", bucket);
    }
    if (!key.isEmpty()) {
      parameters.put("Key", key);
    }
    query.forEach((name, value) -> {
      Optional<String> parameter = S3Service.parameter(name);
      parameter.ifPresent(known -> parameters.put(known, value));
    });
    wire.header("x-amz-acl").ifPresent(acl -> parameters.put("ACL", acl));
    wire.header("x-amz-tagging").ifPresent(tags -> parameters.put("Tagging", tags));
    wire.header("x-amz-copy-source").ifPresent(s -> parameters.put("CopySource", decode(s)));
    return parameters;
  }

  /** Parameters of a query or of the header for tags. */
  static Map<String, String> query(String text) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String part : text.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        query.put(
            URLDecoder.decode(name, UTF_8),
            equals < 0 ? "" : URLDecoder.decode(part.substring(equals + 1), UTF_8));
      }
    }
    return query;
  }

  /** A plus in a path is a plus. */
  private static String decode(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
  }
}
