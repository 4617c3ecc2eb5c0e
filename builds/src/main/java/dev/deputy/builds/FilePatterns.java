package dev.deputy.builds;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Ant patterns that select files of a workspace. */
record FilePatterns(List<String> includes, List<String> excludes) {
  /** What tools leave behind and nobody wants: Ant's default excludes. */
  private static final List<String> DEFAULT_EXCLUDES =
      List.of(
          "**/*~",
          "**/#*#",
          "**/.#*",
          "**/%*%",
          "**/._*",
          "**/CVS",
          "**/CVS/**",
          "**/.cvsignore",
          "**/SCCS",
          "**/SCCS/**",
          "**/vssver.scc",
          "**/.svn",
          "**/.svn/**",
          "**/.DS_Store",
          "**/.git",
          "**/.git/**",
          "**/.gitattributes",
          "**/.gitignore",
          "**/.gitmodules",
          "**/.hg",
          "**/.hg/**",
          "**/.hgignore",
          "**/.hgsub",
          "**/.hgsubstate",
          "**/.hgtags",
          "**/.bzr",
          "**/.bzr/**",
          "**/.bzrignore");

  /**
   * @param includes patterns separated by commas
   * @param excludes patterns separated by commas
   */
  static FilePatterns of(String includes, Optional<String> excludes, boolean defaultExcludes) {
    List<String> own = split(excludes.orElse(""));
    return new FilePatterns(
        split(includes),
        defaultExcludes ? Stream.concat(own.stream(), DEFAULT_EXCLUDES.stream()).toList() : own);
  }

  private static List<String> split(String patterns) {
    return Arrays.stream(patterns.split(","))
        .map(String::strip)
        .filter(pattern -> !pattern.isEmpty())
        .toList();
  }
}
