package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.oneOf;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;
import static dev.deputy.sandbox.Shape.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * S3: buckets, objects and uploads in parts. Buckets have no policies of their own, so they belong
 * to their account alone; there are no versions.
 */
final class S3Service implements Service {
  static final Api API = new Api("s3", Protocol.QUERY, "2006-03-01", List.of(), "InvalidArgument");

  /** Query parameters and what they are called in the declarations; the rest is transport. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "prefix", "Prefix",
          "delimiter", "Delimiter",
          "max-keys", "MaxKeys",
          "continuation-token", "ContinuationToken",
          "start-after", "StartAfter",
          "encoding-type", "EncodingType",
          "uploadId", "UploadId",
          "partNumber", "PartNumber");

  private static final Set<String> MARKERS =
      Set.of("x-id", "list-type", "location", "delete", "uploads", "tagging");

  private static final Set<String> MANAGEMENT =
      Set.of("ListBuckets", "CreateBucket", "HeadBucket", "DeleteBucket", "GetBucketLocation");

  private static final Shape.Field BUCKET =
      need("Bucket", text(3, 63, "[a-z0-9][a-z0-9.-]*[a-z0-9]"));
  private static final Shape.Field KEY = need("Key", text(1, 1024));
  private static final Shape.Field UPLOAD = need("UploadId", text(1, 256));

  private final S3Buckets buckets = new S3Buckets();
  private final S3Objects objects = new S3Objects(buckets);
  private final S3Uploads uploads = new S3Uploads(buckets);

  /**
   * The parameter that a query parameter is; empty where it only says which action is meant.
   *
   * @throws AwsException for one that is not known
   */
  static Optional<String> parameter(String query) {
    if (MARKERS.contains(query)) {
      return Optional.empty();
    }
    String name = PARAMETERS.get(query);
    if (name == null) {
      throw new AwsException(
          "NotImplemented", 501, "The sandbox does not know the parameter " + query + ".");
    }
    return Optional.of(name);
  }

  /** Whether CloudTrail counts an action among the data events, which LookupEvents has not. */
  static boolean isDataEvent(String action) {
    return !MANAGEMENT.contains(action);
  }

  @Override
  public Api api() {
    return API;
  }

  @Override
  public List<Action> actions() {
    List<Action> actions = new ArrayList<>(ofBuckets());
    actions.addAll(ofObjects());
    actions.addAll(ofUploads());
    return actions;
  }

  private List<Action> ofBuckets() {
    return List.of(
        Action.read(
            "ListBuckets",
            structure(),
            _ -> Permission.of("s3:ListAllMyBuckets", "*"),
            buckets::list),
        Action.write(
            "CreateBucket",
            structure(BUCKET, may("ACL", oneOf("private"))),
            onBucket("s3:CreateBucket"),
            buckets::create),
        Action.read("HeadBucket", structure(BUCKET), onBucket("s3:ListBucket"), buckets::head),
        Action.read(
            "GetBucketLocation",
            structure(BUCKET),
            onBucket("s3:GetBucketLocation"),
            buckets::location),
        Action.write(
            "DeleteBucket", structure(BUCKET), onBucket("s3:DeleteBucket"), buckets::delete),
        Action.read(
            "ListObjectsV2",
            structure(
                BUCKET,
                may("Prefix", text(0, 1024)),
                may("Delimiter", text(0, 16)),
                may("MaxKeys", whole(0, 1_000_000)),
                may("ContinuationToken", text(1, 4096)),
                may("StartAfter", text(0, 1024)),
                may("EncodingType", oneOf("url"))),
            call ->
                onBucket("s3:ListBucket")
                    .apply(call)
                    .with("s3:prefix", call.parameters().optionalText("Prefix").stream().toList()),
            objects::list));
  }

  private List<Action> ofObjects() {
    return List.of(
        new Action(
            "PutObject",
            false,
            structure(
                BUCKET,
                KEY,
                may("ACL", text()),
                may("Tagging", text(0, 4096)),
                may("CopySource", text(1, 2048))),
            this::putting,
            objects::put),
        Action.read("GetObject", structure(BUCKET, KEY), onObject("s3:GetObject"), objects::get),
        Action.read("HeadObject", structure(BUCKET, KEY), onObject("s3:GetObject"), objects::head),
        Action.read(
            "GetObjectTagging",
            structure(BUCKET, KEY),
            onObject("s3:GetObjectTagging"),
            objects::tags),
        Action.write(
            "DeleteObject", structure(BUCKET, KEY), onObject("s3:DeleteObject"), objects::delete),
        new Action(
            "DeleteObjects", false, structure(BUCKET), _ -> List.of(), objects::deleteSeveral));
  }

  private List<Action> ofUploads() {
    return List.of(
        new Action(
            "CreateMultipartUpload",
            false,
            structure(BUCKET, KEY, may("ACL", text()), may("Tagging", text(0, 4096))),
            this::putting,
            uploads::create),
        Action.write(
            "UploadPart",
            structure(BUCKET, KEY, UPLOAD, need("PartNumber", whole(1, 10_000))),
            onObject("s3:PutObject"),
            uploads::part),
        Action.write(
            "CompleteMultipartUpload",
            structure(BUCKET, KEY, UPLOAD),
            onObject("s3:PutObject"),
            uploads::complete),
        Action.write(
            "AbortMultipartUpload",
            structure(BUCKET, KEY, UPLOAD),
            onObject("s3:AbortMultipartUpload"),
            uploads::abort));
  }

  private List<Permission> putting(Call call) {
    Permission put = onObject("s3:PutObject").apply(call);
    List<Permission> needed = new ArrayList<>(List.of(put));
    call.parameters()
        .optionalText("ACL")
        .ifPresent(acl -> needed.add(put.to("s3:PutObjectAcl").with("s3:x-amz-acl", acl)));
    if (call.parameters().has("Tagging")) {
      needed.add(put.to("s3:PutObjectTagging"));
    }
    call.parameters()
        .optionalText("CopySource")
        .map(source -> source.startsWith("/") ? source.substring(1) : source)
        .ifPresent(source -> {
          String bucket = source.substring(0, Math.max(source.indexOf('/'), 0));
          needed.add(on(call, "s3:GetObject", bucket, source.substring(bucket.length())));
        });
    return needed;
  }

  private Function<Call, Permission> onBucket(String action) {
    return call -> on(call, action, call.parameters().text("Bucket"), "");
  }

  private Function<Call, Permission> onObject(String action) {
    return call ->
        on(call, action, call.parameters().text("Bucket"), "/" + call.parameters().text("Key"));
  }

  /** The ARN does not say whose a bucket is. */
  private Permission on(Call call, String action, String bucket, String key) {
    String owner =
        action.equals("s3:CreateBucket")
            ? call.account()
            : buckets.owner(bucket).orElse(call.account());
    return Permission.of(action, "arn:aws:s3:::" + bucket + key).with("aws:ResourceAccount", owner);
  }
}
