package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.BuildState;
import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.core.Timekeeper;
import dev.deputy.fleet.Agents;
import dev.deputy.pipeline.Branch;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.Change;
import dev.deputy.pipeline.InterruptionCause;
import dev.deputy.pipeline.ParameterDefinition;
import dev.deputy.pipeline.PipelineException;
import dev.deputy.pipeline.PipelineException.Interrupted;
import dev.deputy.pipeline.PipelineHost;
import dev.deputy.pipeline.Scope;
import dev.deputy.pipeline.StepCall;
import dev.deputy.pipeline.StepCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One build while it runs: the world as its pipeline and its steps see it. */
final class RunningBuild implements PipelineHost, AutoCloseable {
  private final BuildRunner runner;
  private final BuildRequest request;
  private final BuildRecord record;
  private final Questions questions;
  private final BuildObserver observer;
  private final List<BuildStep.Child> children = new CopyOnWriteArrayList<>();
  private final Masks masks;
  private final Announcer announcer;
  private final Console console;
  private final Journal journal;
  private final Stashes stashes;
  private final Results results;
  private final BuildEnvironment environment;
  private final JobSource checkedOut;
  private final LoadedLibraries libraries;
  private final TimeLedger times = new TimeLedger();
  private final List<PipelineException.StepFailed> losses = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Branch> main = new AtomicReference<>();
  private final AtomicReference<@Nullable String> denial = new AtomicReference<>();

  private final Course course;
  private final Map<Integer, TimeoutStep.Expiry> timeouts = new ConcurrentHashMap<>();
  private final Beginning beginning;
  private final SplittableRandom random;

  /** How often somebody wanted the build to end. */
  private int aborts;

  private boolean overtaken;
  private volatile boolean ended;

  /** By name; those that {@code properties} declares come to it. */
  private final Map<String, Object> parameters;

  /** Steps reached so far; touched only with the baton, like the next one. */
  private int reached;

  /** Branches that wait for a person or an agent. */
  private int waiting;

  private int milestone = -1;
  private final Set<String> inputs = new HashSet<>();

  RunningBuild(
      BuildRunner runner,
      BuildRequest request,
      BuildRecord record,
      Questions questions,
      BuildObserver observer,
      Replay replay) {
    this.runner = runner;
    this.request = request;
    this.record = record;
    this.questions = questions;
    this.observer = observer;
    this.masks = new Masks(request.parameters().secrets());
    this.announcer = new Announcer(observer, record.id().toString());
    this.journal =
        new Journal(
            runner.stores().builds(), record.id(), masks, runner.time(), runner.seal(), replay);
    this.course = new Course(journal, this::matters, this::happens);
    this.beginning =
        course.note(Beginning.STORED, () -> Beginning.of(runner, record, request.source()));
    beginning.requireThisInterpreter();
    this.random = new SplittableRandom(beginning.seed());
    this.console =
        new Console(record.id(), runner.stores(), masks, announcer, runner.time(), journal::settle);
    this.stashes = new Stashes(runner.stores().folder(record.id()));
    this.results = new Results(record, this::now, beginning.previous().orElse(null));
    this.parameters = new LinkedHashMap<>(request.parameters().values());
    this.environment = BuildEnvironment.of(record, request.parameters());
    this.libraries =
        new LoadedLibraries(runner.settings().resources().libraries(), record.id().job());
    this.checkedOut =
        new JobSource(
            new SourceAsBegun(request.source(), beginning),
            runner.records(record.id().job(), beginning.earlier()));
  }

  @Override
  public StepCatalog steps() {
    return Steps.all();
  }

  @Override
  public void started(Branch main) {
    this.main.set(main);
    runner.running().put(id(), this);
    course.begin(main);
    request.abort().attach(by -> course.happen(new Happening.Aborted(by)));
    runner.overtakenBy(id()).ifPresent(by -> course.happen(new Happening.Overtaken(by)));
  }

  /** Whether something from outside still changes anything. */
  private boolean matters(Happening happening) {
    return switch (happening) {
      case Happening.Aborted _ -> !ended;
      case Happening.Expired(int step) -> timeouts.containsKey(step);
      case Happening.Overtaken _ -> !overtaken && !ended;
    };
  }

  private void happens(Happening happening) {
    switch (happening) {
      case Happening.Aborted(String by) -> {
        aborts++;
        end(BuildResult.ABORTED, new InterruptionCause.Aborted(by));
      }
      case Happening.Expired(int step) ->
          Optional.ofNullable(timeouts.get(step)).ifPresent(TimeoutStep.Expiry::expire);
      case Happening.Overtaken(int by) -> {
        overtaken = true;
        end(BuildResult.NOT_BUILT, new InterruptionCause.Superseded(by));
      }
    }
  }

