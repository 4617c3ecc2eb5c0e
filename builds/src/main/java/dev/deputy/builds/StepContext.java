package dev.deputy.builds;

import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.Branch;
import dev.deputy.pipeline.PipelineException.Interrupted;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.Scope;
import dev.deputy.pipeline.StepCall;
import dev.deputy.pipeline.StepSignature;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One use of one step, with all that the step needs of its build. */
final class StepContext {
  /** So much later than the controller the agent ends a script by itself, should we be gone. */
  private static final Duration AGENT_GRACE = Duration.ofMinutes(1);

  private final RunningBuild build;
  private final StepCall call;
  private final int number;
  private final Block block;
  private final Map<String, Object> facts;
  private final AtomicBoolean lost;

  /** Counts the waits and readings of this use. */
  private final AtomicInteger parts;

  StepContext(RunningBuild build, StepCall call, int number) {
    this(build, call, number, new LinkedHashMap<>(), new AtomicBoolean(), new AtomicInteger());
    block.inside().listeners().forEach(listener -> listener.reached(number));
  }

  private StepContext(
      RunningBuild build,
      StepCall call,
      int number,
      Map<String, Object> facts,
      AtomicBoolean lost,
      AtomicInteger parts) {
    this.build = build;
    this.call = call;
    this.number = number;
    this.block = (Block) call.scope();
    this.facts = facts;
    this.lost = lost;
    this.parts = parts;
  }

  /** The same use, as another step with arguments of its own that it stands for. */
  StepContext as(String step, Map<String, @Nullable Object> arguments) {
    var other =
        new StepCall(step, arguments, call.body(), call.scope(), call.position(), call.branch());
    return new StepContext(build, other, number, facts, lost, parts);
  }

  private static final Stored<Agent.Result> RESULT =
      Stored.of(
          result -> Map.of("status", result.status(), "stdout", result.stdout()),
          stored -> {
            Stored.Fields fields = Stored.Fields.of(stored);
            return new Agent.Result(fields.number("status"), fields.text("stdout"));
          });

  /** Something for a step to do on an agent, that has no value. */
  @FunctionalInterface
  interface AgentTask {
    void run(Agent agent) throws InterruptedException, Agent.ResultUnknown, IOException;
  }

  /** Something for a step to do on an agent. */
  @FunctionalInterface
  interface AgentWork<T> {
    T run(Agent agent) throws InterruptedException, Agent.ResultUnknown, IOException;
  }

  RunningBuild build() {
    return build;
  }

  int number() {
    return number;
  }

  Block block() {
    return block;
  }

  Branch branch() {
    return call.branch();
  }

  String name() {
    return call.name();
  }

  LogSource source() {
    return build.source(number, block, call.branch());
  }

  void say(String text) {
    build.console().line(source(), text);
  }

  /** Warns of each argument that is given and has no effect. */
  void sayIgnored() {
    for (StepSignature.Parameter parameter : Steps.all().step(name()).signature().parameters()) {
      parameter
          .withoutEffect(call.arguments().get(parameter.name()))
          .ifPresent(why -> say("WARNING: " + name() + ": " + why));
    }
  }

  void annotate(String text) {
    build.console().annotation(source(), text);
  }

  /** A text argument; the signature says it is there. */
  String text(String parameter) {
    return optionalText(parameter)
        .orElseThrow(() -> new StepFailed(name() + ": " + parameter + " is missing"));
  }

  Optional<String> optionalText(String parameter) {
    return Optional.ofNullable(call.arguments().get(parameter)).map(Object::toString);
  }

  String text(String parameter, String otherwise) {
    return optionalText(parameter).orElse(otherwise);
  }

  /** A text argument; empty also where it is blank, as Jenkins' forms have it. */
  Optional<String> filledText(String parameter) {
    return optionalText(parameter).map(String::strip).filter(text -> !text.isEmpty());
  }

  boolean flag(String parameter, boolean absent) {
    return call.arguments().get(parameter) instanceof Boolean value ? value : absent;
  }

  Optional<Number> number(String parameter) {
    return call.arguments().get(parameter) instanceof Number value
        ? Optional.of(value)
        : Optional.empty();
  }

  List<?> list(String parameter) {
    return call.arguments().get(parameter) instanceof List<?> value ? value : List.of();
  }

  @Nullable Object argument(String parameter) {
    return call.arguments().get(parameter);
  }

  boolean hasBody() {
    return call.body() != null;
  }

  /** Runs the step's block once, as a block of the log. */
  @Nullable Object body(Scope scope) {
    return body(scope, "{");
  }

  /**
   * @param opening how the log marks its start, such as <code>{ (Deploy)</code>
   */
  @Nullable Object body(Scope scope, String opening) {
    annotate(opening);
    try {
      return bareBody(scope);
    } finally {
      annotate("}");
    }
  }

