package dev.deputy.systemtests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that was written down somewhere during a run, to be searched for secrets. */
final class Evidence {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]+");

  /** The longest plain part of a secret that is no coincidence. */
  private static final int TELLING = 12;

  private record Piece(String place, String content) {}

  private final Set<Piece> pieces = ConcurrentHashMap.newKeySet();

  void add(String place, String content) {
    pieces.add(new Piece(place, content));
  }

  /** A file as it is now, byte for byte; one that is gone meanwhile is left out. */
  void add(String place, Path file) {
    try {
      add(place, new String(Files.readAllBytes(file), ISO_8859_1));
    } catch (IOException _) {
      // It was deleted, or its process has ended.
    }
  }

  /** Every regular file in a folder, now. */
  void addAll(String place, Path folder, Predicate<Path> wanted) {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(file -> Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS))
          .filter(wanted)
          .forEach(file -> add(place + " " + folder.relativize(file), file));
    } catch (IOException | java.io.UncheckedIOException _) {
      // It vanished while it was read; the next look finds what is left.
    }
  }

  /** The places of which anything is known. */
  List<String> places() {
    return pieces.stream().map(Piece::place).distinct().toList();
  }

  /**
   * Where which secrets are, none of them spelled out. A secret is found by its longest plain part,
   * so that neither the variant of Base64 nor escaping in JSON, URLs or shells hides it.
   */
  List<String> findings(Collection<String> secrets) {
    Set<String> parts = secrets.stream().map(Evidence::tellingPart).collect(Collectors.toSet());
    return pieces.parallelStream()
        .flatMap(piece ->
            parts.stream()
                .filter(piece.content::contains)
                .map(part -> piece.place + ": " + part.substring(0, 4) + "…"))
        .distinct()
        .sorted()
        .toList();
  }

  private static String tellingPart(String secret) {
    return PLAIN
        .matcher(secret)
        .results()
        .map(MatchResult::group)
        .max(java.util.Comparator.comparingInt(String::length))
        .filter(part -> part.length() >= TELLING)
        .orElse(secret);
  }
}
