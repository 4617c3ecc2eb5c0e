package dev.deputy.fleet;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads at most so many bytes; more than that is an error. */
final class LimitedInput extends FilterInputStream {
  private final long limit;
  private long rest;

  LimitedInput(InputStream in, long limit) {
    super(in);
    this.limit = limit;
    this.rest = limit;
  }

  /** There were more bytes. */
  static final class Exceeded extends IOException {
    private Exceeded(long limit) {
      super("the archive is larger than " + limit + " bytes");
    }
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    return (int) counted(b < 0 ? -1 : 1) < 0 ? -1 : b;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return (int) counted(super.read(bytes, offset, length));
  }

  @Override
  public long skip(long n) throws IOException {
    return counted(super.skip(n));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private long counted(long read) throws Exceeded {
    if (read > rest) {
      throw new Exceeded(limit);
    }
    rest -= Math.max(read, 0);
    return read;
  }
}
