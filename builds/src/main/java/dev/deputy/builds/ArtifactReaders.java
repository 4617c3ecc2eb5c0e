package dev.deputy.builds;

import dev.deputy.core.BuildRecord;
import dev.deputy.core.JobName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which jobs may copy a build's artifacts. Nobody may, but builds of the same job, the build that
 * started it, builds that it started, and jobs that its own file names ({@code
 * copyArtifactPermission}): what Jenkins' plug-in calls production mode.
 *
 * @param file where the names stand, a line each
 */
record ArtifactReaders(Path file) {
  static ArtifactReaders of(Path buildFolder) {
    return new ArtifactReaders(buildFolder.resolve("artifact-readers"));
  }

  /**
   * Lets jobs copy, in place of those that were named before.
   *
   * @param names with {@code *} for any characters; relative to the job's folder, or full
   */
  void allow(List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether one build may copy the artifacts of another.
   *
   * @param from whose artifacts they are, and of whose folder this is
   */
  boolean allows(BuildRecord from, BuildRecord reader) {
    return from.id().job().equals(reader.id().job())
        || from.starter().filter(by -> by.build().equals(reader.id())).isPresent()
        || reader.starter().filter(by -> by.build().equals(from.id())).isPresent()
        || names().stream().anyMatch(name -> isNamed(name, from.id().job(), reader.id().job()));
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
    String full = name.startsWith("/") ? name.substring(1) : name;
    return pattern(full).matcher(reader.value()).matches()
        || (!name.startsWith("/") && pattern(folder + name).matcher(reader.value()).matches());
  }

  private static Pattern pattern(String name) {
    return Pattern.compile(
        Arrays.stream(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }
}
