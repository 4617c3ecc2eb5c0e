package dev.deputy.server;

import dev.deputy.core.LibraryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Sorts a library's files into what they are; refuses more than any library has. */
final class LibraryFiles {
  private static final long LARGEST_FILE = 1 << 20;
  private static final long LARGEST = 32 << 20;
  private static final String CODE = ".groovy";

  private final Map<String, String> vars = new LinkedHashMap<>();
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, byte[]> resources = new LinkedHashMap<>();
  private long size;

  /** Something that gives a file's content. */
  @FunctionalInterface
  interface Content {
    byte[] read() throws IOException;
  }

  /** Whether a file of this name is one of a library. */
  static boolean belongs(String name) {
    return name.startsWith("resources/")
        || ((name.startsWith("vars/") || name.startsWith("src/")) && name.endsWith(CODE));
  }

  /**
   * Adds a file.
   *
   * @param name from the library's top, with {@code /}
   * @param length in bytes
   */
  void add(String name, long length, Content content) throws IOException {
    if (!belongs(name)) {
      return;
    }
    size += length;
    if (length > LARGEST_FILE || size > LARGEST) {
      throw new IOException(
          name + " is too large: a library's files have at most 1 MiB, all together 32 MiB");
    }
    byte[] bytes = content.read();
    if (name.startsWith("resources/")) {
      resources.put(name.substring("resources/".length()), bytes);
      return;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    String path = name.substring(name.indexOf('/') + 1, name.length() - CODE.length());
    if (name.startsWith("src/")) {
      sources.put(path.replace('/', '.'), text);
    } else if (path.indexOf('/') < 0) {
      vars.put(path, text);
    }
  }

  LibraryStore.Library library(String name, String version, Optional<String> commit) {
    return new LibraryStore.Library(name, version, commit, vars, sources, resources);
  }

  boolean isEmpty() {
    return vars.isEmpty() && sources.isEmpty();
  }
}
