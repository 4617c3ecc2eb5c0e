package dev.deputy.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Programs in files by topic: a line {@code === title} stands before each, lines before the first
 * are a comment.
 */
record Snippets(String topic, String title, String program) {
  static final Path FOLDER = Path.of("src/test/resources/differential");

  private static final String MARKER = "=== ";

  String id() {
    return topic + "/" + title;
  }

  static List<Snippets> all() {
    List<Snippets> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      files
          .filter(file -> file.toString().endsWith(".groovy"))
          .sorted()
          .forEach(file -> all.addAll(in(file)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return all;
  }

  private static List<Snippets> in(Path file) {
    String topic = file.getFileName().toString().replace(".groovy", "");
    List<Snippets> snippets = new ArrayList<>();
    String[] parts = ("\n" + read(file)).split("\n" + MARKER, -1);
    for (int i = 1; i < parts.length; i++) {
      String[] titleAndProgram = parts[i].split("\n", 2);
      snippets.add(new Snippets(topic, titleAndProgram[0].strip(), titleAndProgram[1].strip()));
    }
    return snippets;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
