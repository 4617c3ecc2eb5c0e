package dev.deputy.pipeline;

import dev.deputy.pipeline.PipelineBlock.AgentChoice;
import dev.deputy.pipeline.PipelineBlock.EnvironmentVariable;
import dev.deputy.pipeline.PipelineBlock.Input;
import dev.deputy.pipeline.PipelineBlock.PostAction;
import dev.deputy.pipeline.PipelineBlock.PostCondition;
import dev.deputy.pipeline.PipelineBlock.Tool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code agent}, {@code environment}, {@code tools}, {@code input}, {@code post} and {@code
 * triggers}.
 */
final class DirectiveReader {
  private static final String IN_SCRIPT = "write \"${…}\", or set it in script { env.NAME = … }";

  /** Without {@code kubernetes}, which is refused. */
  static final Set<String> AGENTS =
      Set.of("any", "none", "label", "node", "ecs", "docker", "dockerfile");

  static final Set<String> INPUT =
      Set.of("message", "id", "ok", "submitter", "submitterParameter", "parameters");
  static final Set<String> TRIGGERS =
      Set.of(
          "cron",
          "pollSCM",
          "upstream",
          "githubPush",
          "bitbucketPush",
          "gitlab",
          "parameterizedCron",
          "GenericTrigger",
          "issueCommentTrigger");

  private final Sections sections;
  private final Findings findings;
  private final StepChecker checker;

  DirectiveReader(Sections sections, StepChecker checker) {
    this.sections = sections;
    this.findings = sections.findings();
    this.checker = checker;
  }

  AgentChoice agent(Expression.Call call) {
    Expression argument = sections.single(call, "any, none or a block").orElse(null);
    return switch (argument) {
      case null -> new AgentChoice.None();
      case Expression.Name name when name.name().equals("any") -> new AgentChoice.Any(call.at());
      case Expression.Name name when name.name().equals("none") -> new AgentChoice.None();
      case Expression.Closure closure -> agentBlock(call, closure.body());
      default -> {
        findings.error(
            argument.at(),
            "'agent' takes any, none or a block",
            "write agent { label '…' } for an agent with that label");
        yield new AgentChoice.None();
      }
    };
  }

  private AgentChoice agentBlock(Expression.Call agent, Statement.Block block) {
    List<Expression.Call> calls = sections.calls(block, "agent");
    if (calls.size() != 1) {
      findings.error(agent.at(), "'agent' takes exactly one kind of agent", "write label '…'");
      return new AgentChoice.Any(agent.at());
    }
    Expression.Call kind = calls.getFirst();
    return switch (kind.name()) {
      case "label" -> labelled(agent, kind);
      case "node" ->
          sections
              .block(kind)
              .map(inner -> node(agent, inner))
              .orElse(new AgentChoice.Any(agent.at()));
      case "ecs" ->
          sections
              .block(kind)
              .map(inner -> ecs(agent, inner))
              .orElse(new AgentChoice.Any(agent.at()));
      case "docker", "dockerfile" -> new ContainerReader(sections, checker).read(agent, kind);
      case "kubernetes" -> {
        findings.error(
            kind.at(),
            "'agent { " + kind.name() + " }' is not supported yet",
            "write agent { label '…' }; the agent template of that label says which image it runs");
        yield new AgentChoice.Any(agent.at());
      }
      default -> {
        findings.error(
            kind.at(), "'" + kind.name() + "' is not a kind of agent", "write label '…'");
        yield new AgentChoice.Any(agent.at());
      }
    };
  }

  private AgentChoice node(Expression.Call agent, Statement.Block block) {
    Map<String, Expression.Call> found =
        sections.known(block, "node", Set.of("label", "customWorkspace", "retries"), Map.of());
    Expression.Call label = found.get("label");
    AgentChoice choice = label == null ? new AgentChoice.Any(agent.at()) : labelled(agent, label);
    Optional<Expression> folder =
        Optional.ofNullable(found.get("customWorkspace"))
            .flatMap(call -> sections.single(call, "a folder"));
    return folder.<AgentChoice>map(f -> new AgentChoice.InFolder(choice, f)).orElse(choice);
  }

  /** The template of a label; what else Jenkins' ECS plug-in lets a file say is the template's. */
  private AgentChoice ecs(Expression.Call agent, Statement.Block block) {
    Expression.Call template = null;
    for (Expression.Call call : sections.calls(block, "ecs")) {
      if (Set.of("inheritFrom", "label").contains(call.name())) {
        template = call;
      } else {
        findings.error(
            call.at(),
            "'" + call.name() + "' of an ECS agent is not for a Jenkinsfile to say",
            "ask the owner of deputy.yaml for an agent template that has it, and name its label");
      }
    }
    return template == null ? new AgentChoice.Any(agent.at()) : labelled(agent, template);
  }

