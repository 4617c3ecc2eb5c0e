package dev.deputy.pipeline;

import dev.deputy.pipeline.PipelineBlock.AgentChoice;
import dev.deputy.pipeline.PipelineBlock.EnvironmentVariable;
import dev.deputy.pipeline.PipelineBlock.Options;
import dev.deputy.pipeline.PipelineBlock.PostAction;
import dev.deputy.pipeline.PipelineBlock.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a {@code pipeline} block, in Jenkins' order, as calls of steps. */
final class DeclarativeRun {
  private final Interpreter run;
  private final PipelineBlock block;
  private final Frame frame;
  private final StageRun stages;

  DeclarativeRun(Interpreter run, PipelineBlock block, Frame frame) {
    this.run = run;
    this.block = block;
    this.frame = frame;
    this.stages = new StageRun(this, run, block);
  }

  /** Runs everything; throws what the pipeline ended with. */
  void run(Context context) {
    run.beginDeclarative();
    Progress progress = new Progress();
    try {
      block.libraries().forEach(each -> loadLibrary(each, context));
      block.computed().forEach(each -> computeDefault(each, context));
      inAgent(
          block.agent(),
          false,
          block.options(),
          block.at(),
          context,
          inner ->
              withEnvironment(
                  block.environment(),
                  block.at(),
                  inner,
                  inside ->
                      wrapped(
                          block.options().wrappers(),
                          inside,
                          wrapped -> withPipelineTools(progress, wrapped))));
    } catch (PipelineException | Unstoppable failure) {
      progress.failed(failure);
    }
    if (!progress.postRan) {
      post(progress, context);
    }
    progress.end();
  }

  private void loadLibrary(Expression name, Context context) {
    Map<String, Object> arguments = Map.of("identifier", run.values().text(value(name, context)));
    run.stepCalls().run("library", arguments, null, name.at(), context);
  }

  /** A default that is code, for a parameter that was given nothing: of choices the first. */
  private void computeDefault(PipelineBlock.ComputedDefault parameter, Context context) {
    if ("".equals(run.host().parameters().getOrDefault(parameter.name(), ""))) {
      Object value = value(parameter.value(), context);
      String text =
          run.values().text(value instanceof List<?> list && !list.isEmpty() ? list.get(0) : value);
      run.computeParameter(parameter.name(), text);
      run.host().setEnvironment(parameter.name(), text);
    }
  }

  private void withPipelineTools(Progress progress, Context context) {
    boolean hasAgent = !(block.agent() instanceof AgentChoice.None);
    withTools(
        hasAgent ? block.tools() : List.of(),
        false,
        block.at(),
        context,
        innermost -> stagesAndPost(progress, innermost));
  }

  /**
   * {@code tools}: asks for each tool's folder and puts it on the path.
   *
   * @param inStage whether a stage is around; else they get one of their own
   */
  void withTools(List<Tool> tools, boolean inStage, Position at, Context context, Inside body) {
    if (tools.isEmpty()) {
      body.run(context);
      return;
    }
    List<String> variables = new ArrayList<>();
    Inside install =
        inner -> {
          for (Tool tool : tools) {
            String name = run.values().text(value(tool.name(), inner));
            Map<String, Object> arguments = Map.of("name", name, "type", tool.type());
            Object home = run.stepCalls().run("tool", arguments, null, tool.at(), inner);
            variables.addAll(ToolTypes.variables(tool.type(), run.values().text(home)));
          }
        };
    if (inStage) {
      install.run(context);
    } else {
      step("stage", Map.of("name", "Declarative: Tool Install"), at, context, install);
    }
    // Also without any, so that a log does not depend on where an image has its tools.
    step("withEnv", Map.of("overrides", List.copyOf(variables)), at, context, body);
  }

  /** A stage's own tools, and with an agent of its own those of the pipeline that it has not. */
  List<Tool> toolsOf(PipelineBlock.Stage stage) {
    boolean ownAgent = stage.agent() != null && !(stage.agent() instanceof AgentChoice.None);
    if (stage.tools().isEmpty() && !ownAgent) {
      return List.of();
    }
    List<Tool> tools = new ArrayList<>(stage.tools());
    block.tools().stream()
        .filter(tool -> tools.stream().noneMatch(own -> own.type().equals(tool.type())))
        .forEach(tools::add);
    return tools;
  }

  /** What is known of how the pipeline goes. */
  private static final class Progress {
    private @Nullable RuntimeException failure;
    private boolean postRan;

