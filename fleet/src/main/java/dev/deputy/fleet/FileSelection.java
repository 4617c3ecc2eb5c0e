package dev.deputy.fleet;

import dev.deputy.protocol.AntPatterns;
import java.util.List;

/** Tells which files agents would select by Ant patterns. Immutable. */
public final class FileSelection {
  private final AntPatterns patterns;

  public FileSelection(List<String> includes, List<String> excludes) {
    this.patterns = new AntPatterns(includes, excludes);
  }

  /**
   * @param name relative, with slashes
   */
  public boolean has(String name) {
    return patterns.match(name);
  }
}
