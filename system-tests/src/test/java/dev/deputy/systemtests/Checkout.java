package dev.deputy.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The project's own files. */
final class Checkout {
  private Checkout() {}

  static Path root() {
    return Path.of(System.getProperty("deputy.checkout")).toAbsolutePath().normalize();
  }

  /** What {@code ./deputy} starts. */
  static Path home() {
    return Path.of(System.getProperty("deputy.home")).toAbsolutePath().normalize();
  }

  /**
   * Every Java source of Deputy; those of the examples' webshop, which has a style of its own, are
   * not.
   */
  static List<Path> javaSources() {
    List<Path> sources = new ArrayList<>();
    try {
      Files.walkFileTree(root(), new Sources(sources));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  /** Not where other tests write meanwhile. */
  private static final class Sources extends SimpleFileVisitor<Path> {
    private static final Set<String> OTHERS = Set.of("target", ".deputy", ".git");

    private final List<Path> found;

    Sources(List<Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return OTHERS.contains(String.valueOf(folder.getFileName()))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.toString();
      if (name.endsWith(".java")
          && (name.contains("/src/main/java/") || name.contains("/src/test/java/"))) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
