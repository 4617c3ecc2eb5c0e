package dev.deputy.pipeline;

import dev.deputy.pipeline.PipelineBlock.AgentChoice;
import dev.deputy.pipeline.PipelineBlock.Axis;
import dev.deputy.pipeline.PipelineBlock.EnvironmentVariable;
import dev.deputy.pipeline.PipelineBlock.Input;
import dev.deputy.pipeline.PipelineBlock.Options;
import dev.deputy.pipeline.PipelineBlock.Stage;
import dev.deputy.pipeline.PipelineBlock.When;
import dev.deputy.pipeline.PipelineBlock.Work;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@code stages} and what is in them. */
final class StageReader {
  /**
   * What is around a stage.
   *
   * @param agent whether there is an agent
   * @param parallel whether it is inside {@code parallel}
   */
  record Surroundings(boolean agent, boolean parallel) {}

  static final Set<String> SECTIONS =
      Set.of(
          "agent",
          "environment",
          "failFast",
          "input",
          "matrix",
          "options",
          "parallel",
          "post",
          "stages",
          "steps",
          "tools",
          "when");
  static final Set<String> OF_MATRIX =
      Set.of(
          "agent",
          "axes",
          "environment",
          "excludes",
          "input",
          "options",
          "post",
          "stages",
          "tools",
          "when");
  private static final Set<String> WORK = Set.of("steps", "stages", "parallel", "matrix");

  private final Sections sections;
  private final Findings findings;
  private final DirectiveReader directives;
  private final OptionsReader options;
  private final StepChecker checker;
  private final WhenReader when;

  StageReader(
      Sections sections, DirectiveReader directives, OptionsReader options, StepChecker checker) {
    this.sections = sections;
    this.findings = sections.findings();
    this.directives = directives;
    this.options = options;
    this.checker = checker;
    this.when = new WhenReader(sections, checker);
  }

  /** The stages of {@code stages} or {@code parallel}. */
  List<Stage> stages(Expression.Call section, Surroundings around) {
    List<Stage> stages = new ArrayList<>();
    Optional<Statement.Block> block = sections.filledBlock(section);
    if (block.isEmpty()) {
      return stages;
    }
    Set<String> names = new HashSet<>();
    for (Expression.Call call : sections.calls(block.get(), section.name())) {
      if (call.name().equals("stage")) {
        stage(call, around, names).ifPresent(stages::add);
      } else {
        findings.error(
            call.at(),
            "'" + call.name() + "' cannot stand in '" + section.name() + "'",
            "only stage('…') { … } can");
      }
    }
    return stages;
  }

  /**
   * @param names those of the stages beside it, which have to differ; deeper ones need not
   */
  private Optional<Stage> stage(Expression.Call call, Surroundings around, Set<String> names) {
    if (call.arguments().size() != 2
        || !call.named().isEmpty()
        || !(call.arguments().getLast() instanceof Expression.Closure closure)) {
      findings.error(
          call.at(), "a stage has a name and a block", "write stage('Build') { steps { … } }");
      return Optional.empty();
    }
    String name = name(call.arguments().getFirst(), names);
    if (closure.body().statements().isEmpty()) {
      findings.error(call.at(), "stage '" + name + "' is empty", "add steps { … }");
      return Optional.empty();
    }
    Map<String, Expression.Call> found =
        sections.known(closure.body(), "stage", SECTIONS, Map.of());
    return Optional.of(
        stage(call.at(), name, List.of(), found, around, inner -> work(call, name, found, inner)));
  }

  /** A stage, or a cell of a matrix, with these sections. */
  private Stage stage(
      Position at,
      String name,
      List<Axis> axes,
      Map<String, Expression.Call> found,
      Surroundings around,
      Function<Surroundings, Work> content) {
    AgentChoice agent = found.containsKey("agent") ? directives.agent(found.get("agent")) : null;
    boolean hasAgent = agent == null ? around.agent() : !(agent instanceof AgentChoice.None);
    Surroundings inner = new Surroundings(hasAgent, around.parallel());
    List<EnvironmentVariable> environment =
        directives.environment(Optional.ofNullable(found.get("environment")), hasAgent);
    Options read =
        options.read(Optional.ofNullable(found.get("options")), OptionsReader.Level.STAGE);
    Input input = Optional.ofNullable(found.get("input")).flatMap(directives::input).orElse(null);
    When condition = Optional.ofNullable(found.get("when")).map(when::read).orElse(null);
    Work work = content.apply(inner);
    return new Stage(
        at,
        name,
        axes,
        agent,
        environment,
        directives.tools(Optional.ofNullable(found.get("tools")), hasAgent),
        read,
        input,
        condition,
        work,
        directives.post(Optional.ofNullable(found.get("post")), hasAgent));
  }

