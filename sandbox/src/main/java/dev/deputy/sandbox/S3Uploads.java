package dev.deputy.sandbox;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Objects that are sent in parts. Thread-safe. */
final class S3Uploads {
  private static final int SMALLEST = 5 << 20;

  private final S3Buckets buckets;

  S3Uploads(S3Buckets buckets) {
    this.buckets = buckets;
  }

  ObjectNode create(Call call) {
    S3Bucket bucket = buckets.of(call);
    String key = call.parameters().text("Key");
    String id = Ids.unique("", 40);
    S3Exchange exchange = S3Exchange.CURRENT.get();
    bucket
        .uploads()
        .put(
            id,
            new S3Bucket.Upload(
                key, S3Objects.kept(exchange), S3Objects.tagsOf(call), new S3Bucket.Parts()));
    exchange.answer(
        S3Xml.of("InitiateMultipartUploadResult")
            .text("Bucket", bucket.name())
            .text("Key", key)
            .text("UploadId", id));
    return Call.object();
  }

  private S3Bucket.Upload existing(Call call) {
    S3Bucket.Upload upload = buckets.of(call).uploads().get(call.parameters().text("UploadId"));
    if (upload == null || !upload.key().equals(call.parameters().text("Key"))) {
      throw new AwsException(
          "NoSuchUpload",
          404,
          "The specified upload does not exist. The upload ID may be invalid, or the upload may"
              + " have been aborted or completed.");
    }
    return upload;
  }

  ObjectNode part(Call call) {
    S3Exchange exchange = S3Exchange.CURRENT.get();
    byte[] content = exchange.content();
    var part =
        new S3Bucket.Stored(content, S3Objects.md5(content), call.time(), Map.of(), Map.of());
    existing(call).parts().put(call.parameters().whole("PartNumber", 1), part);
    exchange.answer("etag", S3Objects.quoted(part));
    return Call.object();
  }

  ObjectNode complete(Call call) {
    S3Bucket.Upload upload = existing(call);
    S3Exchange exchange = S3Exchange.CURRENT.get();
    List<S3Document.Entry> named = S3Document.entries(exchange.content(), "Part");
    S3Bucket.Stored whole = join(call, upload, named);
    S3Bucket bucket = buckets.of(call);
    bucket.objects().put(upload.key(), whole);
    bucket.uploads().remove(call.parameters().text("UploadId"));
    exchange.answer(
        S3Xml.of("CompleteMultipartUploadResult")
            .text("Bucket", bucket.name())
            .text("Key", upload.key())
            .text("ETag", S3Objects.quoted(whole)));
    return Call.object();
  }

  private static S3Bucket.Stored join(
      Call call, S3Bucket.Upload upload, List<S3Document.Entry> named) {
    Map<Integer, S3Bucket.Stored> parts = upload.parts().all();
    var content = new ByteArrayOutputStream();
    var tags = new ByteArrayOutputStream();
    int before = 0;
    for (int i = 0; i < named.size(); i++) {
      int number = number(named.get(i).text("PartNumber"));
      S3Bucket.Stored part = parts.get(number);
      String tag = named.get(i).text("ETag").replace("\"", "");
      if (part == null || !part.tag().equals(tag)) {
        throw AwsException.of(
            "InvalidPart",
            "One or more of the specified parts could not be found. The part may not have been"
                + " uploaded, or the specified entity tag may not match the part's entity tag.");
      }
      if (number <= before) {
        throw AwsException.of("InvalidPartOrder", "The list of parts was not in ascending order.");
      }
      if (part.content().length < SMALLEST && i < named.size() - 1) {
        throw AwsException.of(
            "EntityTooSmall",
            "Your proposed upload is smaller than the minimum allowed object size.");
      }
      before = number;
      content.writeBytes(part.content());
      tags.writeBytes(HexFormat.of().parseHex(part.tag()));
    }
    String tag = S3Objects.md5(tags.toByteArray()) + "-" + named.size();
    return new S3Bucket.Stored(
        content.toByteArray(), tag, call.time(), upload.headers(), upload.tags());
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
  }

  ObjectNode abort(Call call) {
    existing(call);
    buckets.of(call).uploads().remove(call.parameters().text("UploadId"));
    S3Exchange.CURRENT.get().answerNothing();
    return Call.object();
  }
}
