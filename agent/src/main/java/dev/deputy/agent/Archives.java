package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.deputy.protocol.AntPatterns;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Packs and unpacks files; only the steps' account touches them. */
final class Archives {
  private static final int MAX_NAMES = 256 << 20;
  private static final byte[] NOTHING = {};

  private final Workspace workspace;
  private final AccountCommand commands;
  private final Path lists;

  /**
   * @param lists where lists of names are written, for the steps' account to read
   */
  Archives(Workspace workspace, AccountCommand commands, Path lists) {
    this.workspace = workspace;
    this.commands = commands;
    this.lists = lists;
  }

  /** Takes an archive while it is made. */
  interface Taker {
    void take(InputStream archive) throws IOException, InterruptedException;
  }

  /**
   * Packs the files that match into an archive (tar, gzip).
   *
   * @param id names the list of files, one at a time
   * @param folder relative to the workspace, or absolute
   * @return how many files there were
   */
  int pack(String id, String folder, AntPatterns patterns, Taker taker)
      throws IOException, InterruptedException {
    Path list = lists.resolve(id + ".names");
    try {
      Path dir = workspace.locate(folder);
      List<String> names = names(dir, patterns);
      Files.writeString(list, String.join("\0", names));
      list.toFile().setReadable(true, false);
      pack(dir, list, taker);
      return names.size();
    } finally {
      list.toFile().delete();
    }
  }

  private List<String> names(Path dir, AntPatterns patterns)
      throws IOException, InterruptedException {
    List<String> find = new ArrayList<>(List.of("find", "."));
    patterns.depth().ifPresent(depth -> find.addAll(List.of("-maxdepth", Integer.toString(depth))));
    find.addAll(List.of("(", "-type", "f", "-o", "-type", "l", ")", "-print0"));
    String found = new String(commands.run(dir, find, NOTHING, MAX_NAMES), UTF_8);
    List<String> names = new ArrayList<>();
    for (String name : found.split("\0", -1)) {
      if (name.length() > 2 && patterns.match(name.substring(2))) {
        names.add(name);
      }
    }
    return names;
  }

  private void pack(Path dir, Path list, Taker taker) throws IOException, InterruptedException {
    List<String> tar =
        List.of(
            "tar",
            "--create",
            "--gzip",
            "--format=pax",
            "--owner=0",
            "--group=0",
            "--numeric-owner",
            "--no-recursion",
            "--null",
            "--files-from=" + list,
            "--file=-");
    try (AccountCommand.Running running = commands.start(dir, tar)) {
      running.input().close();
      taker.take(running.output());
      running.await();
    }
  }

  /**
   * Unpacks an archive into a folder, which is made where it is missing.
   *
   * @param folder relative to the workspace, or absolute
   * @return how many files and links it has
   */
  int unpack(InputStream archive, String folder) throws IOException, InterruptedException {
    Path dir = workspace.locate(folder);
    commands.run(workspace.path(), List.of("mkdir", "-p", "--", dir.toString()), NOTHING, 0);
    List<String> tar = List.of("tar", "--extract", "--no-same-owner", "--file=-");
    try (AccountCommand.Running running = commands.start(dir, tar)) {
      int files;
      try (OutputStream out = new BufferedOutputStream(running.input(), 64 << 10)) {
        InputStream plain = new BufferedInputStream(new GZIPInputStream(archive, 64 << 10));
        files = new Unpacking(workspace, dir).copy(new TarReader(plain), out);
      }
      running.await();
      return files;
    }
  }
}
