package dev.deputy.builds;

import dev.deputy.core.AuditLog;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildLogs;
import dev.deputy.core.BuildStore;
import java.nio.file.Path;

/**
 * Where builds keep what they must not lose.
 *
 * @param files the folder for stashes, artifacts and log indexes
 */
public record BuildStores(BuildStore builds, BuildLogs logs, AuditLog audit, Path files) {
  /**
   * The build's own folder. No job's name can hold a {@code #}, so no build's folder is another
   * job's.
   */
  Path folder(BuildId build) {
    return folder(files, build);
  }

  static Path folder(Path files, BuildId build) {
    return files.resolve(build.job().value()).resolve("#" + build.number());
  }
}
