package dev.deputy.awssteps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket that a pipeline names. */
record Bucket(S3Client client, String name) implements AutoCloseable {
  static Bucket of(Arguments arguments) {
    return of(arguments, "bucket");
  }

  /**
   * @param parameter which names it
   */
  static Bucket of(Arguments arguments, String parameter) {
    S3Client client =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .forcePathStyle(arguments.flag("pathStyleAccessEnabled", false))
            .build();
    return new Bucket(client, arguments.required(parameter));
  }

  String uri(String key) {
    return "s3://" + name + "/" + key;
  }

  /** All objects whose key begins so. */
  List<S3Object> list(String prefix) {
    List<S3Object> objects = new ArrayList<>();
    client
        .listObjectsV2Paginator(call -> call.bucket(name).prefix(prefix))
        .contents()
        .forEach(objects::add);
    return objects;
  }

  /** Whether a path of the pipeline means all below it. */
  static boolean isFolder(String path) {
    return path.isEmpty() || path.endsWith("/");
  }

  /** A path of the pipeline as the beginning of keys. */
  static String prefix(Optional<String> path) {
    return path.map(given -> given.endsWith("/") ? given : given + "/").orElse("");
  }

  @Override
  public void close() {
    client.close();
  }
}
