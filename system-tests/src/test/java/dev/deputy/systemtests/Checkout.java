package dev.deputy.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file ->
              file.toString().contains("/src/main/java/")
                  || file.toString().contains("/src/test/java/"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