  private String name(Expression expression, Set<String> names) {
    Object value = sections.literal(expression, "the name of a stage");
    if (value == null) {
      return "?";
    }
    if (!(value instanceof String name) || name.isBlank()) {
      findings.error(expression.at(), "the name of a stage is a text", "");
      return "?";
    }
    if (!names.add(name)) {
      findings.error(
          expression.at(), "there is already a stage '" + name + "'", "give it another name");
    }
    return name;
  }

  private Work work(
      Expression.Call stage, String name, Map<String, Expression.Call> found, Surroundings around) {
    List<Expression.Call> given =
        found.values().stream().filter(each -> WORK.contains(each.name())).toList();
    if (given.size() > 1) {
      findings.error(
          given.get(1).at(),
          "stage '%s' has both '%s' and '%s'"
              .formatted(name, given.get(0).name(), given.get(1).name()),
          "a stage has exactly one of steps, stages, parallel and matrix");
    }
    if (given.isEmpty()) {
      findings.error(
          stage.at(),
          "stage '" + name + "' does nothing",
          "add steps { … }, stages, parallel or matrix");
      return new Work.Sequence(List.of());
    }
    checkFailFast(found);
    Expression.Call section = given.getFirst();
    return switch (section.name()) {
      case "steps" -> new Work.Steps(steps(section, around));
      case "stages" -> new Work.Sequence(stages(section, around));
      case "matrix" -> matrix(section, found, around);
      default -> branches(section, found, around);
    };
  }

  private void checkFailFast(Map<String, Expression.Call> found) {
    Expression.Call failFast = found.get("failFast");
    if (failFast != null && !found.containsKey("parallel") && !found.containsKey("matrix")) {
      findings.warning(
          failFast.at(), "'failFast' is for a stage with 'parallel' or 'matrix'", "remove it");
    }
  }

  private Statement.Block steps(Expression.Call section, Surroundings around) {
    Statement.Block block =
        sections.filledBlock(section).orElse(new Statement.Block(section.at(), List.of()));
    checker.checkSteps(block, around.agent());
    return block;
  }

  private Work branches(
      Expression.Call section, Map<String, Expression.Call> found, Surroundings around) {
    refuseInside(section, around);
    refuseBeside(section, found);
    return new Work.Branches(
        stages(section, new Surroundings(around.agent(), true)),
        sections.flag(found.get("failFast")));
  }

  /** Each cell is a branch with the matrix's own stages. */
  private Work matrix(
      Expression.Call section, Map<String, Expression.Call> beside, Surroundings around) {
    refuseInside(section, around);
    refuseBeside(section, beside);
    Optional<Statement.Block> block = sections.filledBlock(section);
    if (block.isEmpty()) {
      return new Work.Sequence(List.of());
    }
    Map<String, Expression.Call> found = sections.known(block.get(), "matrix", OF_MATRIX, Map.of());
    List<List<Axis>> cells = new MatrixReader(sections).cells(section, found);
    Stage pattern =
        stage(
            section.at(),
            "Matrix",
            List.of(),
            found,
            new Surroundings(around.agent(), true),
            inner -> cellStages(section, found, inner));
    return new Work.Branches(
        cells.stream().map(axes -> cell(pattern, axes)).toList(),
        sections.flag(beside.get("failFast")));
  }

  private Work cellStages(
      Expression.Call matrix, Map<String, Expression.Call> found, Surroundings around) {
    Expression.Call section = found.get("stages");
    if (section == null) {
      findings.error(
          matrix.at(), "'matrix' has no 'stages'", "add stages { stage('…') { steps { … } } }");
      return new Work.Sequence(List.of());
    }
    return new Work.Sequence(stages(section, around));
  }

  private static Stage cell(Stage pattern, List<Axis> axes) {
    String name =
        axes.stream()
            .map(axis -> axis.name() + " = '" + axis.value() + "'")
            .collect(Collectors.joining(", ", "Matrix - ", ""));
    return new Stage(
        pattern.at(),
        name,
        axes,
        pattern.agent(),
        pattern.environment(),
        pattern.tools(),
        pattern.options(),
        pattern.input(),
        pattern.when(),
        pattern.work(),
        pattern.post());
  }

  private void refuseInside(Expression.Call section, Surroundings around) {
    if (around.parallel()) {
      findings.error(
          section.at(),
          "'" + section.name() + "' inside 'parallel' or 'matrix' is not possible",
          "put all branches into one parallel block");
    }
  }

  private void refuseBeside(Expression.Call section, Map<String, Expression.Call> found) {
    for (String name : List.of("agent", "tools")) {
      Expression.Call beside = found.get(name);
      if (beside != null) {
        findings.error(
            beside.at(),
            "a stage with '" + section.name() + "' has no " + name + " of its own",
            section.name().equals("matrix")
                ? "put " + name + " into matrix { … }"
                : "give each stage inside parallel its " + name);
      }
    }
  }
}
