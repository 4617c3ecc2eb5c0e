package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.BuildState;
import dev.deputy.core.Cause;
import dev.deputy.core.JobName;
import dev.deputy.core.Source;
import dev.deputy.core.Timekeeper;
import dev.deputy.pipeline.Jenkinsfiles;
import dev.deputy.pipeline.ParsedJenkinsfile;
import dev.deputy.testkit.InMemorySource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** What outlives a controller's process: stores, agents, and the files of jobs. */
final class World {
  /** Parsed once, whoever asks: it takes longer than most lives of a controller. */
  private static final Map<String, ParsedJenkinsfile.Valid> PARSED = new ConcurrentHashMap<>();

  final Path folder;
  final Bench bench;
  final SurvivingAgents agents;

  /** The jobs that the step {@code build} knows: Jenkinsfiles by name. */
  final Map<String, String> jobs = new HashMap<>();

  BuildSettings settings = Bench.settings();
  BuildParameters parameters = BuildParameters.NONE;
  Timekeeper time = Timekeeper.system();
  Source source = InMemorySource.onMain(Map.of());

  /** Whether carol says yes to all questions at once, or when {@link Life#answer} tells her to. */
  boolean answersAtOnce = true;

  World(Path folder) {
    this(folder, new Bench(folder));
  }

  /**
   * @param bench in the same folder
   */
  World(Path folder, Bench bench) {
    this.folder = folder;
    this.bench = bench;
    this.agents = new SurvivingAgents(bench.agents);
  }

  static BuildId build(String job, int number) {
    return new BuildId(new JobName(job), number);
  }

  String log(BuildId build) {
    return bench.logs.text(build);
  }

  BuildRequest request(String job, String text) {
    return new BuildRequest(
        new JobName(job),
        "Jenkinsfile",
        text,
        PARSED.computeIfAbsent(text, World::parsed),
        source,
        new Cause.Person("alice"),
        parameters,
        new AbortSignal(),
        new Jobs());
  }

  private static ParsedJenkinsfile.Valid parsed(String text) {
    return (ParsedJenkinsfile.Valid) Jenkinsfiles.parse("Jenkinsfile", text, Steps.all());
  }

  private final class Jobs implements OtherJobs {
    @Override
    public Optional<BuildRequest> request(
        BuildRequest from, String job, Map<String, String> parameters) {
      return Optional.ofNullable(jobs.get(job)).map(text -> World.this.request(job, text));
    }

    @Override
    public BuildRequest again(BuildRecord build, Origin origin) {
      return World.this.request(build.id().job().value(), origin.text());
    }

    @Override
    public List<String> names() {
      return List.copyOf(jobs.keySet());
    }
  }

  /** A controller that nobody kills. */
  Life life() {
    return life(Integer.MAX_VALUE, false);
  }

  /** A controller's process, until it is killed: see {@link Incarnation}. */
  Life life(int entries, boolean forgetful) {
    return new Life(new Incarnation(entries, forgetful));
  }

  /** A build on its way. */
  record Running(CompletableFuture<BuildOutcome> end) {
    /** Of the build when it has ended. */
    BuildState state() {
      return end.join().state();
    }
  }

  /** One controller's process. */
  final class Life {
    final Incarnation incarnation;
    final BuildRunner runner;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final List<Running> builds = new CopyOnWriteArrayList<>();

    private Life(Incarnation incarnation) {
      this.incarnation = incarnation;
      var stores =
          new BuildStores(
              incarnation.over(bench.builds),
              incarnation.over(bench.logs),
              bench.audit,
              folder.resolve("files"));
      this.runner =
          new BuildRunner(stores, incarnation.over(agents), bench.policy(), settings, time);
    }

    /** Kills it; returns when nothing of it is left. */
    void kill() {
      incarnation.kill();
      answer.completeExceptionally(new Incarnation.Killed());
      builds.forEach(build -> build.end().handle((_, _) -> true).join());
    }

    /** Carol says yes, to all questions. */
    void answer() {
      answer.complete(new Answer.Approved("carol", Map.of()));
    }

    private Answer ask(Question question) throws InterruptedException {
      if (answersAtOnce) {
        answer();
      }
      try {
        return answer.get();
      } catch (ExecutionException e) {
        throw (Incarnation.Killed) e.getCause();
      }
    }

    /** Runs a new build to its end; empty where the process was killed before. */
    Optional<BuildOutcome> run(String job, String text) {
      return ended(() -> runner.run(request(job, text), _ -> {}, this::ask));
    }

    /** Begins a new build. */
    Running begin(String job, String text) {
      return running(() -> runner.run(request(job, text), _ -> {}, this::ask));
    }

    private Optional<BuildOutcome> ended(Supplier<BuildOutcome> run) {
      try {
        return Optional.of(run.get());
      } catch (RuntimeException | Incarnation.Killed e) {
        if (incarnation.dead()) {
          return Optional.empty();
        }
        throw e;
      }
    }

    /** Has one build go on to its end; empty where the process was killed before. */
    Optional<BuildOutcome> goOn(BuildId build) {
      return ended(reopen(build));
    }

    /** Has all builds go on that an earlier process did not end. */
    Map<BuildId, Running> goOn() {
      Map<BuildId, Supplier<BuildOutcome>> reopened = new LinkedHashMap<>();
      runner.unfinished().forEach(build -> reopened.put(build, reopen(build)));
      Map<BuildId, Running> builds = new LinkedHashMap<>();
      reopened.forEach((build, run) -> builds.put(build, running(run)));
      return builds;
    }

    /** As the controller does at its start: made of what the build was made of then. */
    Supplier<BuildOutcome> reopen(BuildId build) {
      return reopen(build, again(build));
    }

    Supplier<BuildOutcome> reopen(BuildId build, BuildRequest request) {
      return runner.reopen(build, request, _ -> {}, this::ask);
    }

    private BuildRequest again(BuildId build) {
      BuildRecord record = runner.find(build).orElseThrow();
      try {
        Origin origin = Origin.find(folder.resolve("files"), build).orElseThrow();
        return new Jobs().again(record, origin);
      } catch (IOException e) {
        runner.giveUp(build, String.valueOf(e.getMessage()), _ -> {});
        return request("any", "echo 'any'"); // it has ended
      }
    }

    /** On a thread of its own. */
    Running running(Supplier<BuildOutcome> run) {
      var end = new CompletableFuture<BuildOutcome>();
      var build = new Running(end);
      builds.add(build);
      Thread.ofVirtual()
          .start(() -> {
            try {
              end.complete(run.get());
            } catch (RuntimeException | Error e) {
              end.completeExceptionally(e);
            }
          });
      return build;
    }
  }
}