  private AgentChoice labelled(Expression.Call agent, Expression.Call label) {
    Optional<Expression> text = sections.single(label, "a label expression");
    text.ifPresent(checker::checkLabel);
    return text.<AgentChoice>map(known -> new AgentChoice.Labelled(agent.at(), known))
        .orElse(new AgentChoice.Any(agent.at()));
  }

  /** Variables in an order in which each can be evaluated. */
  List<EnvironmentVariable> environment(Optional<Expression.Call> section, boolean hasAgent) {
    Optional<Statement.Block> block = section.flatMap(sections::filledBlock);
    Map<String, EnvironmentVariable> variables = new LinkedHashMap<>();
    for (Statement statement : block.map(Statement.Block::statements).orElse(List.of())) {
      if (statement instanceof Statement.Evaluate(Position at, Expression expression)
          && expression instanceof Expression.Assign assign
          && assign.operator() == null
          && assign.target() instanceof Expression.Name name) {
        EnvironmentVariable variable = variable(at, name.name(), assign.value(), hasAgent);
        if (variables.putIfAbsent(name.name(), variable) != null) {
          findings.error(at, "'" + name.name() + "' is set a second time", "remove one of them");
        }
      } else {
        findings.error(
            statement.at(), "this cannot stand in 'environment'", "write NAME = 'value'");
      }
    }
    return inOrder(variables);
  }

  private EnvironmentVariable variable(
      Position at, String name, Expression value, boolean hasAgent) {
    if (value instanceof Expression.Call call
        && call.target() == null
        && call.name().equals("credentials")) {
      Expression id = sections.single(call, "the id of credentials").orElse(value);
      return new EnvironmentVariable(at, name, id, true);
    }
    checkForm(value);
    checker.checkValue(value, hasAgent);
    return new EnvironmentVariable(at, name, value, false);
  }

  /** As Jenkins' validator has it: a text in quotes, several joined with +, or a call. */
  private void checkForm(Expression value) {
    switch (value) {
      case Expression.Constant _, Expression.Text _, Expression.Call _, Expression.Negate _ -> {}
      case Expression.Binary(Position at, Expression.Operator operator, var left, var right) -> {
        if (operator == Expression.Operator.PLUS) {
          checkJoined(left);
          checkJoined(right);
        } else {
          findings.error(at, "values in 'environment' can only be joined with +", IN_SCRIPT);
        }
      }
      default ->
          findings.error(
              value.at(), "a value in 'environment' is a text in quotes or a call", IN_SCRIPT);
    }
  }

  private void checkJoined(Expression part) {
    switch (part) {
      case Expression.Constant _, Expression.Text _ -> {}
      case Expression.Binary _ -> checkForm(part);
      default ->
          findings.error(
              part.at(), "what is joined in 'environment' is a text in quotes", IN_SCRIPT);
    }
  }

  /** What {@code libraries { lib('name@version') }} names. */
  List<Expression> libraries(Optional<Expression.Call> section) {
    List<Expression> libraries = new ArrayList<>();
    Optional<Statement.Block> block = section.flatMap(sections::filledBlock);
    for (Expression.Call call : block.map(b -> sections.calls(b, "libraries")).orElse(List.of())) {
      if (call.name().equals("lib")) {
        sections.single(call, "the name of a library").ifPresent(libraries::add);
      } else {
        findings.error(
            call.at(),
            "'" + call.name() + "' cannot stand in 'libraries'",
            "only lib('name@version') can");
      }
    }
    return List.copyOf(libraries);
  }

  /** The lines of {@code tools}. */
  List<Tool> tools(Optional<Expression.Call> section, boolean hasAgent) {
    List<Tool> tools = new ArrayList<>();
    Optional<Statement.Block> block = section.flatMap(sections::filledBlock);
    for (Expression.Call call : block.map(b -> sections.calls(b, "tools")).orElse(List.of())) {
      if (tools.stream().anyMatch(tool -> tool.type().equals(call.name()))) {
        findings.error(call.at(), "there is already a tool '" + call.name() + "'", "remove one");
      } else if (!ToolTypes.knows(call.name())) {
        findings.error(
            call.at(),
            "'" + call.name() + "' is not a type of tool",
            "there are " + String.join(", ", ToolTypes.names()));
      } else {
        sections
            .single(call, "the name of a tool")
            .ifPresent(name -> {
              checker.checkExpression(name, hasAgent);
              tools.add(new Tool(call.at(), call.name(), name));
            });
      }
    }
    return List.copyOf(tools);
  }

  /** What a variable refers to goes before it; in circles the file's order counts. */
  private static List<EnvironmentVariable> inOrder(Map<String, EnvironmentVariable> variables) {
    List<EnvironmentVariable> ordered = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    variables.keySet().forEach(name -> visit(name, variables, seen, ordered));
    return List.copyOf(ordered);
  }

