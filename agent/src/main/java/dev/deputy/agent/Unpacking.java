package dev.deputy.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Passes an archive on, member by member, and refuses it where a member would lie or lead out of
 * the folder it is unpacked into: absolute names, {@code ..}, a member below a link of the same
 * archive, and links that leave.
 */
final class Unpacking {
  private final Workspace workspace;
  private final Path folder;
  private final Set<String> links = new HashSet<>();
  private final Set<String> files = new HashSet<>();
  private final Set<String> parents = new HashSet<>();

  Unpacking(Workspace workspace, Path folder) {
    this.workspace = workspace;
    this.folder = folder;
  }

  /** Copies the archive; returns how many files and links it has. */
  int copy(TarReader from, OutputStream to) throws IOException {
    TarWriter writer = new TarWriter(to);
    int count = 0;
    Optional<TarEntry> next = from.next();
    while (next.isPresent()) {
      TarEntry entry = next.get();
      String name = clean(entry.name());
      if (!name.isEmpty()) {
        check(name, entry);
        writer.header(renamed(entry, name));
        from.content(to);
        writer.endContent(entry.size());
        count += entry.type() == TarEntry.Type.FOLDER ? 0 : 1;
      }
      next = from.next();
    }
    writer.end();
    return count;
  }

  private static TarEntry renamed(TarEntry entry, String name) throws IOException {
    String target =
        entry.type() == TarEntry.Type.HARD_LINK ? clean(entry.target()) : entry.target();
    return new TarEntry(entry.type(), name, entry.mode(), target, entry.size(), entry.modified());
  }

  /** The name without {@code .} and needless slashes. */
  private static String clean(String name) throws IOException {
    StringBuilder clean = new StringBuilder();
    boolean absolute = name.startsWith("/");
    for (String part : name.split("/", -1)) {
      if (part.equals("..") || absolute) {
        throw new IOException(name + " leads out of the folder");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        clean.append(clean.isEmpty() ? "" : "/").append(part);
      }
    }
    return clean.toString();
  }

  private void check(String name, TarEntry entry) throws IOException {
    int slash = name.indexOf('/');
    while (slash >= 0) {
      String parent = name.substring(0, slash);
      if (links.contains(parent)) {
        throw new IOException(name + " lies below the link " + parent);
      }
      if (parents.add(parent)) {
        workspace.keepBelow(folder, parent);
      }
      slash = name.indexOf('/', slash + 1);
    }
    links.remove(name);
    switch (entry.type()) {
      case FILE -> files.add(name);
      case FOLDER -> files.remove(name);
      case LINK -> {
        checkTarget(name, entry.target());
        links.add(name);
      }
      case HARD_LINK -> {
        if (!files.contains(clean(entry.target()))) {
          throw new IOException(name + " is a link to no file of the archive");
        }
      }
    }
  }

  /** {@code ..} may only come first: after a name it could be the parent of wherever that leads. */
  private static void checkTarget(String name, String target) throws IOException {
    long up = name.chars().filter(c -> c == '/').count();
    boolean leading = true;
    boolean good = !target.isEmpty() && !target.startsWith("/");
    for (String part : target.split("/", -1)) {
      if (part.equals("..")) {
        up--;
        good &= leading && up >= 0;
      } else if (!part.isEmpty() && !part.equals(".")) {
        leading = false;
      }
    }
    if (!good) {
      throw new IOException(name + ": the link to " + target + " leads out of the folder");
    }
  }
}
