package dev.deputy.awssteps;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The steps that work on objects without moving their content to or from the agent. */
final class S3Objects {
  private static final int MOST_DELETED = 1000;

  private S3Objects() {}

  /** {@code s3Delete}: an object, or all below a path that ends in a slash. */
  static Optional<Object> delete(Arguments arguments, Log log) {
    String path = arguments.required("path");
    try (Bucket bucket = Bucket.of(arguments)) {
      log.line("Deleting " + bucket.uri(path));
      if (Bucket.isFolder(path)) {
        deleteAll(bucket, bucket.list(path));
      } else {
        bucket.client().deleteObject(call -> call.bucket(bucket.name()).key(path));
      }
      log.line("Delete complete");
      return Optional.empty();
    }
  }

  private static void deleteAll(Bucket bucket, List<S3Object> objects) {
    for (int from = 0; from < objects.size(); from += MOST_DELETED) {
      List<ObjectIdentifier> some =
          objects.subList(from, Math.min(from + MOST_DELETED, objects.size())).stream()
              .map(object -> ObjectIdentifier.builder().key(object.key()).build())
              .toList();
      var answer =
          bucket
              .client()
              .deleteObjects(call -> call.bucket(bucket.name()).delete(d -> d.objects(some)));
      if (!answer.errors().isEmpty()) {
        var error = answer.errors().get(0);
        throw new OperationFailed(
            bucket.uri(error.key()) + ": " + error.code() + ": " + error.message());
      }
    }
  }

  /** {@code s3DoesObjectExist}. */
  static Optional<Object> exists(Arguments arguments, Log log) {
    String path = arguments.required("path");
    try (Bucket bucket = Bucket.of(arguments)) {
      log.line("Searching " + bucket.uri(path));
      bucket.client().headObject(call -> call.bucket(bucket.name()).key(path));
      return Optional.of(true);
    } catch (NoSuchKeyException e) {
      return Optional.of(false);
    }
  }

  /** {@code s3Copy}, from bucket to bucket. */
  static Optional<Object> copy(Arguments arguments, Log log) {
    try (Bucket from = Bucket.of(arguments, "fromBucket")) {
      String key = arguments.required("fromPath");
      String toBucket = arguments.required("toBucket");
      String toKey = arguments.required("toPath");
      String to = "s3://" + toBucket + "/" + toKey;
      log.line("Copying " + from.uri(key) + " to " + to);
      CopyObjectRequest.Builder call =
          CopyObjectRequest.builder()
              .sourceBucket(from.name())
              .sourceKey(key)
              .destinationBucket(toBucket)
              .destinationKey(toKey);
      arguments.text("acl").ifPresent(acl -> call.acl(ObjectSettings.acl(acl)));
      from.client().copyObject(call.build());
      log.line("Copy complete");
      return Optional.of(to);
    }
  }

  /** {@code s3FindFiles}: files and folders below a path whose relative path matches. */
  static Optional<Object> find(Arguments arguments, Log log) {
    String prefix = Bucket.prefix(arguments.text("path"));
    String glob = arguments.text("glob").orElse("*");
    boolean onlyFiles = arguments.flag("onlyFiles", false);
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    try (Bucket bucket = Bucket.of(arguments)) {
      log.line("Searching " + bucket.uri(prefix) + " for glob:'" + glob + "'");
      Map<String, Object> found = new LinkedHashMap<>();
      for (S3Object object : bucket.list(prefix)) {
        String path = object.key().substring(prefix.length());
        if (!onlyFiles) {
          folders(path, matcher, found);
        }
        if (!path.isEmpty() && !path.endsWith("/") && matcher.matches(Path.of(path))) {
          found.put(path, file(path, false, object.size(), object.lastModified().toEpochMilli()));
        }
      }
      return Optional.of(new ArrayList<>(found.values()));
    }
  }

  /** The folders on the way to a path, each once. */
  private static void folders(String path, PathMatcher matcher, Map<String, Object> found) {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      String folder = path.substring(0, slash);
      if (matcher.matches(Path.of(folder))) {
        found.putIfAbsent(folder + "/", file(folder, true, 0, 0));
      }
    }
  }

  private static Map<String, Object> file(String path, boolean folder, long length, long modified) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("name", path.substring(path.lastIndexOf('/') + 1));
    file.put("path", path);
    file.put("directory", folder);
    file.put("length", length);
    file.put("lastModified", modified);
    return file;
  }
}
