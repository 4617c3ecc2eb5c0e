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
   * The build's own folder. A job's name never contains a percent sign, so no two builds share one
   * and none lies in another.
   */
  Path folder(BuildId build) {
    return files
        .resolve(build.job().value().replace("/", "%2F"))
        .resolve(Integer.toString(build.number()));
  }
}
