package dev.deputy.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Objects: stored, read, listed, deleted. Thread-safe. */
final class S3Objects {
  private static final int PAGE = 1000;
  private static final DateTimeFormatter HTTP_TIME =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  /** What goes with an object as it came. */
  private static final List<String> KEPT =
      List.of(
          "content-type",
          "cache-control",
          "content-disposition",
          "x-amz-website-redirect-location",
          "x-amz-server-side-encryption",
          "x-amz-server-side-encryption-aws-kms-key-id");

  private final S3Buckets buckets;

  S3Objects(S3Buckets buckets) {
    this.buckets = buckets;
  }

  /** The headers that an object has from now on. */
  static Map<String, String> kept(S3Exchange exchange) {
    Map<String, String> headers = new LinkedHashMap<>(exchange.headersOf("x-amz-meta-"));
    KEPT.forEach(name -> exchange.header(name).ifPresent(value -> headers.put(name, value)));
    exchange
        .header("content-encoding")
        .map(value -> value.replaceFirst(",? ?aws-chunked,? ?", ""))
        .filter(value -> !value.isEmpty())
        .ifPresent(value -> headers.put("content-encoding", value));
    headers.putIfAbsent("content-type", "binary/octet-stream");
    headers.putIfAbsent("x-amz-server-side-encryption", "AES256");
    return headers;
  }

  static Map<String, String> tagsOf(Call call) {
    return S3Request.query(call.parameters().text("Tagging", ""));
  }

  ObjectNode put(Call call) {
    S3Bucket bucket = buckets.of(call);
    S3Exchange exchange = S3Exchange.CURRENT.get();
    Optional<String> source = call.parameters().optionalText("CopySource");
    S3Bucket.Stored stored =
        source.isPresent()
            ? copy(call, source.get())
            : new S3Bucket.Stored(
                exchange.content(),
                md5(exchange.content()),
                call.time(),
                kept(exchange),
                tagsOf(call));
    bucket.objects().put(call.parameters().text("Key"), stored);
    if (source.isPresent()) {
      exchange.answer(
          S3Xml.of("CopyObjectResult")
              .text("ETag", quoted(stored))
              .text("LastModified", Times.iso(stored.changed())));
    } else {
      exchange.answer("etag", quoted(stored));
    }
    return Call.object();
  }

  private S3Bucket.Stored copy(Call call, String source) {
    String path = source.startsWith("/") ? source.substring(1) : source;
    int slash = path.indexOf('/');
    if (slash < 1) {
      throw call.api().invalid("Copy Source must mention the source bucket and key");
    }
    S3Bucket bucket = buckets.named(call, path.substring(0, slash));
    S3Bucket.Stored from = existing(bucket, path.substring(slash + 1));
    return new S3Bucket.Stored(
        from.content(), from.tag(), call.time(), from.headers(), from.tags());
  }

  private static S3Bucket.Stored existing(S3Bucket bucket, String key) {
    S3Bucket.Stored stored = bucket.objects().get(key);
    if (stored == null) {
      throw new AwsException("NoSuchKey", 404, "The specified key does not exist.");
    }
    return stored;
  }

  ObjectNode head(Call call) {
    answer(existing(buckets.of(call), call.parameters().text("Key")));
    return Call.object();
  }

  ObjectNode get(Call call) {
    S3Bucket.Stored stored = existing(buckets.of(call), call.parameters().text("Key"));
    answer(stored);
    S3Exchange.CURRENT.get().answer(stored.content());
    return Call.object();
  }

  private static void answer(S3Bucket.Stored stored) {
    S3Exchange exchange = S3Exchange.CURRENT.get();
    stored.headers().forEach(exchange::answer);
    exchange.answer("etag", quoted(stored));
    exchange.answer("last-modified", HTTP_TIME.format(stored.changed()));
    exchange.answer("content-length", Integer.toString(stored.content().length));
  }

  ObjectNode tags(Call call) {
    S3Bucket.Stored stored = existing(buckets.of(call), call.parameters().text("Key"));
    S3Xml xml = S3Xml.of("Tagging").open("TagSet");
    stored
        .tags()
        .forEach(
            (key, value) -> xml.open("Tag").text("Key", key).text("Value", value).close("Tag"));
    S3Exchange.CURRENT.get().answer(xml.close("TagSet"));
    return Call.object();
  }

