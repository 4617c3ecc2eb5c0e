package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an archive as tar programs, git and libraries write it: ustar, pax and GNU's long names.
 */
final class TarReader {
  static final int BLOCK = 512;

  private static final int MAX_HEADER = 64 << 10;

  private final InputStream in;
  private long remaining;

  TarReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next member, after the rest of the one before; empty at the end.
   *
   * @throws IOException also for a member that is no file, folder or link
   */
  Optional<TarEntry> next() throws IOException {
    Map<String, String> extended = new HashMap<>();
    while (true) {
      in.skipNBytes(remaining + padding(remaining));
      remaining = 0;
      byte[] header = in.readNBytes(BLOCK);
      if (header.length == 0 || isEmpty(header)) {
        return Optional.empty();
      }
      if (header.length < BLOCK) {
        throw new EOFException("the archive is cut short");
      }
      verify(header);
      long size = number(header, 124, 12);
      char type = (char) header[156];
      switch (type) {
        case 'x' -> pax(text(size), extended);
        case 'g' -> text(size);
        case 'L' -> extended.put("path", terminated(text(size)));
        case 'K' -> extended.put("linkpath", terminated(text(size)));
        default -> {
          return Optional.of(entry(type, header, extended));
        }
      }
    }
  }

  /** Copies the content of the member that {@link #next} gave. */
  void content(OutputStream out) throws IOException {
    byte[] buffer = new byte[16 << 10];
    long padding = padding(remaining);
    while (remaining > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, remaining));
      if (read < 0) {
        throw new EOFException("the archive is cut short");
      }
      out.write(buffer, 0, read);
      remaining -= read;
    }
    in.skipNBytes(padding);
  }

  private TarEntry entry(char flag, byte[] header, Map<String, String> extended)
      throws IOException {
    String prefix = isUstar(header) ? field(header, 345, 155) : "";
    String own = field(header, 0, 100);
    String name = extended.getOrDefault("path", prefix.isEmpty() ? own : prefix + '/' + own);
    String target = extended.getOrDefault("linkpath", field(header, 157, 100));
    long size =
        extended.containsKey("size") ? decimal(extended.get("size")) : number(header, 124, 12);
    TarEntry.Type type = type(flag, name);
    remaining = type == TarEntry.Type.FILE ? size : 0;
    return new TarEntry(
        type,
        name,
        (int) number(header, 100, 8) & 0777,
        type == TarEntry.Type.LINK || type == TarEntry.Type.HARD_LINK ? target : "",
        remaining,
        number(header, 136, 12));
  }

  private static TarEntry.Type type(char flag, String name) throws IOException {
    return switch (flag) {
      case '0', '\0' -> name.endsWith("/") ? TarEntry.Type.FOLDER : TarEntry.Type.FILE;
      case '1' -> TarEntry.Type.HARD_LINK;
      case '2' -> TarEntry.Type.LINK;
      case '5' -> TarEntry.Type.FOLDER;
      default -> throw new IOException(name + " is no file, folder or link");
    };
  }

  private byte[] text(long size) throws IOException {
    if (size > MAX_HEADER) {
      throw new IOException("a header of the archive is too long");
    }
    byte[] bytes = in.readNBytes((int) size);
    in.skipNBytes(padding(size));
    return bytes;
  }

  /** Records of "length key=value\n". */
  private static void pax(byte[] records, Map<String, String> into) throws IOException {
    int at = 0;
    while (at < records.length) {
      int space = at;
      while (space < records.length && records[space] != ' ') {
        space++;
      }
      long length = decimal(new String(records, at, space - at, UTF_8));
      if (length <= space - at + 1 || length > records.length - at) {
        throw new IOException("a header of the archive is malformed");
      }
      String record = new String(records, space + 1, (int) (at + length - space - 2), UTF_8);
      int equals = record.indexOf('=');
      if (equals < 0) {
        throw new IOException("a header of the archive is malformed");
      }
      into.put(record.substring(0, equals), record.substring(equals + 1));
      at += (int) length;
    }
  }

  private static long decimal(String digits) throws IOException {
    try {
      return Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw new IOException("a header of the archive is malformed", e);
    }
  }

  private static void verify(byte[] header) throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    if (sum != number(header, 148, 8)) {
      throw new IOException("a header of the archive has a wrong checksum");
    }
  }

  private static boolean isUstar(byte[] header) {
    return new String(header, 257, 6, UTF_8).equals("ustar\0");
  }

  private static boolean isEmpty(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Octal digits, or binary with the highest bit set where the number is large. */
  private static long number(byte[] header, int from, int length) throws IOException {
    if (header[from] < 0) {
      long value = header[from] & 0x3f;
      for (int i = 1; i < length; i++) {
        value = value << 8 | (header[from + i] & 0xff);
      }
      if (value < 0) {
        throw new IOException("a number in the archive is too large");
      }
      return value;
    }
    String digits = field(header, from, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("a number in the archive is malformed", e);
    }
  }

  private static String field(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, UTF_8);
  }

  private static String terminated(byte[] text) {
    return field(text, 0, text.length);
  }

  private static long padding(long size) {
    return (BLOCK - size % BLOCK) % BLOCK;
  }
}
