package dev.deputy.awssteps;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** What an upload says of the objects that it makes. */
record ObjectSettings(Arguments arguments) {
  /** The order for an object that is sent in one piece. */
  PutObjectRequest.Builder put(String bucket, String key) {
    PutObjectRequest.Builder put = PutObjectRequest.builder().bucket(bucket).key(key);
    Map<String, String> metadata = metadata();
    if (!metadata.isEmpty()) {
      put.metadata(metadata);
    }
    List<Tag> tags = tags();
    if (!tags.isEmpty()) {
      put.tagging(Tagging.builder().tagSet(tags).build());
    }
    arguments.text("acl").ifPresent(value -> put.acl(acl(value)));
    arguments.text("cacheControl").ifPresent(put::cacheControl);
    arguments.text("contentEncoding").ifPresent(put::contentEncoding);
    arguments.text("contentType").ifPresent(put::contentType);
    arguments.text("contentDisposition").ifPresent(put::contentDisposition);
    arguments.text("redirectLocation").ifPresent(put::websiteRedirectLocation);
    encryption().ifPresent(put::serverSideEncryption);
    arguments.text("kmsId").ifPresent(put::ssekmsKeyId);
    return put;
  }

  /** The order for an object that is sent in parts. */
  CreateMultipartUploadRequest parts(String bucket, String key) {
    PutObjectRequest put = put(bucket, key).build();
    return CreateMultipartUploadRequest.builder()
        .bucket(bucket)
        .key(key)
        .metadata(put.metadata())
        .tagging(put.tagging())
        .acl(put.aclAsString())
        .cacheControl(put.cacheControl())
        .contentEncoding(put.contentEncoding())
        .contentType(put.contentType())
        .contentDisposition(put.contentDisposition())
        .websiteRedirectLocation(put.websiteRedirectLocation())
        .serverSideEncryption(put.serverSideEncryptionAsString())
        .ssekmsKeyId(put.ssekmsKeyId())
        .build();
  }

  private Optional<String> encryption() {
    return arguments.text("kmsId").isPresent()
        ? Optional.of("aws:kms")
        : arguments.text("sseAlgorithm");
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (String item : arguments.list("metadatas")) {
      int colon = item.indexOf(':');
      if (colon < 1) {
        throw new OperationFailed("metadatas: \"" + item + "\" (expected: Key:value)");
      }
      metadata.put(item.substring(0, colon), item.substring(colon + 1));
    }
    return metadata;
  }

  /** A map, or its text in Groovy: {@code [name:value, other:value]}. */
  private List<Tag> tags() {
    List<Tag> tags = new ArrayList<>();
    if (arguments.values().get("tags") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> tags.add(tag(key.toString(), value.toString())));
      return tags;
    }
    String text = arguments.text("tags").orElse("");
    String inner =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    for (String pair : inner.split(", ", -1)) {
      int colon = pair.indexOf(':');
      if (colon > 0) {
        tags.add(tag(pair.substring(0, colon), pair.substring(colon + 1)));
      } else if (!pair.isBlank()) {
        throw new OperationFailed("tags: \"" + pair + "\" (expected: name:value)");
      }
    }
    return tags;
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key.strip()).value(value.strip()).build();
  }

  /**
   * {@code BucketOwnerFullControl}, as pipelines write it, or {@code bucket-owner-full-control}.
   */
  static ObjectCannedACL acl(String name) {
    String kebab = name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    ObjectCannedACL acl = ObjectCannedACL.fromValue(kebab);
    if (acl == ObjectCannedACL.UNKNOWN_TO_SDK_VERSION) {
      throw new OperationFailed(
          "acl: \""
              + name
              + "\" (expected: Private, PublicRead, BucketOwnerFullControl and the like)");
    }
    return acl;
  }
}
