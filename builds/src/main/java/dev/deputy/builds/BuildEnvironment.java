package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A build's own environment: what Deputy gives, under the names that Jenkins has for it, and what
 * the pipeline assigns. Touched only with the build's baton.
 */
final class BuildEnvironment {
  private final Map<String, String> given;
  private final Map<String, String> assigned = new LinkedHashMap<>();

  private BuildEnvironment(Map<String, String> given) {
    this.given = given;
  }

  static BuildEnvironment of(BuildRecord build, BuildParameters parameters) {
    BuildId id = build.id();
    String number = Integer.toString(id.number());
    String job = id.job().value();
    var given = new LinkedHashMap<>(parameters.environment());
    given.put("CI", "true");
    given.put("BUILD_NUMBER", number);
    given.put("BUILD_ID", number);
    given.put("BUILD_DISPLAY_NAME", "#" + number);
    given.put("BUILD_TAG", "jenkins-" + job.replace('/', '-') + "-" + number);
    given.put("JOB_NAME", job);
    given.put("JOB_BASE_NAME", job.substring(job.lastIndexOf('/') + 1));
    build.branch().ifPresent(branch -> given.put("BRANCH_NAME", branch));
    given.putAll(revision(build));
    return new BuildEnvironment(given);
  }

  /** What {@code checkout scm} says it checked out. */
  static Map<String, String> revision(BuildRecord build) {
    var revision = new LinkedHashMap<String, String>();
    build.commit().ifPresent(commit -> revision.put("GIT_COMMIT", commit));
    build.branch().ifPresent(branch -> revision.put("GIT_BRANCH", branch));
    return revision;
  }

  Map<String, String> given() {
    return given;
  }

  /** By {@code env.NAME = value}. */
  Map<String, String> assigned() {
    return assigned;
  }

  void assign(String name, String value) {
    assigned.put(name, value);
  }
}
