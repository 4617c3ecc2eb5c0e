package dev.deputy.pipeline;

import dev.deputy.pipeline.StepSignature.BodyUse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls of steps: from pipeline code, and by the interpreter itself. */
final class StepCalls {
  /** What a step's block does; in the context that the step gives it. */
  @FunctionalInterface
  interface Block {
    @Nullable Object run(Context inner);
  }

  /** A step of the host takes as much of the stack as so many nested expressions. */
  private static final int STACK_OF_A_STEP = 8;

  private final Interpreter run;
  private final Steps steps;
  private final StepArguments arguments;
  private final Parallel parallel;
  private final PipelineCall pipelines;

  StepCalls(Interpreter run) {
    this.run = run;
    this.steps = new Steps(run.host().steps());
    this.arguments = new StepArguments(run.budget(), run.values());
    this.parallel = new Parallel(run);
    this.pipelines = new PipelineCall(run, steps);
  }

  Parallel parallel() {
    return parallel;
  }

  /** Whether there is a step or function of this name. */
  boolean knows(String name) {
    return steps.find(name).isPresent()
        || Steps.isDescription(name)
        || List.of("println", "print", "printf", "sprintf", "parallel", "pipeline").contains(name);
  }

  /** A call by name that is neither a variable nor a method of the script. */
  @Nullable Object call(
      ScriptValue script,
      String name,
      List<@Nullable Object> arguments,
      Position at,
      Context context) {
    boolean hasNames = !arguments.isEmpty() && arguments.getFirst() instanceof NamedArguments;
    Map<@Nullable Object, @Nullable Object> named =
        hasNames ? (NamedArguments) arguments.getFirst() : Map.of();
    List<@Nullable Object> positional =
        hasNames ? arguments.subList(1, arguments.size()) : arguments;
    if (name.equals("pipeline")
        && arguments.size() == 1
        && arguments.getFirst() instanceof ClosureValue block) {
      pipelines.run(block, at, context);
      return null;
    }
    return switch (name) {
      case "println", "print" -> print(positional, at, context);
      case "printf" -> print(Instances.listOf(formatted(positional, context)), at, context);
      case "sprintf" -> formatted(positional, context);
      case "parallel" -> parallel.call(branches(positional, named), at, context);
      default -> callStep(name, positional, named, at, context);
    };
  }

  private @Nullable Object formatted(List<@Nullable Object> positional, Context context) {
    return run.invocations().method(Type.TEXT, "format", positional, context);
  }

  private @Nullable Object print(List<@Nullable Object> positional, Position at, Context context) {
    String text = positional.isEmpty() ? "" : run.values().text(positional.getFirst());
    run.budget().output(text.length());
    return run("echo", Map.of("message", text), null, at, context);
  }

  private static Map<?, ?> branches(List<@Nullable Object> positional, Map<?, ?> named) {
    if (positional.size() == 1 && named.isEmpty() && positional.getFirst() instanceof Map<?, ?> m) {
      return m;
    }
    if (!positional.isEmpty()) {
      throw ScriptError.of(
          Type.ILLEGAL_ARGUMENT, "step 'parallel' takes branches by name (name: { … })");
    }
    return named;
  }

  private @Nullable Object callStep(
      String name,
      List<@Nullable Object> positional,
      Map<@Nullable Object, @Nullable Object> named,
      Position at,
      Context context) {
    StepSignature step = steps.find(name).orElse(null);
    if (step == null && Steps.isDescription(name) && positional.size() <= 1) {
      Map<@Nullable Object, @Nullable Object> description = new LinkedHashMap<>();
      description.put("$class", name);
      if (!positional.isEmpty()) {
        description.put(
            name, positional.getFirst()); // localBranch('x') has a parameter localBranch
      }
      description.putAll(named);
      return description;
    }
    if (step == null) {
      String hint = Suggestion.hint(name, steps.names());
      throw ScriptError.of(
          Type.NO_SUCH_METHOD,
          "No such DSL method '%s' found among steps [%s]%s"
              .formatted(
                  name, String.join(", ", steps.names()), hint.isEmpty() ? "" : "; " + hint));
    }
    return bound(step, positional, named, at, context);
  }

