package dev.deputy.pipeline;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A declarative {@code pipeline} block. Immutable. */
record PipelineBlock(
    Position at,
    List<Expression> libraries,
    AgentChoice agent,
    List<EnvironmentVariable> environment,
    List<Tool> tools,
    Options options,
    List<ParameterDefinition> parameters,
    List<ComputedDefault> computed,
    List<Stage> stages,
    List<PostAction> post) {

  /** A parameter's default that is only known when the pipeline runs. */
  record ComputedDefault(String name, Expression value) {}

  /** {@code agent}. */
  sealed interface AgentChoice {
    /** {@code agent none}, or no {@code agent} in a stage. */
    record None() implements AgentChoice {}

    record Any(Position at) implements AgentChoice {}

    record Labelled(Position at, Expression label) implements AgentChoice {}

    /** The agent that is there already. */
    record Same() implements AgentChoice {}

    /**
     * A container on one of the others.
     *
     * @param container arguments of the step {@code dockerContainer}
     * @param registry arguments of the step {@code withDockerRegistry}; empty for none
     */
    record Container(
        AgentChoice agent, Map<String, Expression> container, Map<String, Expression> registry)
        implements AgentChoice {}

    /** One of the others, in a folder that the file names. */
    record InFolder(AgentChoice agent, Expression folder) implements AgentChoice {}
  }

  /**
   * One line of {@code environment}; a later one may refer to an earlier one.
   *
   * @param credentials whether the value is the id of credentials: {@code credentials('id')}
   */
  record EnvironmentVariable(Position at, String name, Expression value, boolean credentials) {}

  /** One line of {@code tools}: {@code maven 'apache-maven-3.9'}. */
  record Tool(Position at, String type, Expression name) {}

  /**
   * {@code options}.
   *
   * @param job what concerns whoever runs the pipeline
   * @param subdirectory where the checkout goes; null for the workspace itself
   * @param wrappers steps around everything inside, the first one outermost
   */
  record Options(
      PipelineOptions job,
      boolean skipDefaultCheckout,
      boolean skipStagesAfterUnstable,
      boolean parallelsAlwaysFailFast,
      @Nullable Expression subdirectory,
      List<Expression.Call> wrappers) {
    static final Options NONE =
        new Options(PipelineOptions.NONE, false, false, false, null, List.of());
  }

  /**
   * A stage.
   *
   * @param axes of the matrix whose cell it is; empty for every other stage
   * @param agent absent where the stage uses what is around it
   */
  record Stage(
      Position at,
      String name,
      List<Axis> axes,
      @Nullable AgentChoice agent,
      List<EnvironmentVariable> environment,
      List<Tool> tools,
      Options options,
      @Nullable Input input,
      @Nullable When when,
      Work work,
      List<PostAction> post) {}

  /** A variable that a cell of a matrix has, whatever is around it. */
  record Axis(String name, String value) {}

  /** What a stage consists of. */
  sealed interface Work {
    record Steps(Statement.Block block) implements Work {}

    record Sequence(List<Stage> stages) implements Work {}

    record Branches(List<Stage> stages, boolean failFast) implements Work {}
  }

  /** {@code input}: arguments of the step of that name. */
  record Input(Position at, List<Expression.Entry> arguments, List<String> parameters) {}

  /**
   * {@code when}.
   *
   * @param conditions all of them have to hold
   * @param withoutAgent whether it can be answered without an agent
   */
  record When(
      List<Condition> conditions,
      boolean beforeOptions,
      boolean beforeInput,
      boolean beforeAgent,
      boolean withoutAgent) {}

  /** A condition of {@code when}. */
  sealed interface Condition {
    /** {@code branch}, {@code tag}, {@code changeRequest target: …}: a variable fits a pattern. */
    record Matches(List<String> variables, Expression pattern, Comparison comparison)
        implements Condition {}

    /** {@code buildingTag()}, {@code changeRequest()}: a variable is set. */
    record IsSet(String variable) implements Condition {}

    record EnvironmentIs(Expression name, Expression value, boolean ignoreCase)
        implements Condition {}

    record Equals(Expression expected, Expression actual) implements Condition {}

    record Holds(Statement.Block expression) implements Condition {}

    record TriggeredBy(Expression cause, @Nullable Expression detail) implements Condition {}

    /** {@code changelog}: a commit's message has something that fits. */
    record Changelog(Expression pattern) implements Condition {}

    /** {@code changeset}: a changed file's path fits. */
    record Changeset(Expression pattern, Comparison comparison, boolean caseSensitive)
        implements Condition {}

    /** {@code isRestartedRun()}: builds are not restarted from a stage. */
    record Restarted() implements Condition {}

    record Not(Condition condition) implements Condition {}

    record AllOf(List<Condition> conditions) implements Condition {}

    record AnyOf(List<Condition> conditions) implements Condition {}
  }

  /** How a pattern is meant. */
  enum Comparison {
    GLOB,
    REGEXP,
    EQUALS
  }

  /** What is done after a stage or the pipeline. */
  record PostAction(PostCondition condition, Statement.Block block) {}

  /** Conditions of {@code post}, in the order in which Jenkins runs them. */
  enum PostCondition {
    ALWAYS("always"),
    CHANGED("changed"),
    FIXED("fixed"),
    REGRESSION("regression"),
    ABORTED("aborted"),
    SUCCESS("success"),
    UNSUCCESSFUL("unsuccessful"),
    UNSTABLE("unstable"),
    FAILURE("failure"),
    NOT_BUILT("notBuilt"),
    CLEANUP("cleanup");

    private final String keyword;

    PostCondition(String keyword) {
      this.keyword = keyword;
    }

    String keyword() {
      return keyword;
    }

    /** Whether it holds for a result, given that of the build before. */
    boolean holds(BuildResult result, @Nullable BuildResult previous) {
      return switch (this) {
        case ALWAYS, CLEANUP -> true;
        case CHANGED -> result != previous;
        case FIXED ->
            result == BuildResult.SUCCESS
                && (previous == BuildResult.FAILURE || previous == BuildResult.UNSTABLE);
        case REGRESSION -> previous != null && result.compareTo(previous) > 0;
        case ABORTED -> result == BuildResult.ABORTED;
        case SUCCESS -> result == BuildResult.SUCCESS;
        case UNSUCCESSFUL -> result != BuildResult.SUCCESS;
        case UNSTABLE -> result == BuildResult.UNSTABLE;
        case FAILURE -> result == BuildResult.FAILURE;
        case NOT_BUILT -> result == BuildResult.NOT_BUILT;
      };
    }
  }
}
