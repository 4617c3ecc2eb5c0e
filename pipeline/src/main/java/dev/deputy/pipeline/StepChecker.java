package dev.deputy.pipeline;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks steps and program code before anything runs: names, arguments, blocks, and whether there
 * is an agent for what needs one.
 */
final class StepChecker {
  /** What every script has beside its steps. */
  private static final Set<String> PRINTS =
      Set.of("println", "print", "printf", "sprintf", "getBinding");

  /** Steps that Jenkins keeps out of declarative sections; script { … } may have them. */
  private static final Set<String> BLOCKED = Set.of("stage", "properties");

  /**
   * Where code stands.
   *
   * @param agent whether there is, or may be, an agent
   * @param loop whether {@code break} and {@code continue} have something to leave
   * @param code whether it is program code, where a fault counts when it is reached; else it is a
   *     declarative section, where everything has to be right before the start
   */
  private record Place(boolean agent, boolean loop, boolean code) {
    Place inLoop() {
      return new Place(agent, true, code);
    }

    Place inBlock(boolean withAgent) {
      return new Place(agent || withAgent, false, code);
    }

    Place inScript() {
      return new Place(agent, false, true);
    }
  }

  private final Findings findings;
  private final Steps steps;
  private final KnownNames names;
  private final Findings ofCode;
  private final ArgumentChecker arguments;
  private final ArgumentChecker argumentsOfCode;
  private final AgentUse agentUse;

  StepChecker(Findings findings, Steps steps, Script script) {
    this.findings = findings;
    this.steps = steps;
    this.names = KnownNames.of(script);
    this.ofCode = findings.ofCode();
    this.arguments = new ArgumentChecker(findings);
    this.argumentsOfCode = new ArgumentChecker(ofCode);
    this.agentUse = new AgentUse(steps, script, names);
  }

  private Findings findings(Place place) {
    return place.code() ? ofCode : findings;
  }

  private ArgumentChecker arguments(Place place) {
    return place.code() ? argumentsOfCode : arguments;
  }

  Steps steps() {
    return steps;
  }

  /** A block of declarative {@code steps}: only steps, in it and in blocks of steps in it. */
  void checkSteps(Statement.Block block, boolean hasAgent) {
    for (Statement statement : block.statements()) {
      Optional<Expression.Call> call = Sections.call(statement);
      if (call.isPresent()
          && call.get().name().equals("parallel")
          && block.statements().size() > 1) {
        findings.error(
            statement.at(),
            "'parallel' has to be the only step here",
            "make it a stage with parallel { stage('…') { … } }, or put it into script { … }");
      }
      if (call.isEmpty()) {
        findings.error(statement.at(), "expected a step", "program code goes into script { … }");
        continue;
      }
      if (call.get().arguments().isEmpty() && names.isVariable(call.get().name())) {
        findings.error(statement.at(), "expected a step, not a variable", "");
      }
      checkStep(call.get(), hasAgent);
    }
  }

  private void checkStep(Expression.Call call, boolean hasAgent) {
    if (BLOCKED.contains(call.name()) && !names.isOwn(call.name())) {
      findings.error(
          call.at(),
          "'" + call.name() + "' cannot be called in declarative steps",
          call.name().equals("stage")
              ? "make it a stage of stages, or put it into script { … }"
              : "use options, parameters and triggers, or put it into script { … }");
    }
    Place place = new Place(hasAgent, false, false);
    boolean isBlock = call.name().equals("script") || call.name().equals("parallel");
    Optional<StepSignature> step = steps.find(call.name());
    if (step.isEmpty() && Steps.isDescription(call.name()) && !names.isOwn(call.name())) {
      unknown(call, place); // an argument of steps, not a step itself
    }
    if (isBlock || step.isEmpty() || names.isOwn(call.name())) {
      check(call, place);
      return;
    }
    checkCall(call, place);
    call.named().forEach(entry -> check(entry.value(), place));
    for (Expression argument : call.arguments()) {
      if (argument instanceof Expression.Closure closure) {
        checkSteps(closure.body(), hasAgent || call.name().equals("node"));
      } else {
        check(argument, place);
      }
    }
  }

  /** Program code where there may be an agent: a whole scripted pipeline, a method. */
  void checkCode(Statement.Block block) {
    check(block, new Place(true, false, true));
  }

  void checkExpression(Expression expression, boolean hasAgent) {
    check(expression, new Place(hasAgent, false, false));
  }

  /** A value that code computes, perhaps with functions that only the run knows. */
  void checkValue(Expression expression, boolean hasAgent) {
    check(expression, new Place(hasAgent, false, true));
  }

  /** Where a value is expected, a step or a block is a slip. */
  void refuseStep(Expression.Call call, String hint) {
    boolean block = call.arguments().stream().anyMatch(Expression.Closure.class::isInstance);
    if (block || (!names.isOwn(call.name()) && steps.find(call.name()).isPresent())) {
      findings.error(call.at(), "'" + call.name() + "' cannot be called here", hint);
    }
  }

  /** An option that is a step around the rest; the rest is its block. */
  void checkOption(Expression.Call call) {
    steps.find(call.name()).ifPresent(step -> arguments.check(call, step, true));
  }

  /** What a declarative {@code agent} asks for. */
  void checkLabel(Expression label) {
    steps.find("node").ifPresent(node -> arguments.checkLabel(node, label));
  }

  /** Whether running this needs an agent, or something that only an agent knows. */
  boolean mayNeedAgent(Node node) {
    return agentUse.mayNeedAgent(node);
  }

