package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;

/** Writes an archive in one plain form: ustar, with pax headers for what does not fit. */
final class TarWriter {
  private static final int MAX_NAME = 100;
  private static final long MAX_OCTAL = 0777_7777_7777L;

  private final OutputStream out;

  TarWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes a member's header; its content follows, then {@link #endContent}. */
  void header(TarEntry entry) throws IOException {
    StringBuilder extended = new StringBuilder();
    if (entry.name().getBytes(UTF_8).length > MAX_NAME) {
      extended.append(record("path", entry.name()));
    }
    if (entry.target().getBytes(UTF_8).length > MAX_NAME) {
      extended.append(record("linkpath", entry.target()));
    }
    if (entry.size() > MAX_OCTAL) {
      extended.append(record("size", Long.toString(entry.size())));
    }
    if (!extended.isEmpty()) {
      byte[] records = extended.toString().getBytes(UTF_8);
      block('x', "pax", 0644, "", records.length, 0);
      out.write(records);
      endContent(records.length);
    }
    block(
        entry.type().flag,
        entry.name(),
        entry.mode(),
        entry.target(),
        entry.size() > MAX_OCTAL ? 0 : entry.size(),
        entry.modified());
  }

  /** Fills up after content of this size. */
  void endContent(long size) throws IOException {
    int over = (int) (size % TarReader.BLOCK);
    if (over > 0) {
      out.write(new byte[TarReader.BLOCK - over]);
    }
  }

  /** Ends the archive. */
  void end() throws IOException {
    out.write(new byte[2 * TarReader.BLOCK]);
    out.flush();
  }

  private static String record(String key, String value) {
    int rest = 1 + key.length() + 1 + value.getBytes(UTF_8).length + 1;
    int length = rest + 1;
    while (length != rest + Integer.toString(length).length()) {
      length = rest + Integer.toString(length).length();
    }
    return length + " " + key + '=' + value + '\n';
  }

  private void block(char flag, String name, int mode, String target, long size, long modified)
      throws IOException {
    byte[] header = new byte[TarReader.BLOCK];
    put(header, 0, name, MAX_NAME);
    octal(header, 100, 8, mode);
    octal(header, 108, 8, 0);
    octal(header, 116, 8, 0);
    octal(header, 124, 12, size);
    octal(header, 136, 12, Math.min(modified, MAX_OCTAL));
    Arrays.fill(header, 148, 156, (byte) ' ');
    header[156] = (byte) flag;
    put(header, 157, target, MAX_NAME);
    put(header, 257, "ustar\00000", 8);
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    octal(header, 148, 7, sum);
    out.write(header);
  }

  private static void octal(byte[] header, int at, int length, long value) {
    put(header, at, String.format(Locale.ROOT, "%0" + (length - 1) + "o", value), length);
  }

  private static void put(byte[] header, int at, String text, int max) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, max));
  }
}