  private void end(BuildResult result, InterruptionCause why) {
    results.setResult(result);
    if (result == BuildResult.ABORTED) {
      console.line(LogSource.BUILD, why.description());
    }
    Branch branch = main.get();
    if (branch != null) {
      branch.interrupt(new Interrupted(result, why));
    }
  }

  /** Whether somebody wanted the build to end. */
  boolean aborted() {
    return aborts > 0;
  }

  @Override
  public Scope rootScope() {
    return Block.root(environment);
  }

  @Override
  public @Nullable Object run(StepCall call) {
    course.replay().requireSame(); // what is cleaned up by the pipeline waits for nothing any
    // more
    try {
      return reach(call);
    } catch (Diverged e) {
      course.replay().diverged(e);
      throw e;
    }
  }

  private @Nullable Object reach(StepCall call) {
    int number = ++reached;
    course.reached(number, console.repeats());
    if (aborts > 1) {
      throw new Interrupted(
          BuildResult.ABORTED, new InterruptionCause.Other("The build was aborted at once"));
    }
    Step step = Steps.all().step(call.name());
    if (step.stepClass() != StepClass.LOG || call.body() == null) {
      // A stage begins all the same, and what is in it does not: its post sees how it ended.
      call.branch().requireUninterrupted();
    }
    var context = new StepContext(this, call, number);
    var line = context.line();
    journal.started(line, call.arguments());
    if (step.announced()) {
      context.annotate(call.name());
    }
    try {
      Object value = step.run(context);
      journal.finished(line, call.body() == null ? value : null, context.facts());
      return value;
    } catch (RuntimeException e) {
      end(line, context, e);
      throw e;
    } finally {
      if (step.announced() && call.body() != null) {
        context.annotate("// " + call.name());
      }
    }
  }

  private void end(Journal.Line line, StepContext context, RuntimeException e) {
    String reason = e instanceof PipelineException ? String.valueOf(e.getMessage()) : e.toString();
    if (context.lost()) {
      journal.lost(line, reason);
    } else {
      journal.failed(line, reason);
    }
  }

  @Override
  public Map<String, Object> parameters() {
    return parameters;
  }

  /** Gives parameters their values that were declared only now; others keep theirs. */
  void declare(List<ParameterDefinition> declared) {
    var pending = new LinkedHashMap<>(request.parameters().pending());
    pending.keySet().retainAll(declared.stream().map(ParameterDefinition::name).toList());
    BuildParameters bound = BuildParameters.of(declared, pending);
    masks.add(bound.secrets());
    bound
        .values()
        .forEach((name, value) -> {
          if (parameters.putIfAbsent(name, value) == null) {
            environment.given().put(name, value.toString());
          }
        });
  }

  @Override
  public void setEnvironment(String name, String value) {
    environment.assign(name, value);
  }

  @Override
  public Results currentBuild() {
    return results;
  }

  @Override
  public List<String> implicitLibraries() {
    return settings().resources().libraries().implicit(id().job());
  }

  LoadedLibraries libraries() {
    return libraries;
  }

  @Override
  public List<Change> changes() {
    return checkedOut.changes();
  }

  @Override
  public Map<String, Object> scm() {
    return checkedOut.scm();
  }

  @Override
  public BuildResult stageResult(Scope scope) {
    List<StageProgress> stages = ((Block) scope).stages();
    return stages.isEmpty() ? BuildResult.SUCCESS : stages.getLast().result();
  }

  @Override
  public void stageSkipped(String stage, Scope scope, String reason) {
    StageProgress progress = ((Block) scope).stages().getLast();
    console.line(progress.source(), "Stage \"" + stage + "\" skipped due to " + reason);
    progress.skip(reason);
  }

  @Override
  public void say(Scope scope, Branch branch, String text) {
    var block = (Block) scope;
    int step = block.stages().isEmpty() ? 0 : block.stages().getLast().stage().step();
    console.line(source(step, block, branch), text);
  }

  /** Who writes to the log, when a step does. */
  LogSource source(int step, Block block, Branch branch) {
    return new LogSource(step, block.stageName(), masks.hide(branch.name()));
  }

  /**
   * Waits without the baton for a person or an agent; meanwhile the build is WAITING, until no
   * branch of it waits any more.
   */
  <T> T whileWaiting(StepContext step, Stored<T> form, Callable<T> callable) {
    if (step.knowsNext()) {
      return step.await(form, callable);
    }
    if (waiting++ == 0) {
      runner.move(id(), BuildState.WAITING);
    }
    try {
      return step.await(form, callable);
    } finally {
      if (--waiting == 0) {
        runner.move(id(), BuildState.RUNNING);
      }
    }
  }

  /** Tells of a denial, which nothing undoes. Callable without the baton. */
  PipelineException.Denied deny(StepContext step, String message) {
    announce(new BuildEvent.Denied(clock(), id(), step.block().stageName(), message));
    return denied(message);
  }

