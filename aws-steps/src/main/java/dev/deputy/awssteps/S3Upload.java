package dev.deputy.awssteps;

import dev.deputy.protocol.AntPatterns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;

/** {@code s3Upload}: a text, a file, a folder, or the files that match patterns. */
final class S3Upload {
  private static final Path HERE = Path.of("");

  private final Arguments arguments;
  private final Bucket bucket;
  private final String path;
  private final ObjectSettings settings;
  private final Log log;

  private S3Upload(Arguments arguments, Bucket bucket, Log log) {
    this.arguments = arguments;
    this.bucket = bucket;
    this.path = arguments.text("path").orElse("");
    this.settings = new ObjectSettings(arguments);
    this.log = log;
  }

  static Optional<Object> run(Arguments arguments, Log log) throws IOException {
    long sources =
        Stream.of("text", "file", "includePathPattern")
            .filter(name -> arguments.values().containsKey(name))
            .count();
    if (sources != 1) {
      throw new OperationFailed("expected one of text, file and includePathPattern");
    }
    try (Bucket bucket = Bucket.of(arguments)) {
      return new S3Upload(arguments, bucket, log).run();
    }
  }

  private Optional<Object> run() throws IOException {
    Path base = arguments.text("workingDir").map(Path::of).orElse(HERE);
    Object text = arguments.values().get("text");
    if (text != null) {
      text(text.toString());
    } else if (arguments.text("file").isPresent()) {
      file(base.resolve(arguments.required("file")));
    } else if (!matching(base)) {
      log.line("Nothing to upload");
      return Optional.empty();
    }
    log.line("Upload complete");
    return Optional.of(bucket.uri(path));
  }

  private void text(String text) {
    if (Bucket.isFolder(path)) {
      throw new OperationFailed("path: \"" + path + "\" (expected: the object's key for a text)");
    }
    log.line("Uploading text string to " + bucket.uri(path));
    bucket
        .client()
        .putObject(settings.put(bucket.name(), path).build(), RequestBody.fromString(text));
  }

  private void file(Path file) throws IOException {
    log.line("Uploading " + file + " to " + bucket.uri(path));
    if (Files.isDirectory(file)) {
      for (Path each : files(file)) {
        send(each, Bucket.prefix(arguments.text("path")) + relative(file, each));
      }
    } else if (Files.isRegularFile(file)) {
      send(file, Bucket.isFolder(path) ? path + file.getFileName() : path);
    } else {
      throw new OperationFailed("file: there is no " + file);
    }
  }

  private boolean matching(Path base) throws IOException {
    String includes = arguments.required("includePathPattern");
    AntPatterns patterns =
        new AntPatterns(split(includes), split(arguments.text("excludePathPattern").orElse("")));
    log.line("Uploading " + includes + " to " + bucket.uri(path));
    boolean any = false;
    for (Path each : files(base)) {
      String name = relative(base, each);
      if (patterns.match(name)) {
        send(each, Bucket.prefix(arguments.text("path")) + name);
        any = true;
      }
    }
    return any;
  }

  private void send(Path file, String key) throws IOException {
    FileUpload.send(bucket, key, file, settings);
    if (arguments.flag("verbose", true)) {
      log.line("Finished: Uploading to " + bucket.name() + "/" + key);
    }
  }

  private static List<String> split(String patterns) {
    return Stream.of(patterns.split(",", -1)).map(String::strip).filter(p -> !p.isEmpty()).toList();
  }

  /** Sorted, so that every run says the same. */
  private static List<Path> files(Path folder) throws IOException {
    Path root = folder.equals(HERE) ? Path.of(".") : folder;
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String relative(Path folder, Path file) {
    Path root = folder.equals(HERE) ? Path.of(".") : folder;
    return root.relativize(file).toString();
  }
}