  private static void visit(
      String name,
      Map<String, EnvironmentVariable> variables,
      Set<String> seen,
      List<EnvironmentVariable> ordered) {
    EnvironmentVariable variable = variables.get(name);
    if (variable != null && seen.add(name)) {
      for (Node node : Tree.all(variable.value())) {
        switch (node) {
          case Expression.Name used -> visit(used.name(), variables, seen, ordered);
          case Expression.Property used
              when used.name() instanceof Expression.Constant(Position _, String key) ->
              visit(key, variables, seen, ordered);
          default -> {}
        }
      }
      ordered.add(variable);
    }
  }

  /** The arguments of the {@code input} step. */
  Optional<Input> input(Expression.Call section) {
    Optional<Statement.Block> block = sections.filledBlock(section);
    if (block.isEmpty()) {
      return Optional.empty();
    }
    List<Expression.Entry> arguments = new ArrayList<>();
    List<String> parameters = new ArrayList<>();
    for (Expression.Call call : sections.known(block.get(), "input", INPUT, Map.of()).values()) {
      Expression value =
          call.name().equals("parameters")
              ? inputParameters(call, parameters)
              : sections.single(call, "a text").orElse(null);
      if (value != null) {
        arguments.add(new Expression.Entry(new Expression.Constant(call.at(), call.name()), value));
      }
      if (call.name().equals("submitterParameter") && value != null) {
        Optional.ofNullable(sections.literal(value, "the name"))
            .ifPresent(n -> parameters.add(n.toString()));
      }
    }
    boolean hasMessage = arguments.stream().anyMatch(DirectiveReader::isMessage);
    if (!hasMessage) {
      findings.error(section.at(), "'input' has no 'message'", "add message '…'");
    }
    return Optional.of(new Input(section.at(), arguments, parameters));
  }

  private static boolean isMessage(Expression.Entry entry) {
    return entry.key() instanceof Expression.Constant(Position _, Object key)
        && "message".equals(key);
  }

  private @Nullable Expression inputParameters(Expression.Call section, List<String> names) {
    Optional<Statement.Block> block = sections.filledBlock(section);
    if (block.isEmpty()) {
      return null;
    }
    ParametersReader reader = new ParametersReader(sections);
    List<Expression> calls = new ArrayList<>();
    for (Expression.Call call : sections.calls(block.get(), "parameters")) {
      reader.read(call).ifPresent(parameter -> names.add(parameter.name()));
      calls.add(call);
    }
    return new Expression.ListLiteral(section.at(), List.copyOf(calls));
  }

  /** Actions in Jenkins' order. */
  List<PostAction> post(Optional<Expression.Call> section, boolean hasAgent) {
    Set<String> keywords = new TreeSet<>();
    Arrays.stream(PostCondition.values()).forEach(each -> keywords.add(each.keyword()));
    List<PostAction> actions = new ArrayList<>();
    Optional<Statement.Block> block = section.flatMap(sections::filledBlock);
    if (block.isEmpty()) {
      return actions;
    }
    for (Expression.Call call : sections.known(block.get(), "post", keywords, Map.of()).values()) {
      PostCondition condition =
          Arrays.stream(PostCondition.values())
              .filter(each -> each.keyword().equals(call.name()))
              .findFirst()
              .orElseThrow();
      sections
          .filledBlock(call)
          .ifPresent(steps -> {
            checker.checkSteps(steps, hasAgent);
            actions.add(new PostAction(condition, steps));
          });
    }
    actions.sort(Comparator.comparing(PostAction::condition));
    return List.copyOf(actions);
  }

  void triggers(Expression.Call section) {
    Optional<Statement.Block> block = sections.filledBlock(section);
    if (block.isEmpty()) {
      return;
    }
    for (Expression.Call call :
        sections.known(block.get(), "triggers", TRIGGERS, Map.of()).values()) {
      if (call.name().equals("cron") || call.name().equals("pollSCM")) {
        sections.single(call, "a schedule").ifPresent(this::checkSchedule);
      } else if (call.name().equals("upstream")) {
        sections.named(call, Set.of("upstreamProjects", "threshold"));
      }
      findings.warning(call.at(), "trigger '" + call.name() + "' has no effect yet", "");
    }
  }

  private void checkSchedule(Expression expression) {
    if (expression instanceof Expression.Call call && call.target() == null) {
      checker.refuseStep(call, "a schedule is a text, as in 'H 4 * * 1-5'");
    }
    if (!(expression instanceof Expression.Constant(Position _, String schedule))) {
      return;
    }
    for (String line : schedule.split("\n")) {
      String plain = line.strip();
      boolean isRule = !plain.isEmpty() && !plain.startsWith("#") && !plain.startsWith("TZ=");
      if (isRule && !plain.startsWith("@") && plain.split("\\s+").length != 5) {
        findings.error(
            expression.at(),
            "'" + plain + "' is not a schedule",
            "it has five fields: minute hour day-of-month month day-of-week, as in 'H 4 * * 1-5'");
      }
    }
  }
}
