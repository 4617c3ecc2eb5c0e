package dev.deputy.builds;

import dev.deputy.access.NamePattern;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.JobName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which builds may copy a build's artifacts: those of the same branch alone, and of these builds of
 * the same job, the builds that started it, builds that it started, and jobs that its own file
 * names ({@code copyArtifactPermission}), which Jenkins' plug-in calls production mode. A branch
 * that is not known, as that of files with edits, is no branch's equal but another unknown one's:
 * what was not reviewed must not pass as what was.
 *
 * @param file where the names stand, a line each
 */
record ArtifactReaders(Path file) {
  /** With each star doubled it is a pattern still. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.+*/-]{1,120}");

  static ArtifactReaders of(Path buildFolder) {
    return new ArtifactReaders(buildFolder.resolve("artifact-readers"));
  }

  /**
   * Lets jobs copy, in place of those that were named before. What no job can be called is left
   * out.
   *
   * @param names with {@code *} for any characters; relative to the job's folder, or full
   */
  void allow(List<String> names) {
    try {
      if (names.isEmpty()) {
        Files.deleteIfExists(file);
        return;
      }
      Files.createDirectories(file.getParent());
      Files.write(file, names.stream().filter(name -> FORM.matcher(name).matches()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether one build may copy the artifacts of another.
   *
   * @param from whose artifacts they are, and of whose folder this is
   * @param ancestor whether it started the reader, or whoever did
   */
  boolean allows(BuildRecord from, BuildRecord reader, boolean ancestor) {
    return from.branch().equals(reader.branch())
        && (ancestor
            || from.id().job().equals(reader.id().job())
            || from.starter().filter(by -> by.build().equals(reader.id())).isPresent()
            || names().stream()
                .anyMatch(name -> isNamed(name, from.id().job(), reader.id().job())));
  }

  private List<String> names() {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNamed(String name, JobName from, JobName reader) {
    String folder = from.value().substring(0, from.value().lastIndexOf('/') + 1);
    return name.startsWith("/")
        ? matches(name.substring(1), reader)
        : matches(name, reader) || matches(folder + name, reader);
  }

  private static boolean matches(String name, JobName job) {
    String pattern = name.replaceAll("\\*+", "**");
    return !pattern.isEmpty()
        && pattern.length() <= 255
        && NamePattern.of(pattern).matches(job.value());
  }
}
