package dev.deputy.pipeline;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One run of one script: what its parts share. Everything here belongs to the branch that holds the
 * baton.
 */
final class Interpreter {
  private final PipelineHost host;
  private final Budget budget;
  private final Values values;
  private final Operators operators;
  private final ScriptValue main;
  private final Names names;
  private final Classes classes;
  private final Instances instances;
  private final Libraries libraries;
  private final Members members;
  private final Expressions expressions;
  private final Statements statements;
  private final Invocations invocations;
  private final StepCalls stepCalls;
  private @Nullable Context current;
  private boolean declarative;
  private final Map<String, Object> computedParameters = new LinkedHashMap<>();
  private boolean denied;

  Interpreter(Script script, PipelineHost host, RunLimits limits) {
    this.main = new ScriptValue(ScriptValue.MAIN, script, new HashMap<>());
    this.host = host;
    this.budget = new Budget(limits, System::nanoTime, host::repeating);
    this.values = new Values(budget);
    this.operators = new Operators(values, budget);
    this.names = new Names(this);
    this.classes = new Classes(this);
    this.instances = new Instances(this);
    this.libraries = new Libraries(this);
    this.members = new Members(this);
    this.expressions = new Expressions(this);
    this.statements = new Statements(this);
    this.invocations = new Invocations(this);
    this.stepCalls = new StepCalls(this);
    this.values.use(new ObjectBehaviour(this));
    this.classes.declare(script);
  }

  /** The script object of the pipeline file. */
  ScriptValue main() {
    return main;
  }

  Names names() {
    return names;
  }

  Classes classes() {
    return classes;
  }

  Instances instances() {
    return instances;
  }

  Libraries libraries() {
    return libraries;
  }

  /** The context of the code that holds the baton. */
  Context current() {
    return Objects.requireNonNull(current);
  }

  /** Notes what runs from now on, and gives what ran before. */
  @Nullable Context enter(@Nullable Context context) {
    Context before = current;
    current = context;
    return before;
  }

  /** The build's parameters, with the defaults that are code. */
  Map<String, Object> parameters() {
    Map<String, Object> all = new LinkedHashMap<>(host.parameters());
    all.putAll(computedParameters);
    return Collections.unmodifiableMap(all);
  }

  /**
   * Notes that a {@code pipeline} block begins.
   *
   * @throws ScriptError if there was one before, as Jenkins says it
   */
  void beginDeclarative() {
    if (declarative) {
      throw ScriptError.of(
          Type.ILLEGAL_STATE, "Only one pipeline { ... } block can be executed in a single run.");
    }
    declarative = true;
  }

  void computeParameter(String name, String value) {
    computedParameters.put(name, value);
  }

  PipelineHost host() {
    return host;
  }

  Budget budget() {
    return budget;
  }

  Values values() {
    return values;
  }

  Operators operators() {
    return operators;
  }

  Members members() {
    return members;
  }

  Expressions expressions() {
    return expressions;
  }

  Statements statements() {
    return statements;
  }

  Invocations invocations() {
    return invocations;
  }

  StepCalls stepCalls() {
    return stepCalls;
  }

  /** Notes that access was denied: nothing takes that back. */
  void denied() {
    denied = true;
  }

  boolean wasDenied() {
    return denied;
  }
}