  /** A denial that was told of. */
  PipelineException.Denied denied(String message) {
    denial.compareAndSet(null, message);
    return new PipelineException.Denied(message);
  }

  /** What was denied first. */
  Optional<String> denial() {
    return Optional.ofNullable(denial.get());
  }

  /** The end: the log, the stored state, the last event, in this order. */
  BuildOutcome finish(BuildState state) {
    ended = true;
    deleteStashes();
    console.line(LogSource.BUILD, "Finished: " + state);
    console.close();
    runner.move(id(), state);
    Origin.delete(stores(), id());
    runner.overtakeOlder(id());
    Instant now = clock();
    Duration duration = Duration.between(record.created(), now);
    Path logFile = stores().logs().file(id());
    announce(new BuildEvent.BuildFinished(now, id(), record.script(), state, duration, logFile));
    return new BuildOutcome(id(), state, denial(), duration, times.sum(), logFile);
  }

  private void deleteStashes() {
    try {
      stashes.delete();
    } catch (IOException e) {
      console.line(LogSource.BUILD, "WARNING: the stashes could not be deleted: " + e);
    }
  }

  /** Tells of an event, but of stages alone while the run is repeated. */
  void announce(BuildEvent event) {
    if (course.replay().over()
        || event instanceof BuildEvent.StageStarted
        || event instanceof BuildEvent.StageFinished) {
      announcer.announce(event);
    }
  }

  /** Returns once the observer has heard of everything. */
  @Override
  public void close() {
    runner.running().remove(id());
    try (announcer) {
      console.close();
    }
  }

  BuildId id() {
    return record.id();
  }

  BuildRecord record() {
    return record;
  }

  BuildRequest request() {
    return request;
  }

  /** The source that the build was made of. */
  JobSource jobSource() {
    return checkedOut;
  }

  Questions questions() {
    return questions;
  }

  /** Ids of the inputs that are not answered yet. With the baton. */
  Set<String> inputs() {
    return inputs;
  }

  Masks masks() {
    return masks;
  }

  /** Hides these from now on, here and on the agent of a block; nothing of them was shown yet. */
  void hide(Block block, List<String> secrets) {
    masks.add(secrets);
    block.workplace().ifPresent(workplace -> workplace.agent().mask(secrets));
  }

  Locks locks() {
    return runner.locks();
  }

  /** The last milestone that it passed; -1 before the first. With the baton. */
  int milestone() {
    return milestone;
  }

  /** It passed a milestone, and so overtook older builds of its job. With the baton. */
  void passed(int ordinal) {
    milestone = ordinal;
    runner.overtakeOlder(id());
  }

  /** Stores a build of another job for a step, to be run, unless that was done before. */
  BuildRunner.Child createChild(BuildRequest child, int step) {
    return runner.createChild(child, new BuildRecord.Starter(id(), step));
  }

  /** Runs a build of another job to its end on the calling thread. */
  BuildOutcome runChild(BuildRequest child, BuildId id) {
    return runner.continued(id, child, observer, questions);
  }

  /** As {@link #runChild}, of a build that an earlier process started. */
  BuildOutcome continueChild(BuildId id, AbortSignal abort) {
    return runner.continued(id, request.others(), abort, observer, questions);
  }

  void started(BuildStep.Child child) {
    children.add(child);
  }

  /** Waits for the builds that this one started and did not wait for. */
  void awaitChildren() {
    for (BuildStep.Child child : children) {
      try {
        child.end();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A failure because an agent is gone. Callable without the baton. */
  PipelineException.StepFailed loss(String message) {
    var failure = new PipelineException.StepFailed(message);
    losses.add(failure);
    return failure;
  }

  @SuppressWarnings("ReferenceEquality") // the very failure, handed on
  boolean isLoss(PipelineException.StepFailed failure) {
    return losses.stream().anyMatch(loss -> loss == failure);
  }

  Console console() {
    return console;
  }

  Stashes stashes() {
    return stashes;
  }

  TimeLedger times() {
    return times;
  }

  BuildStores stores() {
    return runner.stores();
  }

  BuildSettings settings() {
    return runner.settings();
  }

  Agents agents() {
    return runner.agents();
  }

  Access access() {
    return runner.access();
  }

  Timekeeper time() {
    return runner.time();
  }

  /** The time, as it is now. */
  Instant clock() {
    return runner.time().instant();
  }

  /** The time, as the run first read it. */
  @Override
  public Instant now() {
    return course.note(Stored.time(), this::clock);
  }

  @Override
  public long random() {
    return random.nextLong();
  }

  @Override
  public boolean repeating() {
    return !course.replay().over();
  }

  Course course() {
    return course;
  }

  /** The timeouts that run, by the numbers of their steps. */
  Map<Integer, TimeoutStep.Expiry> timeouts() {
    return timeouts;
  }
}