  /** Runs the step's block once, without a mark in the log. */
  @Nullable Object bareBody(Scope scope) {
    StepCall.Body body = call.body();
    if (body == null) {
      throw new StepFailed(name() + ": expected a block");
    }
    return body.run(scope);
  }

  /** This use, as the journal names it. */
  Journal.Line line() {
    return new Journal.Line(number, Steps.all().step(name()), name(), branch().name());
  }

  /** Waits without the baton, once: a run that is repeated gets the same end. */
  <T> T await(Stored<T> form, Callable<T> waiting) {
    return build.course().await(this, parts.getAndIncrement(), form, waiting);
  }

  /** Whether an earlier process had reached it, and may have done what is to be done now. */
  boolean begunBefore() {
    return build.course().replay().started(number).isPresent();
  }

  /** Whether the journal has the end of the next wait already. */
  boolean knowsNext() {
    return build.course().knows(this, parts.get());
  }

  /** Something that may be different at another time, as the run first read it. */
  <T> T note(Stored<T> form, Supplier<T> reading) {
    return build.course().note(line(), parts.getAndIncrement(), form, reading);
  }

  /** Lets time pass without the baton; a repeated run waits for what is left of it. */
  void sleep(Duration duration) {
    Instant end = noteTime().plus(duration);
    await(
        Stored.done(),
        () -> {
          build.time().sleep(Duration.between(build.clock(), end));
          return true;
        });
  }

  /** The time, as the run first read it. */
  Instant noteTime() {
    return note(Stored.time(), build::clock);
  }

  /** The agent this step runs on. */
  Workplace workplace() {
    return block
        .workplace()
        .orElseThrow(() ->
            new StepFailed(
                "Attempted to execute a step that requires a node context while ‘agent none’ was"
                    + " specified. Be sure to specify your own ‘node { ... }’ blocks when using"
                    + " ‘agent none’. ('"
                    + name()
                    + "' needs an agent)"));
  }

  /** A path of the pipeline, as agents take it: see {@link Workplace#resolve}. */
  String path(String path) {
    return workplace().resolve(block.dir(), path);
  }

  /** How long a script may run on the agent before that ends it by itself. */
  Optional<Duration> timeLeft() {
    return block
        .deadline()
        .map(end -> Duration.between(build.clock(), end))
        .map(left -> (left.isNegative() ? Duration.ZERO : left).plus(AGENT_GRACE));
  }

  /** Has something done on the agent that is done or not. */
  void doOnAgent(AgentTask task) {
    onAgent(
        Stored.done(),
        agent -> {
          task.run(agent);
          return true;
        });
  }

  /** A file of the agent; what looks like secrets in it is hidden from now on. */
  Optional<Agent.TextFile> readFile(String path) {
    Optional<Agent.TextFile> found =
        onAgent(Stored.optional(new StoredFile()), agent -> agent.readFile(number, path));
    found.ifPresent(file -> build.masks().add(file.secrets()));
    return found;
  }

  /** Has a script run on the agent. */
  Agent.Result sh(Agent.Order order, StepOutput output) {
    return onAgent(RESULT, agent -> agent.sh(order, output));
  }

  /** Has something done on the agent, without the baton. */
  <T> T onAgent(Stored<T> form, AgentWork<T> work) {
    Agent agent = workplace().agent();
    return await(
        form,
        () -> {
          try {
            return work.run(agent);
          } catch (Agent.ResultUnknown e) {
            throw unknown(e);
          } catch (Agent.Gone e) {
            // What was begun by an earlier process may have been done before the agent went.
            throw begunBefore() ? unknown(e) : build.loss(name() + ": " + message(e));
          } catch (IOException e) {
            throw new StepFailed(name() + ": " + message(e));
          }
        });
  }

  private StepFailed unknown(Exception why) {
    lost.set(true);
    return build.loss(name() + ": result unknown: " + message(why));
  }

  /**
   * Has something undone when the step ends, however it ends: an interrupt meanwhile is thrown
   * afterwards, and an agent that is gone has nothing left to undo.
   */
  void cleanUp(Runnable work) {
    Optional<Interrupted> interrupted = Optional.empty();
    while (true) {
      try {
        work.run();
        break;
      } catch (Interrupted e) {
        interrupted = Optional.of(e);
      } catch (StepFailed e) {
        say("WARNING: " + name() + " could not clean up: " + e.getMessage());
        break;
      }
    }
    if (interrupted.isPresent()) {
      throw interrupted.get();
    }
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /** Nothing is known of the step's result. */
  void lose() {
    lost.set(true);
  }

  /** Whether the agent is gone and nothing is known of the step's result. */
  boolean lost() {
    return lost.get();
  }

  /** Adds to what the journal keeps of the step's end. */
  void record(String name, Object fact) {
    facts.put(name, fact);
  }

  Map<String, Object> facts() {
    return facts;
  }
}
