package dev.deputy.server;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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

  private final TarArchiveOutputStream tar;

  SourceArchive(OutputStream out) throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(FASTEST);
    this.tar =
        new TarArchiveOutputStream(
            new GzipCompressorOutputStream(new BufferedOutputStream(out), parameters));
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  /** A file or link of the disk; what has gone meanwhile, or is neither, is passed over. */
  void add(String name, Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      link(name, Files.readSymbolicLink(file).toString());
    } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setMode(Files.isExecutable(file) ? EXECUTABLE : PLAIN);
      entry.setSize(Files.size(file));
      tar.putArchiveEntry(entry);
      Files.copy(file, tar);
      tar.closeArchiveEntry();
    }
  }

  /** A file or link of a commit. */
  void add(String name, FileMode mode, ObjectLoader content) throws IOException {
    if (mode.equals(FileMode.SYMLINK)) {
      link(name, new String(content.getBytes(), StandardCharsets.UTF_8));
      return;
    }
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(mode.equals(FileMode.EXECUTABLE_FILE) ? EXECUTABLE : PLAIN);
    entry.setSize(content.getSize());
    tar.putArchiveEntry(entry);
    content.copyTo(tar);
    tar.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  private void link(String name, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }
}
