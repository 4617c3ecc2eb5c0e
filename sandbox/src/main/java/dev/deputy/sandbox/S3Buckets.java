package dev.deputy.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import tools.jackson.databind.node.ObjectNode;

/** All buckets, whose names are the same for everybody. Thread-safe. */
final class S3Buckets {
  private final Map<String, S3Bucket> byName = new ConcurrentSkipListMap<>();

  /**
   * A bucket that the caller's account has.
   *
   * @throws AwsException where there is none, or somebody else has it
   */
  S3Bucket of(Call call) {
    return named(call, call.parameters().text("Bucket"));
  }

  /** Likewise, by its name. */
  S3Bucket named(Call call, String name) {
    S3Bucket bucket = byName.get(name);
    if (bucket == null) {
      throw new AwsException("NoSuchBucket", 404, "The specified bucket does not exist");
    }
    if (!bucket.account().equals(call.account())) {
      throw new AwsException("AccessDenied", 403, "Access Denied");
    }
    return bucket;
  }

  /** The account that has a bucket. */
  Optional<String> owner(String name) {
    return Optional.ofNullable(byName.get(name)).map(S3Bucket::account);
  }

  ObjectNode list(Call call) {
    S3Xml xml = S3Xml.of("ListAllMyBucketsResult");
    xml.open("Owner").text("ID", call.account()).close("Owner").open("Buckets");
    byName.values().stream()
        .filter(bucket -> bucket.account().equals(call.account()))
        .forEach(bucket ->
            xml.open("Bucket")
                .text("Name", bucket.name())
                .text("CreationDate", Times.iso(bucket.created()))
                .close("Bucket"));
    S3Exchange.CURRENT.get().answer(xml.close("Buckets"));
    return Call.object();
  }

  ObjectNode create(Call call) {
    String name = call.parameters().text("Bucket");
    S3Bucket fresh = S3Bucket.fresh(name, call);
    S3Bucket existing = byName.putIfAbsent(name, fresh);
    if (existing != null) {
      boolean own = existing.account().equals(call.account());
      throw new AwsException(
          own ? "BucketAlreadyOwnedByYou" : "BucketAlreadyExists",
          409,
          own
              ? "Your previous request to create the named bucket succeeded and you already own it."
              : "The requested bucket name is not available. The bucket namespace is shared by all"
                  + " users of the system. Please select a different name and try again.");
    }
    call.touches("AWS::S3::Bucket", fresh.arn());
    if (S3Exchange.CURRENT.isBound()) {
      S3Exchange.CURRENT.get().answer("location", "/" + name);
    }
    return Call.object();
  }

  ObjectNode head(Call call) {
    S3Exchange.CURRENT.get().answer("x-amz-bucket-region", of(call).region());
    return Call.object();
  }

  ObjectNode location(Call call) {
    String region = of(call).region();
    S3Xml xml = S3Xml.of("LocationConstraint");
    S3Exchange.CURRENT.get().answer(region.equals("us-east-1") ? xml : xml.raw(region));
    return Call.object();
  }

  ObjectNode delete(Call call) {
    S3Bucket bucket = of(call);
    if (!bucket.objects().isEmpty()) {
      throw new AwsException("BucketNotEmpty", 409, "The bucket you tried to delete is not empty");
    }
    byName.remove(bucket.name(), bucket);
    call.touches("AWS::S3::Bucket", bucket.arn());
    if (S3Exchange.CURRENT.isBound()) {
      S3Exchange.CURRENT.get().answerNothing();
    }
    return Call.object();
  }
}
