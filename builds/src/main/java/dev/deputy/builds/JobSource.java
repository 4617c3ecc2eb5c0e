package dev.deputy.builds;

import dev.deputy.core.BuildRecord;
import dev.deputy.core.BuildState;
import dev.deputy.core.Commit;
import dev.deputy.core.Source;
import dev.deputy.pipeline.Change;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The source that a build was made of, as its pipeline sees it. Everything here follows from the
 * build's commit and from builds that have ended, so it is the same whenever it is asked for.
 * Touched only with the build's baton.
 */
final class JobSource {
  private final Source source;
  private final List<BuildRecord> earlier;
  private @Nullable List<Change> changes;

  /**
   * @param earlier builds of the same job and branch that have ended, newest first
   */
  JobSource(Source source, List<BuildRecord> earlier) {
    this.source = source;
    this.earlier = List.copyOf(earlier);
  }

  Source source() {
    return source;
  }

  /** What {@code checkout scm} returns, under Jenkins' names. */
  Map<String, String> revision() {
    var revision = new LinkedHashMap<String, String>();
    source.commit().ifPresent(commit -> revision.put("GIT_COMMIT", commit));
    source.branch().ifPresent(branch -> revision.put("GIT_BRANCH", branch));
    source.url().ifPresent(url -> revision.put("GIT_URL", url));
    if (source.commit().isPresent()) {
      previous().ifPresent(commit -> revision.put("GIT_PREVIOUS_COMMIT", commit));
      earlier.stream()
          .filter(build -> build.state() == BuildState.SUCCESS)
          .flatMap(build -> build.commit().stream())
          .findFirst()
          .ifPresent(commit -> revision.put("GIT_PREVIOUS_SUCCESSFUL_COMMIT", commit));
    }
    return revision;
  }

  private Optional<String> previous() {
    return earlier.stream().flatMap(build -> build.commit().stream()).findFirst();
  }

  /** What was committed since the build before, oldest first. */
  List<Change> changes() {
    List<Change> known = changes;
    if (known == null) {
      known = previous().map(this::since).orElse(List.of());
      changes = known;
    }
    return known;
  }

  private List<Change> since(String commit) {
    try {
      return source.since(commit).stream().map(JobSource::change).toList();
    } catch (IOException _) {
      return List.of(); // a history that can not be read is one that is not known
    }
  }

  private static Change change(Commit commit) {
    return new Change(
        commit.id(),
        commit.author(),
        commit.email(),
        commit.message(),
        commit.time(),
        commit.files().stream()
            .map(file -> new Change.File(file.path(), Change.Edit.valueOf(file.edit().name())))
            .toList());
  }

  /** {@code scm}'s properties. */
  Map<String, Object> scm() {
    var remote = new LinkedHashMap<String, Object>();
    remote.put("name", "origin");
    remote.put("url", source.url().orElse(""));
    var branch = source.branch().map(name -> "*/" + name).or(source::commit).orElse("**");
    var scm = new LinkedHashMap<String, Object>(); // in one order, also after a restart
    scm.put("type", "git");
    scm.put("key", "git " + source.url().orElse(""));
    scm.put("branches", List.of(Map.of("name", branch)));
    scm.put("userRemoteConfigs", List.of(remote));
    scm.put("extensions", List.of());
    scm.put("submoduleCfg", List.of());
    scm.put("doGenerateSubmoduleConfigurations", false);
    return scm;
  }
}
