package dev.deputy.agent;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A named pipe for one step's output. An ordinary pipe's end would come only when the last process
 * that inherited it ends; a step ends with its script, although a server that it left in the
 * background lives on. So the agent keeps a writing end itself and, after the script, writes a mark
 * into the pipe: what the script wrote comes before it.
 */
final class OutputPipe implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path name;
  private final byte[] mark = new byte[32];
  private final RandomAccessFile writing;
  private final InputStream reading;

  private OutputPipe(Path name, RandomAccessFile writing, InputStream reading) {
    this.name = name;
    this.writing = writing;
    this.reading = reading;
    RANDOM.nextBytes(mark);
    mark[0] = 0; // rare in output, so that nearly nothing waits for what may be the mark
  }

  /** Opens a named pipe, which only the agent can open. */
  static OutputPipe open(Path name) throws IOException {
    RandomAccessFile writing = new RandomAccessFile(name.toFile(), "rw");
    return new OutputPipe(name, writing, new FileInputStream(name.toFile()));
  }

  /** For the process that writes. */
  Redirect redirect() {
    return Redirect.appendTo(name.toFile());
  }

  /** The script has ended: {@link #pump} returns after what it wrote. */
  void end() throws IOException {
    Files.deleteIfExists(name);
    writing.write(mark);
    writing.close();
  }

  /** Passes the script's output on until its end. */
  void pump(Masker masker) throws IOException {
    byte[] bytes = new byte[64 << 10];
    int kept = 0;
    while (true) {
      int read = reading.read(bytes, kept, bytes.length - kept);
      if (read < 0) {
        throw new IOException("the pipe was closed");
      }
      int available = kept + read;
      int mark = indexOfMark(bytes, available);
      masker.accept(bytes, mark);
      if (available - mark >= this.mark.length) {
        return;
      }
      kept = available - mark;
      System.arraycopy(bytes, mark, bytes, 0, kept);
    }
  }

  /** Where the mark is or may begin; the length where it is not. */
  private int indexOfMark(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == 0 && isMark(bytes, i, length)) {
        return i;
      }
    }
    return length;
  }

  private boolean isMark(byte[] bytes, int from, int length) {
    for (int i = 0; i < mark.length && from + i < length; i++) {
      if (bytes[from + i] != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads on for processes that the script left behind, and discards, until they end. */
  void drain() throws IOException {
    reading.transferTo(OutputStream.nullOutputStream());
  }

  @Override
  public void close() throws IOException {
    writing.close();
    reading.close();
  }
}
