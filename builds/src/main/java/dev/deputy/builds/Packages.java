package dev.deputy.builds;

import dev.deputy.fleet.FileSelection;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/**
 * Files of a pipeline as zip and tar packages. Agents send and take gzip-compressed tar only, so
 * packages are made of that here, and read here; what is in them is of no concern to the agent.
 */
final class Packages {
  /** A package with more is taken for a bomb. */
  private static final int MOST_ENTRIES = 100_000;

  private static final long MOST_BYTES = 4L << 30;
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  private Packages() {}

  /** The form of a package. */
  enum Form {
    ZIP,
    TAR;

    /** The parameter of its steps that names the package. */
    String parameter() {
      return this == ZIP ? "zipFile" : "file";
    }
  }

  /**
   * Makes a package of an agent's archive; returns how many files are in it.
   *
   * @param compress only for tar: a zip always is
   */
  static int pack(Form form, boolean compress, InputStream archive, Path target)
      throws IOException {
    int count = 0;
    try (var in = new TarArchiveInputStream(new GzipCompressorInputStream(archive));
        OutputStream out = Files.newOutputStream(target);
        var zip = form == Form.ZIP ? new ZipArchiveOutputStream(out) : null;
        var tar = form == Form.TAR ? tar(compress ? gzip(out) : out) : null) {
      for (TarArchiveEntry file = in.getNextEntry(); file != null; file = in.getNextEntry()) {
        if (!isFile(file)) {
          continue;
        }
        if (zip != null) {
          var entry = new ZipArchiveEntry(file.getName());
          entry.setLastModifiedTime(file.getLastModifiedTime());
          entry.setUnixMode(file.getMode());
          zip.putArchiveEntry(entry);
          in.transferTo(zip);
          zip.closeArchiveEntry();
        } else if (tar != null) {
          tar.putArchiveEntry(file);
          in.transferTo(tar);
          tar.closeArchiveEntry();
        }
        count++;
      }
    }
    return count;
  }

  private static GzipCompressorOutputStream gzip(OutputStream out) throws IOException {
    return new GzipCompressorOutputStream(out);
  }

  private static TarArchiveOutputStream tar(OutputStream out) {
    var tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    return tar;
  }

  /** One file, as an agent takes it. */
  static void single(Path file, String name, OutputStream out) throws IOException {
    try (TarArchiveOutputStream tar = tar(gzip(out))) {
      tar.putArchiveEntry(new TarArchiveEntry(file.toFile(), name));
      Files.copy(file, tar);
      tar.closeArchiveEntry();
    }
  }

  /** The one file of an agent's archive; false where there is none. */
  static boolean save(InputStream archive, Path target) throws IOException {
    try (var in = new TarArchiveInputStream(new GzipCompressorInputStream(archive))) {
      for (TarArchiveEntry file = in.getNextEntry(); file != null; file = in.getNextEntry()) {
        if (isFile(file)) {
          try (OutputStream out = Files.newOutputStream(target)) {
            in.transferTo(out);
          }
          return true;
        }
      }
    }
    return false;
  }

  /** Takes one file of a package. */
  @FunctionalInterface
  interface Taker {
    void take(String name, ArchiveEntry entry, InputStream content) throws IOException;
  }

  /**
   * Reads the files of a package whose names are selected, in their order; returns their names.
   *
   * @throws StepFailed when a name leads out of the folder, or the package is too large
   */
  static List<String> read(
      Form form, Path file, Charset charset, FileSelection selection, Taker taker)
      throws IOException {
    var names = new ArrayList<String>();
    int entries = 0;
    try (var budget = new Budget(new BufferedInputStream(Files.newInputStream(file)));
        ArchiveInputStream<?> in = open(form, budget, charset)) {
      for (ArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (++entries > MOST_ENTRIES) {
          throw new StepFailed("the package has more than " + MOST_ENTRIES + " entries");
        }
        String name = inside(entry.getName());
        if (!isFile(entry) || !selection.has(name)) {
          continue;
        }
        taker.take(name, entry, new Budget(in));
        names.add(name);
      }
    }
    return names;
  }

  private static ArchiveInputStream<?> open(Form form, InputStream in, Charset charset)
      throws IOException {
    if (form == Form.ZIP) {
      return new ZipArchiveInputStream(in, charset.name(), true, true);
    }
    var peeked = new BufferedInputStream(in);
    peeked.mark(GZIP.length);
    byte[] magic = peeked.readNBytes(GZIP.length);
    peeked.reset();
    return new TarArchiveInputStream(
        Arrays.equals(magic, GZIP) ? gunzip(peeked) : peeked, charset.name());
  }

  /** No folder, no link, no device. */
  private static boolean isFile(ArchiveEntry entry) {
    if (entry instanceof TarArchiveEntry tar) {
      return tar.getLinkFlag() == TarConstants.LF_NORMAL
          || tar.getLinkFlag() == TarConstants.LF_OLDNORM;
    }
    return !entry.isDirectory();
  }

  private static InputStream gunzip(InputStream in) throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(in)
        .setDecompressConcatenated(true)
        .get();
  }

  private static String inside(String name) {
    try {
      Path path = Path.of(name).normalize();
      if (path.isAbsolute() || path.startsWith("..")) {
        throw new StepFailed(name + " is out of bounds!");
      }
      return path.toString();
    } catch (InvalidPathException e) {
      throw new StepFailed("a name in the package is no path: " + e.getReason());
    }
  }

  /** Agents take the files that {@code taker}s of this give to it. */
  static TarArchiveOutputStream deliverable(OutputStream out) throws IOException {
    return tar(gzip(out));
  }

  /** Ends a package that unfolds without end. */
  private static final class Budget extends FilterInputStream {
    private long left = MOST_BYTES;

    Budget(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      spend(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      spend(Math.max(read, 0));
      return read;
    }

    private void spend(int bytes) {
      left -= bytes;
      if (left < 0) {
        throw new StepFailed("a file of the package has more than " + MOST_BYTES + " bytes");
      }
    }

    @Override
    public void close() {
      // what it reads from is closed by whoever opened it
    }
  }
}
