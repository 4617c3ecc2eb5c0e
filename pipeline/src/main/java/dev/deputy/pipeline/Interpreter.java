package dev.deputy.pipeline;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of one script: what its parts share. Everything here belongs to the branch that holds the
 * baton.
 */
final class Interpreter {
  private final Script script;
  private final PipelineHost host;
  private final Budget budget;
  private final Values values;
  private final Operators operators;
  private final Map<String, @Nullable Object> bindings = new HashMap<>();
  private final Members members;
  private final Expressions expressions;
  private final Statements statements;
  private final Invocations invocations;
  private final StepCalls stepCalls;
  private boolean denied;

  Interpreter(Script script, PipelineHost host, RunLimits limits) {
    this.script = script;
    this.host = host;
    this.budget = new Budget(limits);
    this.values = new Values(budget);
    this.operators = new Operators(values, budget);
    this.members = new Members(this);
    this.expressions = new Expressions(this);
    this.statements = new Statements(this);
    this.invocations = new Invocations(this);
    this.stepCalls = new StepCalls(this);
  }

  Script script() {
    return script;
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

  /** Variables of the whole script: set without a declaration, or with {@code @Field}. */
  Map<String, @Nullable Object> bindings() {
    return bindings;
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
