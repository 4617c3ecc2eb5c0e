package dev.deputy.testkit;

import dev.deputy.core.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * A source made of the given files.
 *
 * @param files text by path, {@code /} between folders; all are archived executable
 */
public record InMemorySource(
    Map<String, String> files, Optional<String> branch, Optional<String> commit) implements Source {
  private static final int BLOCK = 512;

  public InMemorySource {
    files = Map.copyOf(files);
  }

  /** Files on branch {@code main} at some commit. */
  public static InMemorySource onMain(Map<String, String> files) {
    return new InMemorySource(files, Optional.of("main"), Optional.of(Samples.COMMIT));
  }

  @Override
  public String describe() {
    return "memory";
  }

  @Override
  public void archive(OutputStream out) throws IOException {
    var gzip = new GZIPOutputStream(out);
    for (var file : new TreeMap<>(files).entrySet()) {
      byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
      gzip.write(header(file.getKey(), content.length));
      gzip.write(content);
      gzip.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }
    gzip.write(new byte[2 * BLOCK]);
    gzip.finish();
  }

  /** A POSIX ustar header of a regular file. */
  private static byte[] header(String path, int size) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length > 100) {
      throw new IllegalArgumentException("path: \"" + path + "\" (expected: at most 100 bytes)");
    }
    var header = new byte[BLOCK];
    System.arraycopy(name, 0, header, 0, name.length);
    put(header, 100, "0000755\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(size));
    put(header, 136, "%011o\0".formatted(0));
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar\0" + "00");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
