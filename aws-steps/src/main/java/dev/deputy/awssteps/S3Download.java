package dev.deputy.awssteps;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * {@code s3Download}: an object to a file, or all below a path that ends in a slash to a folder.
 */
final class S3Download {
  private S3Download() {}

  static Optional<Object> run(Arguments arguments, Log log) throws IOException {
    String path = arguments.text("path").orElse("");
    Path target = Path.of(arguments.required("file"));
    try (Bucket bucket = Bucket.of(arguments)) {
      log.line("Downloading " + bucket.uri(path) + " to " + target);
      if (Files.exists(target)) {
        if (!arguments.flag("force", false)) {
          throw new OperationFailed(
              "file: " + target + " is there already; force: true overwrites it");
        }
        remove(target);
      }
      if (Bucket.isFolder(path)) {
        folder(bucket, path, target, log);
      } else {
        fetch(bucket, path, target, log);
      }
      log.line("Download complete");
      return Optional.empty();
    }
  }

  /** As Jenkins' plug-in does it: below the folder with their whole keys. */
  private static void folder(Bucket bucket, String prefix, Path target, Log log)
      throws IOException {
    Files.createDirectories(target);
    for (S3Object object : bucket.list(prefix)) {
      Path file = target.resolve(object.key()).normalize();
      if (!file.startsWith(target.normalize())) {
        throw new OperationFailed(
            bucket.uri(object.key()) + ": its key leads out of the folder " + target);
      }
      if (object.key().endsWith("/")) {
        Files.createDirectories(file);
      } else {
        fetch(bucket, object.key(), file, log);
      }
    }
  }

  private static void fetch(Bucket bucket, String key, Path file, Log log) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try (InputStream content =
        bucket.client().getObject(call -> call.bucket(bucket.name()).key(key))) {
      Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    }
    log.line("Finished: Downloading from " + bucket.name() + "/" + key);
  }

  private static void remove(Path target) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(target)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
