package dev.deputy.server;

import dev.deputy.builds.AbortSignal;
import dev.deputy.builds.Answer;
import dev.deputy.builds.BuildEvent;
import dev.deputy.builds.BuildObserver;
import dev.deputy.builds.BuildOutcome;
import dev.deputy.builds.BuildRequest;
import dev.deputy.builds.Origin;
import dev.deputy.builds.Question;
import dev.deputy.builds.Questions;
import dev.deputy.core.BuildId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where people leave builds to be run and answers to their questions. Builds that an earlier
 * process did not end go on first. Thread-safe.
 */
public final class BuildDesk {
  private static final Logger log = LoggerFactory.getLogger(BuildDesk.class);

  private final Controller controller;
  private final Requests requests;
  private final BuildObserver observer;
  private final Map<BuildId, AbortSignal> running = new ConcurrentHashMap<>();
  private final Map<Asked, CompletableFuture<Answer>> questions = new ConcurrentHashMap<>();
  private final Map<Asked, Question> open = new ConcurrentHashMap<>();

  /** Makes requests of files. */
  public interface Requests {
    /**
     * @throws IllegalArgumentException when the file is not valid or does not take the parameters,
     *     with all that is wrong
     * @throws IOException when it can not be read
     */
    BuildRequest of(Path file, Map<String, String> parameters) throws IOException;

    /**
     * What a build was made of, once more.
     *
     * @throws IOException when its source can not be had any more
     */
    BuildRequest again(BuildId build, Origin origin) throws IOException;
  }

  /** One question of one build. */
  private record Asked(BuildId build, String id) {}

  public BuildDesk(Controller controller, Requests requests, BuildObserver observer) {
    this.controller = controller;
    this.requests = requests;
    this.observer = observer;
  }

  /** Has all builds go on that an earlier process did not end; returns those that do. */
  public List<BuildId> goOn() {
    Map<BuildId, Supplier<BuildOutcome>> builds = new LinkedHashMap<>();
    for (BuildId build : controller.unfinished()) {
      try {
        Origin origin =
            controller
                .origin(build)
                .orElseThrow(() -> new IOException("it is not known what it was made of"));
        BuildRequest request = requests.again(build, origin);
        builds.put(build, controller.reopen(build, request, observer, asking()));
        running.put(build, request.abort());
      } catch (IOException | IllegalArgumentException e) {
        log.warn("{} can not go on", build, e);
        controller.giveUp(build, String.valueOf(e.getMessage()), observer);
      }
    }
    builds.forEach(this::start);
    return new ArrayList<>(builds.keySet());
  }

  /**
   * Begins a build and returns as soon as it is stored.
   *
   * @throws IllegalArgumentException when the file is not valid or does not take the parameters
   * @throws IOException when it can not be read
   */
  public BuildId submit(Path file, Map<String, String> parameters) throws IOException {
    BuildRequest request = requests.of(file, parameters);
    BuildId build = controller.create(request);
    running.put(build, request.abort());
    start(build, () -> controller.continued(build, request, observer, asking()));
    return build;
  }

  private void start(BuildId build, Supplier<BuildOutcome> run) {
    Thread.ofVirtual()
        .name("build " + build)
        .start(() -> {
          try {
            BuildOutcome outcome = run.get();
            log.info("{} has ended: {}", build, outcome.state());
          } catch (RuntimeException e) {
            log.error("{} was ended by a fault of Deputy", build, e);
          } finally {
            running.remove(build);
          }
        });
  }

  /** Builds that run now. */
  public List<BuildId> running() {
    return List.copyOf(running.keySet());
  }

  /** Asks a build to end; false where it does not run. */
  public boolean abort(BuildId build, String by) {
    Optional<AbortSignal> signal = Optional.ofNullable(running.get(build));
    signal.ifPresent(present -> present.abort(by));
    return signal.isPresent();
  }

  /** What a build asks now. */
  public List<Question> questions(BuildId build) {
    return open.values().stream().filter(question -> question.build().equals(build)).toList();
  }

  /** Answers a question; false where it is not asked now. */
  public boolean answer(BuildId build, String question, Answer answer) {
    CompletableFuture<Answer> waiting = questions.get(new Asked(build, question));
    return waiting != null && waiting.complete(answer);
  }

  private Questions asking() {
    return this::ask;
  }

  /** A question whose answer did not count stays open until one does. */
  private Answer ask(Question question) throws InterruptedException {
    var asked = new Asked(question.build(), question.id());
    var waiting = new CompletableFuture<Answer>();
    questions.put(asked, waiting);
    open.put(asked, question);
    try {
      return waiting.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody fails an answer", e);
    } finally {
      open.remove(asked, question);
      questions.remove(asked, waiting);
    }
  }

  /** Says in words what a build's owner may want to hear of; empty for the rest. */
  public static Optional<String> words(BuildEvent event) {
    return switch (event) {
      case BuildEvent.BuildStarted e -> Optional.of(e.build() + " started");
      case BuildEvent.QuestionAsked e ->
          Optional.of(
              e.build()
                  + " asks "
                  + e.question().id()
                  + ": "
                  + e.question().text().lines().findFirst().orElse(""));
      case BuildEvent.Denied e ->
          Optional.of(e.build() + " denied: " + e.message().lines().findFirst().orElse(""));
      case BuildEvent.BuildFinished e -> Optional.of(e.build() + " finished: " + e.result());
      default -> Optional.empty();
    };
  }
}