  private @Nullable Object bound(
      StepSignature step,
      List<@Nullable Object> positional,
      Map<@Nullable Object, @Nullable Object> named,
      Position at,
      Context context) {
    List<@Nullable Object> plain = new ArrayList<>(positional);
    ClosureValue closure =
        !plain.isEmpty() && plain.getLast() instanceof ClosureValue last ? last : null;
    if (closure != null) {
      plain.removeLast();
    }
    if (closure == null && step.body() == BodyUse.REQUIRED) {
      throw wrong(step, "needs a block { … }");
    }
    if (closure != null && step.body() == BodyUse.NONE) {
      throw wrong(step, "takes no block");
    }
    Block block =
        closure == null ? null : inner -> run.invocations().callClosure(closure, List.of(), inner);
    return run(
        step.name(), arguments.bind(step, plain, known(step, named, context)), block, at, context);
  }

  /** As in Jenkins, an argument that a step does not have is left out, with a warning. */
  private Map<?, ?> known(StepSignature step, Map<?, ?> named, Context context) {
    Map<@Nullable Object, @Nullable Object> known = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    named.forEach((key, value) -> {
      String name = run.values().text(key);
      if (step.parameters().stream().anyMatch(each -> each.name().equals(name))) {
        known.put(name, value);
      } else {
        unknown.add(name);
      }
    });
    if (!unknown.isEmpty()) {
      run.host()
          .say(
              context.scope(),
              context.branch(),
              "WARNING: Unknown parameter(s) found for step '%s': %s"
                  .formatted(step.name(), String.join(", ", unknown)));
    }
    return known;
  }

  private static ScriptError wrong(StepSignature step, String what) {
    return ScriptError.of(Type.ILLEGAL_ARGUMENT, "step '" + step.name() + "' " + what);
  }

  /** An option of a declarative pipeline as a step around the rest. */
  void wrap(Expression.Call option, Frame frame, Block block) {
    StepSignature step =
        steps
            .find(option.name())
            .orElseThrow(() -> ScriptError.refused("there is no option " + option.name()));
    Map<String, @Nullable Object> bound =
        arguments.bind(
            step,
            run.expressions().items(option.arguments(), frame),
            run.expressions().entries(option.named(), frame));
    run(step.name(), bound, block, option.at(), frame.context());
  }

  /**
   * A step that a directive stands for.
   *
   * @param internal arguments that no file can give, because no signature has them
   */
  @Nullable Object runNamed(
      String name,
      List<Expression.Entry> named,
      Map<String, ? extends @Nullable Object> internal,
      Position at,
      Frame frame) {
    StepSignature step =
        steps.find(name).orElseThrow(() -> ScriptError.refused("there is no step " + name));
    Map<String, @Nullable Object> bound =
        new LinkedHashMap<>(
            arguments.bind(step, List.of(), run.expressions().entries(named, frame)));
    bound.putAll(internal);
    return run(name, bound, null, at, frame.context());
  }

  /** Runs a step, with arguments that fit it. */
  @Nullable Object run(
      String name,
      Map<String, ? extends @Nullable Object> given,
      @Nullable Block block,
      Position at,
      Context context) {
    run.budget().operation();
    Body body = block == null ? null : new Body(block, context);
    StepCall call =
        new StepCall(
            name, Collections.unmodifiableMap(given), body, context.scope(), at, context.branch());
    Object value;
    try {
      value = run.host().run(call);
      run.budget().resumed();
      run.enter(context);
    } catch (PipelineException failure) {
      run.enter(context);
      if (failure instanceof PipelineException.Denied) {
        run.denied();
      }
      if (body != null) {
        body.insist();
      }
      throw failure;
    }
    if (value instanceof LoadedCode code) {
      return run.libraries().accept(code, context);
    }
    if (body == null) {
      return arguments.fromStep(value);
    }
    body.insist();
    return body.returned(value) ? value : arguments.fromStep(value);
  }

  /** A block as the host gets it; remembers what no step may swallow. */
  private static final class Body implements StepCall.Body {
    private final Block block;
    private final Context context;
    private @Nullable RuntimeException unstoppable;
    private @Nullable Object last;

    Body(Block block, Context context) {
      this.block = block;
      this.context = context;
    }

    @Override
    public @Nullable Object run(Scope scope) {
      if (context.branch().isWaiting()) {
        throw new IllegalStateException("a step's body runs on the thread that holds the baton");
      }
      insist();
      context.branch().enter(STACK_OF_A_STEP);
      try {
        last = block.run(context.in(scope));
        return last;
      } catch (PipelineException.Denied | Unstoppable failure) {
        unstoppable = failure;
        throw failure;
      } finally {
        context.branch().leave(STACK_OF_A_STEP);
      }
    }

    /** Whether a step's value is what its block returned, and need not be copied. */
    @SuppressWarnings("ReferenceEquality")
    boolean returned(@Nullable Object value) {
      return value == last;
    }

    void insist() {
      if (unstoppable != null) {
        throw unstoppable;
      }
    }
  }
}
