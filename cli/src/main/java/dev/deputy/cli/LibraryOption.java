package dev.deputy.cli;

import dev.deputy.server.ConfiguredLibraries;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --library}: shared libraries that no configuration lists. */
final class LibraryOption {
  @Option(
      names = "--library",
      paramLabel = "NAME=DIR",
      description =
          "A shared library in a folder of this machine, with vars, src and resources; may be"
              + " repeated. Only with --local.")
  private Map<String, Path> folders = new LinkedHashMap<>();

  /** As a configuration would list them. */
  List<ConfiguredLibraries.Library> named() {
    return folders.entrySet().stream()
        .map(each ->
            ConfiguredLibraries.Library.ofFolder(
                each.getKey(), each.getValue().toAbsolutePath().normalize()))
        .toList();
  }
}
