package dev.deputy.server;

import java.io.File;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.DefaultTypedConfigGetter;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS.FileStoreAttributes;
import org.jspecify.annotations.Nullable;

/**
 * How this process uses JGit: it only reads. Left to itself JGit measures the file system's clock
 * for seconds and keeps what it finds in the user's home, and asks the git program where the
 * system's configuration lies.
 */
final class GitDefaults {
  private GitDefaults() {}

  /** Takes effect for the whole process; may be repeated. */
  static void apply() {
    FS.DETECTED.setGitSystemConfig(new File("/etc/gitconfig"));
    Config.setTypedConfigGetter(new AssumedTimestamps());
  }

  /**
   * Answers for the file system's time stamps what JGit falls back to where it can not measure. A
   * file changed within that time of being indexed is compared by its content.
   */
  private static final class AssumedTimestamps extends DefaultTypedConfigGetter {
    @Override
    public @Nullable Long getTimeUnit(
        Config config,
        String section,
        @Nullable String subsection,
        String name,
        @Nullable Long absent,
        TimeUnit unit) {
      return section.equals("filesystem")
          ? Long.valueOf(unit.convert(FileStoreAttributes.FALLBACK_TIMESTAMP_RESOLUTION))
          : super.getTimeUnit(config, section, subsection, name, absent, unit);
    }
  }
}
