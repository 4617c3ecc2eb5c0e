package dev.deputy.builds;

import dev.deputy.access.AccessPolicy;
import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.BuildState;
import dev.deputy.core.BuildStore;
import dev.deputy.core.JobName;
import dev.deputy.core.Timekeeper;
import dev.deputy.fleet.Agents;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.Outcome;
import dev.deputy.pipeline.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs builds. Thread-safe: any number of builds may run at the same time. */
public final class BuildRunner {
  private static final String CAN_NOT_GO_ON = "ERROR: this build can not go on: ";

  private final BuildStores stores;
  private final Agents agents;
  private final Access access;
  private final BuildSettings settings;
  private final Timekeeper time;
  private final Seal seal;
  private final Locks locks = new Locks();
  private final Map<BuildId, RunningBuild> running = new ConcurrentHashMap<>();

  private final Lives lives = new Lives();

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
    this.seal = Seal.in(stores.files());
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
    return continued(create(request).id(), request, observer, questions);
  }

  /** Stores a build, to be {@link #continued}. */
  public BuildRecord create(BuildRequest request) {
    var build = newBuild(request, Optional.empty());
    BuildRecord record = lives.create(request, () -> stores.builds().create(build), _ -> true);
    keepOrigin(record, request);
    return record;
  }

  private void keepOrigin(BuildRecord record, BuildRequest request) {
    try {
      Origin.of(request).write(stores, record.id(), seal);
    } catch (IOException e) {
      lives.remove(record.id());
      move(record.id(), BuildState.FAILURE);
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A build that a step of another one started.
   *
   * @param now whether it was made just now of what was given; otherwise by an earlier process
   */
  record Child(BuildId id, boolean now) {}

  /**
   * Stores the build of a step, to be {@link #continued}, unless an earlier process did and was
   * killed before the step knew of it.
   *
   * @throws IllegalArgumentException when the earlier process was killed halfway, and its build was
   *     made of another file
   */
  Child createChild(BuildRequest request, BuildRecord.Starter starter) {
    var build = newBuild(request, Optional.of(starter));
    BuildRecord record =
        lives.create(request, () -> stores.builds().create(build), this::isWithoutOrigin);
    if (!isWithoutOrigin(record)) {
      return new Child(record.id(), false);
    }
    requireMadeOf(record, request);
    keepOrigin(record, request);
    return new Child(record.id(), true);
  }

  private boolean isWithoutOrigin(BuildRecord build) {
    return build.state() == BuildState.QUEUED && !Origin.exists(stores.files(), build.id());
  }

  private void requireMadeOf(BuildRecord record, BuildRequest request) {
    if (!record.scriptHash().equals(request.scriptHash())) {
      lives.remove(record.id());
      throw new IllegalArgumentException(
          "build " + record.id() + " was made of another Jenkinsfile");
    }
  }

  /**
   * Has a build go on to its end that is stored: its pipeline runs again from the top, and whatever
   * its journal has the end of is not done again. One that has ended stays as it is; one that is
   * under way in this process is waited for.
   *
   * @param request what the build was made of
   * @throws IllegalArgumentException when there is no such build, or it was made of something else
   */
  public BuildOutcome continued(
      BuildId id, BuildRequest request, BuildObserver observer, Questions questions) {
    return reopen(id, request, observer, questions).get();
  }

  /**
   * As {@link #continued}, of a build that a step of another one started: whether it runs already,
   * has ended, or has to be made once more of what it was made of.
   *
   * @param abort ends it
   */
  BuildOutcome continued(
      BuildId id, OtherJobs jobs, AbortSignal abort, BuildObserver observer, Questions questions) {
    Life life = lives.get(id);
    if (life != null) {
      abort.attach(by -> life.request().abort().abort(by));
      return life.end().join();
    }
    BuildRecord record =
        find(id).orElseThrow(() -> new IllegalArgumentException("there is no build " + id));
    if (record.state().terminal()) {
      return ended(record);
    }
    try {
      Origin origin =
          Origin.find(stores.files(), id)
              .orElseThrow(() -> new IOException("it is not known what it was made of"));
      BuildRequest request = jobs.again(record, origin);
      abort.attach(by -> request.abort().abort(by));
      return continued(id, request, observer, questions);
    } catch (IOException e) {
      giveUp(id, String.valueOf(e.getMessage()), observer);
      return ended(find(id).orElse(record));
    }
  }

  /**
   * As {@link #continued}, in two steps: until what is returned has run, no other build gets what
   * this one had locked.
   */
  public Supplier<BuildOutcome> reopen(
      BuildId id, BuildRequest request, BuildObserver observer, Questions questions) {
    BuildRecord record =
        stores
            .builds()
            .find(id)
            .orElseThrow(() -> new IllegalArgumentException("there is no build " + id));
    if (record.state().terminal()) {
      return () -> ended(record);
    }
    requireMadeOf(record, request);
    Life life = lives.of(id, request);
    if (!life.claim()) {
      request.abort().attach(by -> life.request().abort().abort(by));
      return () -> life.end().join();
    }
    var replay = new Replay(stores.builds().journal(id));
    if (replay.resumed()) {
      locks.repeats();
      replay.afterwards(() -> {
        locks.repeated();
        agents.resumed(id);
        stores.builds().overtakenBy(id).ifPresent(newer -> overtake(id, newer));
      });
    }
    return () -> {
      try {
        Optional<Life.Ending> early = replay.resumed() ? Optional.empty() : awaitTurn(record, life);
        BuildOutcome outcome =
            early.isPresent()
                ? endUnbegun(record, early.get(), observer, replay)
                : run(record, request, observer, questions, replay);
        life.end().complete(outcome);
        return outcome;
      } catch (RuntimeException | Error e) {
        life.end().completeExceptionally(e);
        throw e;
      } finally {
        lives.remove(id);
      }
    };
  }

  /** Returns when a build may begin, or with how it ends because it must not any more. */
  private Optional<Life.Ending> awaitTurn(BuildRecord build, Life life) {
    stores.builds().overtakenBy(build.id()).ifPresent(life::overtaken);
    lives.awaitTurn(build.id(), life, this::overtake);
    return life.wanted();
  }

  private BuildOutcome endUnbegun(
      BuildRecord build, Life.Ending ending, BuildObserver observer, Replay replay) {
    replay.abandon();
    end(
        build.id(),
        ending.state(),
        ending.why().description(),
        observer,
        audit(build.id(), ending.state()));
    return ended(find(build.id()).orElse(build));
  }

  /** The newer build that wants a build to end that had not begun. */
  Optional<Integer> overtakenBy(BuildId id) {
    return lives.overtakenBy(id);
  }

  /**
   * Ends a build of an earlier process that can not go on.
   *
   * @param observer hears of its end
   */
  public void giveUp(BuildId id, String reason, BuildObserver observer) {
    fail(id, reason, observer);
    agents.resumed(id);
  }

  private void fail(BuildId id, String reason, BuildObserver observer) {
    var audit =
        new AuditRecord(
            time.instant(),
            "build-given-up",
            "controller",
            Optional.of(id),
            Map.of("reason", reason));
    end(id, BuildState.FAILURE, CAN_NOT_GO_ON + reason, observer, audit);
  }

  /** Ends a build that does not run: the log, the stored state, the last event, in this order. */
  private void end(
      BuildId id, BuildState state, String why, BuildObserver observer, AuditRecord audit) {
    try (var announcer = new Announcer(observer, id.toString())) {
      try (var console = new Console(id, stores, new Masks(List.of()), announcer, time, () -> {})) {
        console.report(LogSource.BUILD, why + "\nFinished: " + state);
      }
      stores.builds().transition(id, state, audit.at(), audit);
      Origin.delete(stores, id);
      overtakeOlder(id);
      find(id).ifPresent(build -> announcer.announce(finished(build)));
    }
  }

  private BuildEvent finished(BuildRecord build) {
    BuildOutcome outcome = ended(build);
    return new BuildEvent.BuildFinished(
        build.finished().orElseGet(time::instant),
        build.id(),
        build.script(),
        build.state(),
        outcome.duration(),
        outcome.logFile());
  }

  public Optional<BuildRecord> find(BuildId id) {
    return stores.builds().find(id);
  }

  /** Builds of all jobs, newest first. */
  public List<BuildRecord> recent(int limit) {
    return stores.builds().recent(limit);
  }

  /** A build's console log. */
  public Path logFile(BuildId id) {
    return stores.logs().file(id);
  }

  /** Builds that an earlier process did not end, oldest first. */
  public List<BuildId> unfinished() {
    List<BuildRecord> all = stores.builds().unfinished();
    Set<BuildId> ids = all.stream().map(BuildRecord::id).collect(Collectors.toSet());
    return all.stream().filter(build -> !isHalfMade(build, ids)).map(BuildRecord::id).toList();
  }

  /** Whether the step that was about to start a build does so when it is repeated. */
  private boolean isHalfMade(BuildRecord build, Set<BuildId> unfinished) {
    return build.starter().map(BuildRecord.Starter::build).filter(unfinished::contains).isPresent()
        && isWithoutOrigin(build);
  }

  private BuildOutcome ended(BuildRecord record) {
    return new BuildOutcome(
        record.id(),
        record.state(),
        Optional.empty(),
        Duration.between(record.created(), record.finished().orElse(record.created())),
        BuildOutcome.TimeSplit.ZERO,
        stores.logs().file(record.id()));
  }

  private BuildOutcome run(
      BuildRecord record,
      BuildRequest request,
      BuildObserver observer,
      Questions questions,
      Replay replay) {
    RunningBuild build;
    try {
      build = new RunningBuild(this, request, record, questions, observer, replay);
    } catch (Diverged e) {
      replay.abandon();
      fail(record.id(), String.valueOf(e.getMessage()), observer);
      return ended(find(record.id()).orElse(record));
    } catch (RuntimeException e) {
      replay.abandon();
      move(record.id(), BuildState.FAILURE);
      throw e;
    }
    try (build) {
      return run(build);
    } finally {
      replay.abandon();
      build.awaitChildren();
    }
  }

  private BuildStore.NewBuild newBuild(
      BuildRequest request, Optional<BuildRecord.Starter> starter) {
    return new BuildStore.NewBuild(
        request.job(),
        request.script(),
        request.source().branch(),
        request.source().commit(),
        request.scriptHash(),
        request.cause(),
        request.parameters().stored(),
        starter,
        time.instant());
  }

  private BuildOutcome run(RunningBuild build) {
    BuildState state;
    try {
      begin(build);
      Outcome outcome = build.request().parsed().pipeline().run(build);
      build.course().replay().awaitOver();
      state = end(build, outcome);
    } catch (Diverged e) {
      build.console().repeatsNoMore();
      build.console().report(LogSource.BUILD, CAN_NOT_GO_ON + e.getMessage());
      return build.finish(BuildState.FAILURE);
    } catch (RuntimeException | Error e) {
      fault(build, e);
      throw e;
    }
    return build.finish(state);
  }

  /** Leaves a build behind that has ended, as far as that can still be stored. */
  private static void fault(RunningBuild build, Throwable fault) {
    try {
      build.console().repeatsNoMore();
      build.console().report(LogSource.BUILD, "FATAL: a fault of Deputy: " + fault);
      build.finish(BuildState.FAILURE);
    } catch (RuntimeException more) {
      fault.addSuppressed(more);
    }
  }

  private void begin(RunningBuild build) {
    BuildRecord record = build.record();
    move(record.id(), BuildState.RUNNING);
    ArtifactReaders.of(stores.folder(record.id()))
        .allow(build.request().parsed().pipeline().options().artifactReaders());
    if (build.course().replay().resumed()) {
      build.console().report(LogSource.BUILD, "Resuming after a restart of the controller");
    }
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
    boolean told = build.aborted();
    outcome
        .error()
        .filter(_ -> !told)
        .ifPresent(error -> build.console().line(LogSource.BUILD, error));
    boolean denied = build.denial().isPresent() || outcome.denied();
    return denied && result.compareTo(BuildResult.FAILURE) < 0
        ? BuildState.FAILURE
        : BuildState.valueOf(result.name());
  }

  /** Stores a build's state. */
  void move(BuildId id, BuildState to) {
    AuditRecord audit = audit(id, to);
    stores.builds().transition(id, to, audit.at(), audit);
  }

  private AuditRecord audit(BuildId id, BuildState to) {
    String action = "build-" + to.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new AuditRecord(time.instant(), action, id.toString(), Optional.of(id), Map.of());
  }

  /** The result of the job's build before this one; null where there is none. */
  @Nullable BuildResult previousResult(BuildId id) {
    return stores.builds().ofJob(id.job(), 100).stream()
        .filter(build -> build.id().number() < id.number() && build.state().terminal())
        .findFirst()
        .map(build -> BuildResult.valueOf(build.state().name()))
        .orElse(null);
  }

  /** Builds of a job by their numbers, in that order; without those that are not stored. */
  List<BuildRecord> records(JobName job, List<Integer> numbers) {
    return numbers.stream()
        .flatMap(number -> stores.builds().find(new BuildId(job, number)).stream())
        .toList();
  }

  /** Builds of the same job and branch before this one that have ended, newest first. */
  List<BuildRecord> earlier(BuildRecord build) {
    return stores.builds().ofJob(build.id().job(), 100).stream()
        .filter(other -> other.id().number() < build.id().number() && other.state().terminal())
        .filter(other -> other.branch().equals(build.branch()))
        .toList();
  }

  /** Ends a build that a newer one overtook, now or as soon as it begins. */
  void overtake(BuildId id, int newer) {
    lives.overtake(id, newer);
    Optional.ofNullable(running.get(id))
        .ifPresent(build -> build.course().happen(new Happening.Overtaken(newer)));
  }

  /** Ends the builds that one overtook by what it passed, or by its end; the newest first. */
  void overtakeOlder(BuildId by) {
    stores
        .builds()
        .overtaken(by)
        .reversed()
        .forEach(older -> overtake(new BuildId(by.job(), older), by.number()));
  }

  Seal seal() {
    return seal;
  }

  Locks locks() {
    return locks;
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