    /** A denial counts more than anything; else the first failure counts. */
    void failed(RuntimeException next) {
      failure = worse(failure, next);
    }

    void end() {
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** Of two failures the one to report: a denial, or else the first. */
  static RuntimeException worse(@Nullable RuntimeException first, RuntimeException next) {
    boolean replaces =
        next instanceof PipelineException.Denied && !(first instanceof PipelineException.Denied);
    return first == null || replaces ? next : first;
  }

  private void stagesAndPost(Progress progress, Context context) {
    progress.failure = null;
    progress.postRan = false;
    RuntimeException failure = stages.sequence(block.stages(), null, context);
    if (failure != null) {
      progress.failed(failure);
    }
    post(progress, context);
    progress.end();
  }

  private void post(Progress progress, Context context) {
    progress.postRan = true;
    if (!applies(block.post(), progress.failure, context)) {
      return;
    }
    try {
      step(
          "stage",
          Map.of("name", "Declarative: Post Actions"),
          block.at(),
          context,
          inner -> {
            RuntimeException failure = runPost(block.post(), progress.failure, inner);
            if (failure != null) {
              progress.failed(failure);
            }
          });
    } catch (PipelineException | Unstoppable failure) {
      progress.failed(failure);
    }
  }

  /** A body without a value. */
  @FunctionalInterface
  interface Inside {
    void run(Context inner);
  }

  void step(
      String name,
      Map<String, ? extends @Nullable Object> arguments,
      Position at,
      Context context,
      Inside body) {
    run.stepCalls()
        .run(
            name,
            arguments,
            inner -> {
              body.run(inner);
              return null;
            },
            at,
            context);
  }

  /** Runs steps of the file; they see its variables. */
  void steps(Statement.Block steps, Context context) {
    run.statements().executeIn(steps, frame.inner(context));
  }

  @Nullable Object value(Expression expression, Context context) {
    return run.expressions().evaluate(expression, frame.inner(context));
  }

  Frame frame(Context context) {
    return frame.inner(context);
  }

  /** {@code node}, and in it the checkout. */
  void inAgent(
      AgentChoice agent,
      boolean inStage,
      Options options,
      Position at,
      Context context,
      Inside body) {
    if (agent instanceof AgentChoice.Container container) {
      inAgent(
          container.agent(),
          inStage,
          options,
          at,
          context,
          inner -> inContainer(container, at, inner, body));
      return;
    }
    String label = label(agent, context);
    if (label == null) {
      body.run(context);
      return;
    }
    boolean checkout = !options.skipDefaultCheckout() && !block.options().skipDefaultCheckout();
    step(
        "node",
        label.isEmpty() ? Map.of() : Map.of("label", label),
        at,
        context,
        inner ->
            inFolder(
                agent,
                at,
                inner,
                inside -> {
                  if (checkout) {
                    checkout(inStage, options, at, inside, body);
                  } else {
                    body.run(inside);
                  }
                }));
  }

  private void inContainer(AgentChoice.Container agent, Position at, Context context, Inside body) {
    Inside inside =
        inner -> step("dockerContainer", values(agent.container(), inner), at, inner, body);
    if (agent.registry().isEmpty()) {
      inside.run(context);
    } else {
      step("withDockerRegistry", values(agent.registry(), context), at, context, inside);
    }
  }

  private Map<String, Object> values(Map<String, Expression> fields, Context context) {
    Map<String, Object> values = new LinkedHashMap<>();
    fields.forEach((name, expression) -> {
      Object value = value(expression, context);
      if (value != null) {
        values.put(name, value instanceof Boolean ? value : run.values().text(value));
      }
    });
    return values;
  }

  private void inFolder(AgentChoice agent, Position at, Context context, Inside body) {
    if (agent instanceof AgentChoice.InFolder folder) {
      String dir = run.values().text(value(folder.folder(), context));
      step("ws", Map.of("dir", dir), at, context, body);
    } else {
      body.run(context);
    }
  }

  /** The label expression that an agent is asked for by: empty for any, null for no agent. */
  @Nullable String label(AgentChoice agent, Context context) {
    return switch (agent) {
      case AgentChoice.None _, AgentChoice.Same _ -> null;
      case AgentChoice.Any _ -> "";
      case AgentChoice.Labelled labelled -> run.values().text(value(labelled.label(), context));
      case AgentChoice.InFolder folder -> label(folder.agent(), context);
      case AgentChoice.Container container -> label(container.agent(), context);
    };
  }

  private void checkout(
      boolean inStage, Options options, Position at, Context context, Inside body) {
    List<String> variables = new ArrayList<>();
    Expression folder =
        options.subdirectory() == null ? block.options().subdirectory() : options.subdirectory();
    Inside checkout =
        folder == null
            ? inner -> variables.addAll(checkedOut(at, inner))
            : inner ->
                step(
                    "dir",
                    Map.of("path", run.values().text(value(folder, inner))),
                    at,
                    inner,
                    inside -> variables.addAll(checkedOut(at, inside)));
    if (inStage) {
      checkout.run(context);
    } else {
      step("stage", Map.of("name", "Declarative: Checkout SCM"), at, context, checkout);
    }
    withEnv(variables, at, context, body);
  }

  private List<String> checkedOut(Position at, Context context) {
    Object value =
        run.stepCalls().run("checkout", Map.of("scm", Map.of("$class", "scm")), null, at, context);
    List<String> variables = new ArrayList<>();
    if (value instanceof Map<?, ?> found) {
      found.forEach(
          (name, text) -> variables.add(run.values().text(name) + "=" + run.values().text(text)));
    }
    return variables;
  }

  void withEnv(List<String> variables, Position at, Context context, Inside body) {
    if (variables.isEmpty()) {
      body.run(context);
    } else {
      step("withEnv", Map.of("overrides", List.copyOf(variables)), at, context, body);
    }
  }

  /**
   * {@code environment}: credentials first, then the values in order, each of which sees those
   * before it.
   */
  void withEnvironment(
      List<EnvironmentVariable> environment, Position at, Context context, Inside body) {
    List<Map<String, String>> bindings = new ArrayList<>();
    for (EnvironmentVariable variable : environment) {
      if (variable.credentials()) {
        bindings.add(
            Map.of(
                "$class",
                "EnvironmentCredentials",
                "variable",
                variable.name(),
                "credentialsId",
                run.values().text(value(variable.value(), context))));
      }
    }
    List<EnvironmentVariable> plain =
        environment.stream().filter(variable -> !variable.credentials()).toList();
    if (bindings.isEmpty()) {
      withVariables(plain, at, context, body);
    } else {
      step(
          "withCredentials",
          Map.of("bindings", List.copyOf(bindings)),
          at,
          context,
          inner -> withVariables(plain, at, inner, body));
    }
  }

  private void withVariables(
      List<EnvironmentVariable> environment, Position at, Context context, Inside body) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> overrides = new ArrayList<>();
    for (EnvironmentVariable variable : environment) {
      String text = run.values().text(value(variable.value(), context.with(Map.copyOf(values))));
      values.put(variable.name(), text);
      overrides.add(variable.name() + "=" + text);
    }
    withEnv(overrides, at, context, body);
  }