  private void check(Node node, Place place) {
    switch (node) {
      case Expression.Call call when isPipeline(call) ->
          findings.error(
              call.at(),
              "'pipeline' cannot stand here",
              "a file has one pipeline { … } block, outside of everything else");
      case Expression.Call call -> {
        checkCall(call, place);
        checkParts(call, place);
      }
      // A closure that is no argument may be called anywhere, also where there is an agent.
      case Expression.Closure closure -> checkBlock(closure, place.inBlock(true));
      case Expression.Constant(Position at, BigInteger number) when !place.code() ->
          findings.error(at, number + " is too large a number for a step", "");
      case Expression.Property property -> {
        checkGlobal(property, place);
        Tree.children(property).forEach(child -> check(child, place));
      }
      case Expression.Name name when names.isRefused(name.name()) ->
          findings(place)
              .error(
                  name.at(),
                  "'" + name.name() + "' is not supported",
                  "give the work an agent whose image has what it needs");
      case Statement.While _, Statement.For _, Statement.ForEach _, Statement.Switch _ ->
          Tree.children(node).forEach(child -> check(child, place.inLoop()));
      case Statement.Break _ when !place.loop() -> outsideLoop(node, "break");
      case Statement.Continue _ when !place.loop() -> outsideLoop(node, "continue");
      default -> Tree.children(node).forEach(child -> check(child, place));
    }
  }

  private void checkBlock(Expression.Closure block, Place inside) {
    Tree.children(block).forEach(child -> check(child, inside));
  }

  private void checkGlobal(Expression.Property property, Place place) {
    if (property.target() instanceof Expression.Name(Position _, String target)
        && property.name() instanceof Expression.Constant(Position at, Object name)
        && !names.isOwn(target)
        && Refusals.ofProperty(String.valueOf(name)).isEmpty()
        && !Globals.has(target, String.valueOf(name))) {
      findings(place)
          .error(
              at,
              "'" + target + "." + name + "' is not supported",
              "there are "
                  + String.join(
                      ", ",
                      target.equals("scm") ? Globals.SCM_PROPERTIES : Globals.BUILD_PROPERTIES));
    }
  }

  private boolean isPipeline(Expression.Call call) {
    return call.target() == null && call.name().equals("pipeline") && !names.isOwn("pipeline");
  }

  private void outsideLoop(Node node, String word) {
    findings.error(
        node.at(), "'" + word + "' stands outside of a loop", "a closure is left with return");
  }

  private void checkParts(Expression.Call call, Place place) {
    boolean stepOnly = call.target() == null && !names.isOwn(call.name());
    boolean bringsAgent = call.name().equals("node") || !stepOnly;
    Place here = call.name().equals("script") ? place.inScript() : place;
    for (Node child : Tree.children(call)) {
      if (child instanceof Expression.Closure block) {
        checkBlock(block, here.inBlock(bringsAgent));
      } else {
        check(child, here);
      }
    }
  }

  private void checkCall(Expression.Call call, Place place) {
    String name = call.name();
    if (call.target() != null) {
      checkMethod(call, place);
      return;
    }
    if (names.isOwn(name) || PRINTS.contains(name)) {
      return;
    }
    if (name.equals("parallel")) {
      arguments(place).checkParallel(call);
      return;
    }
    Optional<StepSignature> step = steps.find(name);
    if (step.isPresent()) {
      arguments(place).check(call, step.get(), false);
      checkAgent(call, step.get(), place);
    } else if (!Steps.isDescription(name)) {
      unknown(call, place);
    }
  }

  /** Only a warning: Jenkins' validator lets it pass, and the stage may never be reached. */
  private void checkAgent(Expression.Call call, StepSignature step, Place place) {
    if (step.needsAgent() && !place.agent()) {
      findings.warning(
          call.at(),
          "step '" + step.name() + "' needs an agent, and there is none here",
          "give the stage an agent { label '…' }");
    }
  }

  private void unknown(Expression.Call call, Place place) {
    if (names.isOpen()) {
      return; // a library or a loaded file may bring it
    }
    String near = steps.advice(call.name(), names.withSteps(steps.names()));
    findings(place)
        .error(
            call.at(),
            "there is no step '" + call.name() + "'",
            near.isEmpty() ? "Deputy does not have this step" : near);
  }

  private void checkMethod(Expression.Call call, Place place) {
    if (!isRefused(call)
        && !names.isOpen()
        && !names.isMethod(call.name())
        && steps.find(call.name()).isEmpty()
        && Refusals.ofMethod(call.name()).isEmpty()) {
      findings(place)
          .error(
              call.at(),
              "there is no method '" + call.name() + "'",
              Suggestion.hint(call.name(), names.methods()));
    }
  }

  /** Whether what a call is made on has been refused: one report is enough. */
  private boolean isRefused(Expression on) {
    return switch (on) {
      case Expression.Call(Position _, Expression target, var _, var _, var _, var _)
          when target != null ->
          isRefused(target);
      case Expression.Property property -> isRefused(property.target());
      case Expression.Name name -> names.isRefused(name.name());
      case Expression.Refused _ -> true;
      case Expression.Constant constant -> constant.value() == null;
      default -> false;
    };
  }

  /** All methods of the script. */
  void checkMethods(Script script) {
    for (List<Script.Method> overloads : script.methods().values()) {
      for (Script.Method method : overloads) {
        Tree.defaults(method.parameters())
            .forEach(value -> check(value, new Place(true, false, true)));
        checkCode(method.body());
      }
    }
  }
}
