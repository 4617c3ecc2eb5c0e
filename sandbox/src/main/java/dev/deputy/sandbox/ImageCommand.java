package dev.deputy.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the sandbox runs for a container image: a command of the host instead of a file system.
 *
 * @param entryPoint the image's entry point as arguments; a container definition's {@code
 *     entryPoint} replaces it, its {@code command} is appended
 * @param readable paths of the host that the task may read although they lie in a place that is
 *     hidden from it, such as a home directory
 * @param path directories that come first in the task's {@code PATH}
 * @param environment the image's own environment; a container definition's comes on top
 */
public record ImageCommand(
    List<String> entryPoint,
    List<Path> readable,
    List<Path> path,
    Map<String, String> environment) {
  public ImageCommand {
    entryPoint = List.copyOf(entryPoint);
    readable = List.copyOf(readable);
    path = List.copyOf(path);
    environment = Map.copyOf(environment);
  }

  /** An image that is just a command. */
  public static ImageCommand of(String... entryPoint) {
    return new ImageCommand(List.of(entryPoint), List.of(), List.of(), Map.of());
  }
}