  /** The steps of {@code options}, from the outside in. */
  void wrapped(List<Expression.Call> wrappers, Context context, Inside body) {
    if (wrappers.isEmpty()) {
      body.run(context);
      return;
    }
    run.stepCalls()
        .wrap(
            wrappers.getFirst(),
            frame.inner(context),
            inner -> {
              wrapped(wrappers.subList(1, wrappers.size()), inner, body);
              return null;
            });
  }

  private BuildResult result(@Nullable RuntimeException failure, Context context) {
    BuildResult soFar =
        run.members().globals().current(context).worse(run.host().stageResult(context.scope()));
    return switch (failure) {
      case null -> soFar;
      case PipelineException.Interrupted interrupted -> soFar.worse(interrupted.result());
      default -> soFar.worse(BuildResult.FAILURE);
    };
  }

  /** Whether any of these actions is to be done. */
  boolean applies(List<PostAction> post, @Nullable RuntimeException failure, Context context) {
    BuildResult previous = run.host().currentBuild().previousResult();
    return post.stream()
        .anyMatch(action -> action.condition().holds(result(failure, context), previous));
  }

  /** Does the actions that are to be done; what went wrong first, before or in them. */
  @Nullable RuntimeException runPost(
      List<PostAction> post, @Nullable RuntimeException before, Context context) {
    RuntimeException failure = before;
    BuildResult previous = run.host().currentBuild().previousResult();
    for (PostAction action : post) {
      BuildResult result = result(failure, context);
      if (action.condition().holds(result, previous)) {
        try {
          steps(action.block(), context.after(result));
        } catch (PipelineException | Unstoppable next) {
          String keyword = action.condition().keyword();
          run.host()
              .say(
                  context.scope(),
                  context.branch(),
                  "Error when executing " + keyword + " post condition: " + next.getMessage());
          failure = worse(failure, next);
        }
      }
    }
    return failure;
  }
}