  ObjectNode delete(Call call) {
    buckets.of(call).objects().remove(call.parameters().text("Key"));
    S3Exchange.CURRENT.get().answerNothing();
    return Call.object();
  }

  /** Each key by itself, also for whether that is allowed. */
  ObjectNode deleteSeveral(Call call) {
    S3Bucket bucket = buckets.of(call);
    S3Exchange exchange = S3Exchange.CURRENT.get();
    S3Xml xml = S3Xml.of("DeleteResult");
    for (S3Document.Entry entry : S3Document.entries(exchange.content(), "Object")) {
      String key = entry.text("Key");
      try {
        call.require(
            Permission.of("s3:DeleteObject", bucket.arn() + "/" + key)
                .with("aws:ResourceAccount", bucket.account()));
        bucket.objects().remove(key);
        xml.open("Deleted").text("Key", key).close("Deleted");
      } catch (AwsException refusal) {
        xml.open("Error")
            .text("Key", key)
            .text("Code", refusal.code())
            .text("Message", refusal.text())
            .close("Error");
      }
    }
    exchange.answer(xml);
    return Call.object();
  }

  ObjectNode list(Call call) {
    S3Bucket bucket = buckets.of(call);
    Parameters asked = call.parameters();
    String prefix = asked.text("Prefix", "");
    String delimiter = asked.text("Delimiter", "");
    boolean encoded = asked.has("EncodingType");
    List<String> names = names(bucket, prefix, delimiter, asked.text("StartAfter", ""));
    int size = Math.min(PAGE, asked.whole("MaxKeys", PAGE));
    Page<String> page = page(call, names, size);
    S3Xml xml = S3Xml.of("ListBucketResult");
    xml.text("Name", bucket.name())
        .text("Prefix", encode(prefix, encoded))
        .text("MaxKeys", size)
        .text("KeyCount", page.items().size())
        .text("IsTruncated", page.next().isPresent());
    page.next().ifPresent(token -> xml.text("NextContinuationToken", token));
    if (encoded) {
      xml.text("EncodingType", "url");
    }
    for (String name : page.items()) {
      Optional.ofNullable(bucket.objects().get(name))
          .filter(_ -> delimiter.isEmpty() || !name.endsWith(delimiter) || name.equals(prefix))
          .ifPresentOrElse(
              stored -> content(xml, encode(name, encoded), stored),
              () ->
                  xml.open("CommonPrefixes")
                      .text("Prefix", encode(name, encoded))
                      .close("CommonPrefixes"));
    }
    S3Exchange.CURRENT.get().answer(xml);
    return Call.object();
  }

  private static void content(S3Xml xml, String name, S3Bucket.Stored stored) {
    xml.open("Contents")
        .text("Key", name)
        .text("LastModified", Times.iso(stored.changed()))
        .text("ETag", quoted(stored))
        .text("Size", stored.content().length)
        .text("StorageClass", "STANDARD")
        .close("Contents");
  }

  /** Keys, and the common beginnings of those that the delimiter groups. */
  private static List<String> names(
      S3Bucket bucket, String prefix, String delimiter, String after) {
    Set<String> names = new LinkedHashSet<>();
    for (String key : bucket.objects().keySet()) {
      if (key.startsWith(prefix) && key.compareTo(after) > 0) {
        int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        names.add(end < 0 ? key : key.substring(0, end + delimiter.length()));
      }
    }
    return new ArrayList<>(names);
  }

  private static Page<String> page(Call call, List<String> names, int size) {
    try {
      return Page.of(
          names,
          name -> name,
          Comparator.naturalOrder(),
          call.parameters().optionalText("ContinuationToken"),
          size);
    } catch (IllegalArgumentException _) {
      throw call.api().invalid("The continuation token provided is incorrect");
    }
  }

  private static String encode(String text, boolean encoded) {
    return encoded ? URLEncoder.encode(text, UTF_8).replace("%2F", "/") : text;
  }

  static String quoted(S3Bucket.Stored stored) {
    return '"' + stored.tag() + '"';
  }

  static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("MD5 is missing", e);
    }
  }
}
