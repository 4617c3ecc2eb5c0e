package dev.deputy.agent;

import dev.deputy.protocol.Output;
import dev.deputy.protocol.Protocol;
import dev.deputy.protocol.StepId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One step's masked output on disk, appended by one thread and read by another. */
final class Spool implements AutoCloseable {
  private final Path path;
  private final FileChannel file;

  private Spool(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /** Opens the file, with what an agent before has written. */
  static Spool open(Path path) throws IOException {
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    file.position(file.size());
    return new Spool(path, file);
  }

  long size() throws IOException {
    return file.size();
  }

  void append(byte[] bytes, int from, int length) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes, from, length);
    while (rest.hasRemaining()) {
      file.write(rest);
    }
  }

  /** The piece at this place, at most {@link Protocol#MAX_CHUNK} long, all of it written before. */
  Output read(StepId step, long seq, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, offset + bytes.position()) < 0) {
        throw new IOException("the spool is cut short");
      }
    }
    return new Output(step, seq, offset, bytes.flip());
  }

  /** Deletes the file: everything in it was delivered. */
  @Override
  public void close() throws IOException {
    file.close();
    Files.deleteIfExists(path);
  }
}
