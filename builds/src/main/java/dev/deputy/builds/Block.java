package dev.deputy.builds;

import dev.deputy.fleet.AwsIdentity;
import dev.deputy.pipeline.Scope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The block a step stands in.
 *
 * @param base the build's own environment, shared by all blocks
 * @param overrides of {@code withEnv} and stages, from the outside in; applied only when the
 *     environment is asked for, because {@code PATH+X} outside of an agent means the agent's PATH
 * @param workplace the agent that steps run on; empty outside of {@code node}
 * @param dir relative to the workspace, or absolute; empty for the workspace itself
 * @param stages from the outermost to the innermost
 * @param deadline of the enclosing {@code timeout}s
 * @param identity as whom AWS calls of steps are made, on from the agent's own identity
 * @param inside what encloses the steps beside that
 */
record Block(
    BuildEnvironment base,
    List<Variable> overrides,
    Optional<Workplace> workplace,
    String dir,
    List<StageProgress> stages,
    Optional<Instant> deadline,
    List<AwsIdentity> identity,
    Surroundings inside)
    implements Scope {

  /** One {@code NAME=value} or {@code NAME+ANYTHING=value}. */
  record Variable(String name, String value) {}

  /** The outermost block. */
  static Block root(BuildEnvironment base) {
    return new Block(
        base,
        List.of(),
        Optional.empty(),
        "",
        List.of(),
        Optional.empty(),
        List.of(),
        Surroundings.NONE);
  }

  /** Jenkins' order: the build, the agent, {@code env.X = …}, then {@code withEnv}. */
  @Override
  public Map<String, String> environment() {
    var environment = new LinkedHashMap<>(base.given());
    workplace.ifPresent(w -> environment.putAll(w.environment()));
    environment.putAll(base.assigned());
    overrides.forEach(o -> apply(environment, o));
    return environment;
  }

  /** {@code PATH+ANYTHING} puts its value in front of PATH; every other name replaces. */
  private static void apply(Map<String, String> environment, Variable variable) {
    int plus = variable.name().indexOf('+');
    if (plus <= 0) {
      environment.put(variable.name(), variable.value());
      return;
    }
    environment.merge(
        variable.name().substring(0, plus),
        variable.value(),
        (existing, first) -> first + ":" + existing);
  }

  Block with(List<Variable> more) {
    List<Variable> all = Stream.concat(overrides.stream(), more.stream()).toList();
    return new Block(base, all, workplace, dir, stages, deadline, identity, inside);
  }

  /** On an agent, in its workspace. */
  Block on(Workplace agent) {
    return new Block(
        base,
        overrides,
        Optional.of(agent),
        "",
        stages,
        deadline,
        identity,
        inside.onAnotherAgent());
  }

  Block in(String directory) {
    return new Block(base, overrides, workplace, directory, stages, deadline, identity, inside);
  }

  /** As somebody else than before. */
  Block as(List<AwsIdentity> other) {
    return new Block(base, overrides, workplace, dir, stages, deadline, other, inside);
  }

  Block inside(StageProgress stage) {
    List<StageProgress> all = Stream.concat(stages.stream(), Stream.of(stage)).toList();
    return new Block(base, overrides, workplace, dir, all, deadline, identity, inside)
        .with(List.of(new Variable("STAGE_NAME", stage.name())));
  }

  /** Until then, or until the enclosing deadline where that comes first. */
  Block until(Instant end) {
    Instant first = deadline.filter(d -> d.isBefore(end)).orElse(end);
    return new Block(base, overrides, workplace, dir, stages, Optional.of(first), identity, inside);
  }

  Block within(Surroundings surroundings) {
    return new Block(base, overrides, workplace, dir, stages, deadline, identity, surroundings);
  }

  /** The innermost stage's name; empty outside of stages. */
  String stageName() {
    return stages.isEmpty() ? "" : stages.getLast().name();
  }
}
