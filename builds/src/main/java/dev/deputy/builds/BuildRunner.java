package dev.deputy.builds;

import dev.deputy.access.AccessPolicy;
import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.BuildState;
import dev.deputy.core.BuildStore;
import dev.deputy.fleet.Agents;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.Outcome;
import dev.deputy.pipeline.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Runs builds. Thread-safe: any number of builds may run at the same time. */
public final class BuildRunner {
  private final BuildStores stores;
  private final Agents agents;
  private final Access access;
  private final BuildSettings settings;
  private final Timekeeper time;
  private final Locks locks = new Locks();
  private final Milestones milestones = new Milestones();
  private final Map<BuildId, RunningBuild> running = new ConcurrentHashMap<>();

  public BuildRunner(
      BuildStores stores,
      Agents agents,
      AccessPolicy policy,
      BuildSettings settings,
      Timekeeper time) {
    this.stores = stores;
    this.agents = agents;
    this.access = new Access(policy, stores.audit());
    this.settings = settings;
    this.time = time;
  }

  /**
   * Runs a build to its end on the calling thread. When it returns, the result is stored, every
   * agent of the build is gone, the observer has heard of everything, and the builds that it
   * started have ended as well.
   *
   * <p>What goes wrong in a pipeline is in the outcome; an exception means a fault of Deputy or of
   * what it stands on (the build is FAILURE then, where that could still be stored).
   */
  public BuildOutcome run(BuildRequest request, BuildObserver observer, Questions questions) {
    BuildRecord record = stores.builds().create(newBuild(request));
    RunningBuild build = open(request, record, observer, questions);
    try (build) {
      return run(build);
    } finally {
      build.awaitChildren();
    }
  }

  private RunningBuild open(
      BuildRequest request, BuildRecord record, BuildObserver observer, Questions questions) {
    try {
      return new RunningBuild(this, request, record, questions, observer);
    } catch (RuntimeException e) {
      move(record.id(), BuildState.FAILURE);
      throw e;
    }
  }

  private BuildStore.NewBuild newBuild(BuildRequest request) {
    return new BuildStore.NewBuild(
        request.job(),
        request.script(),
        request.source().branch(),
        request.source().commit(),
        request.scriptHash(),
        request.cause(),
        request.parameters().stored(),
        time.instant());
  }

  private BuildOutcome run(RunningBuild build) {
    BuildState state;
    try {
      begin(build);
      state = end(build, build.request().parsed().pipeline().run(build));
    } catch (RuntimeException | Error e) {
      fault(build, e);
      throw e;
    }
    return build.finish(state);
  }

  /** Leaves a build behind that has ended, as far as that can still be stored. */
  private static void fault(RunningBuild build, Throwable fault) {
    try {
      build.console().line(LogSource.BUILD, "FATAL: a fault of Deputy: " + fault);
      build.finish(BuildState.FAILURE);
    } catch (RuntimeException more) {
      fault.addSuppressed(more);
    }
  }

  private void begin(RunningBuild build) {
    BuildRecord record = build.record();
    move(record.id(), BuildState.RUNNING);
    build.announce(
        new BuildEvent.BuildStarted(
            time.instant(),
            record.id(),
            record.script(),
            record.branch(),
            record.commit(),
            record.cause()));
    Console console = build.console();
    console.line(LogSource.BUILD, record.cause().describe());
    for (Problem warning : build.request().parsed().warnings()) {
      console.line(LogSource.BUILD, "WARNING: " + warning.format());
    }
    console.annotation(LogSource.BUILD, "Start of Pipeline");
  }

  /** A denial and an abort are stronger than whatever the pipeline made of them. */
  private static BuildState end(RunningBuild build, Outcome outcome) {
    build.console().annotation(LogSource.BUILD, "End of Pipeline");
    BuildResult result = build.currentBuild().currentResult().worse(outcome.result());
    boolean told = build.request().abort().requested();
    String mark = result == BuildResult.ABORTED ? "" : "ERROR: ";
    outcome
        .error()
        .filter(_ -> !told)
        .ifPresent(error -> build.console().line(LogSource.BUILD, mark + error));
    boolean denied = build.denial().isPresent() || outcome.denied();
    return denied && result.compareTo(BuildResult.FAILURE) < 0
        ? BuildState.FAILURE
        : BuildState.valueOf(result.name());
  }

  /** Stores a build's state. */
  void move(BuildId id, BuildState to) {
    Instant now = time.instant();
    String action = "build-" + to.name().toLowerCase(Locale.ROOT).replace('_', '-');
    var audit = new AuditRecord(now, action, id.toString(), Optional.of(id), Map.of());
    stores.builds().transition(id, to, now, audit);
  }

  /** The result of the job's build before this one; null where there is none. */
  @Nullable BuildResult previousResult(BuildId id) {
    return stores.builds().ofJob(id.job(), 100).stream()
        .filter(build -> build.id().number() < id.number() && build.state().terminal())
        .findFirst()
        .map(build -> BuildResult.valueOf(build.state().name()))
        .orElse(null);
  }

  /** Builds of the same job and branch before this one that have ended, newest first. */
  List<BuildRecord> earlier(BuildRecord build) {
    return stores.builds().ofJob(build.id().job(), 100).stream()
        .filter(other -> other.id().number() < build.id().number() && other.state().terminal())
        .filter(other -> other.branch().equals(build.branch()))
        .toList();
  }

  Locks locks() {
    return locks;
  }

  Milestones milestones() {
    return milestones;
  }

  /** The builds that run now, by id. */
  Map<BuildId, RunningBuild> running() {
    return running;
  }

  BuildStores stores() {
    return stores;
  }

  Agents agents() {
    return agents;
  }

  Access access() {
    return access;
  }

  BuildSettings settings() {
    return settings;
  }

  Timekeeper time() {
    return time;
  }
}
