package dev.deputy.server;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;

/**
 * Writes the files of a source as tar, gzip-compressed. Modes are git's: plain, executable or
 * symbolic link.
 */
final class SourceArchive implements AutoCloseable {
  private static final int PLAIN = 0100644;
  private static final int EXECUTABLE = 0100755;
  private static final int FASTEST = 1;
  private static final int BUFFER = 64 << 10;

  private final TarArchiveOutputStream tar;

  SourceArchive(OutputStream out) throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(FASTEST);
    this.tar =
        new TarArchiveOutputStream(
            new GzipCompressorOutputStream(new BufferedOutputStream(out), parameters));
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  /** A file or link of the disk; what has gone meanwhile, or is neither, is passed over. */
  void add(String name, Path file) throws IOException {
    PosixFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException _) {
      return;
    }
    FileTime modified = attributes.lastModifiedTime();
    if (attributes.isSymbolicLink()) {
      link(name, modified, Files.readSymbolicLink(file).toString());
    } else if (attributes.isRegularFile()) {
      boolean executable = attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
      file(name, modified, executable, attributes.size());
      copy(file, attributes.size());
      tar.closeArchiveEntry();
    }
  }

  /** So many bytes of a file that may grow or shrink meanwhile, as a log does. */
  private void copy(Path file, long size) throws IOException {
    byte[] bytes = new byte[BUFFER];
    long missing = size;
    try (InputStream content = Files.newInputStream(file)) {
      int read = 0;
      while (missing > 0 && read >= 0) {
        read = content.read(bytes, 0, (int) Math.min(missing, bytes.length));
        tar.write(bytes, 0, Math.max(read, 0));
        missing -= Math.max(read, 0);
      }
    } catch (NoSuchFileException _) {
      // it was removed meanwhile: as if it had become empty
    }
    Arrays.fill(bytes, (byte) 0);
    for (; missing > 0; missing -= bytes.length) {
      tar.write(bytes, 0, (int) Math.min(missing, bytes.length));
    }
  }

  /** A file or link of a commit. */
  void add(String name, FileTime committed, FileMode mode, ObjectLoader content)
      throws IOException {
    if (mode.equals(FileMode.SYMLINK)) {
      link(name, committed, new String(content.getBytes(), StandardCharsets.UTF_8));
      return;
    }
    file(name, committed, mode.equals(FileMode.EXECUTABLE_FILE), content.getSize());
    content.copyTo(tar);
    tar.closeArchiveEntry();
  }

  /** A plain file with this content. */
  void add(String name, FileTime modified, byte[] content) throws IOException {
    file(name, modified, false, content.length);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  private void file(String name, FileTime modified, boolean executable, long size)
      throws IOException {
    TarArchiveEntry entry = anonymous(new TarArchiveEntry(name), modified);
    entry.setMode(executable ? EXECUTABLE : PLAIN);
    entry.setSize(size);
    tar.putArchiveEntry(entry);
  }

  private void link(String name, FileTime modified, String target) throws IOException {
    TarArchiveEntry entry = anonymous(new TarArchiveEntry(name, TarConstants.LF_SYMLINK), modified);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  /** Without this machine's user: the same files make the same archive everywhere. */
  private static TarArchiveEntry anonymous(TarArchiveEntry entry, FileTime modified) {
    entry.setUserName("");
    entry.setGroupName("");
    entry.setIds(0, 0);
    entry.setLastModifiedTime(FileTime.from(modified.to(TimeUnit.SECONDS), TimeUnit.SECONDS));
    return entry;
  }
}
