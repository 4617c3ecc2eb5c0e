package dev.deputy.awssteps;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Sends one file: a large one in parts, as S3 wants it. */
final class FileUpload {
  /** Above this a file is sent in parts. */
  private static final long WHOLE = 64L << 20;

  private static final long PART = 16L << 20;
  private static final long MOST_PARTS = 10_000;

  private FileUpload() {}

  static void send(Bucket bucket, String key, Path file, ObjectSettings settings)
      throws IOException {
    long size = Files.size(file);
    if (size <= WHOLE) {
      bucket
          .client()
          .putObject(settings.put(bucket.name(), key).build(), RequestBody.fromFile(file));
      return;
    }
    String upload =
        bucket.client().createMultipartUpload(settings.parts(bucket.name(), key)).uploadId();
    boolean complete = false;
    try {
      List<CompletedPart> parts = parts(bucket, key, file, upload, size);
      bucket
          .client()
          .completeMultipartUpload(call ->
              call.bucket(bucket.name())
                  .key(key)
                  .uploadId(upload)
                  .multipartUpload(m -> m.parts(parts)));
      complete = true;
    } finally {
      if (!complete) {
        bucket
            .client()
            .abortMultipartUpload(call -> call.bucket(bucket.name()).key(key).uploadId(upload));
      }
    }
  }

  private static List<CompletedPart> parts(
      Bucket bucket, String key, Path file, String upload, long size) {
    long length = Math.max(PART, (size + MOST_PARTS - 1) / MOST_PARTS);
    List<CompletedPart> parts = new ArrayList<>();
    for (long from = 0; from < size; from += length) {
      int number = parts.size() + 1;
      long start = from;
      long count = Math.min(length, size - from);
      String tag =
          bucket
              .client()
              .uploadPart(
                  call -> call.bucket(bucket.name()).key(key).uploadId(upload).partNumber(number),
                  RequestBody.fromContentProvider(
                      () -> part(file, start, count), count, "application/octet-stream"))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }
    return parts;
  }

  /** Opened anew for each try. */
  private static InputStream part(Path file, long from, long count) {
    try {
      SeekableByteChannel channel = Files.newByteChannel(file).position(from);
      return new LimitedStream(Channels.newInputStream(channel), count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
