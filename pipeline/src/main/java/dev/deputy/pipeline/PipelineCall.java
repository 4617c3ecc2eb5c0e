package dev.deputy.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A {@code pipeline} block in a library or in a file that was loaded: checked and run where the run
 * reaches it. What of it concerns the job is known only then: parameters get their defaults, and
 * builds of the job are not held apart.
 */
final class PipelineCall {
  private final Interpreter run;
  private final Steps steps;

  PipelineCall(Interpreter run, Steps steps) {
    this.run = run;
    this.steps = steps;
  }

  /**
   * @throws ScriptError with all that is wrong with the block
   */
  void run(ClosureValue block, Position at, Context context) {
    if (!(block.captured().self().value() instanceof ScriptValue script) || block.code() == null) {
      throw ScriptError.refused("'pipeline' can only stand in a script, not in a class");
    }
    PipelineBlock read = read(block.code(), at, script.script());
    declare(read.parameters(), at, context);
    if (read.options().job().disableConcurrentBuilds()) {
      String warning =
          "WARNING: disableConcurrentBuilds has no effect in a library: the builds of a job are"
              + " held apart by its Jenkinsfile";
      run.stepCalls().run("echo", Map.of("message", warning), null, at, context);
    }
    new DeclarativeRun(run, read, block.captured().inner(context)).run(context);
  }

  private PipelineBlock read(Expression.Closure code, Position at, Script script) {
    Findings findings = new Findings(script.source());
    StepChecker checker = new StepChecker(findings, steps, script);
    Expression.Call call =
        new Expression.Call(
            at, null, "pipeline", List.of(code), List.of(), Expression.Access.PLAIN);
    Optional<PipelineBlock> read = new DeclarativeReader(findings, checker).read(call);
    if (read.isEmpty() || !findings.errors().isEmpty()) {
      throw ScriptError.refused(
          findings.errors().stream().map(Problem::format).collect(Collectors.joining("\n")));
    }
    return read.get();
  }

  /** As {@code properties([parameters([…])])} does. */
  private void declare(List<ParameterDefinition> parameters, Position at, Context context) {
    if (parameters.isEmpty()) {
      return;
    }
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("$class", "parameters");
    property.put("parameters", parameters.stream().map(PipelineCall::described).toList());
    run.stepCalls().run("properties", Map.of("properties", List.of(property)), null, at, context);
  }

  private static Map<String, Object> described(ParameterDefinition parameter) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", parameter.name());
    fields.put("description", parameter.description());
    fields.put("defaultValue", parameter.defaultValue());
    switch (parameter) {
      case ParameterDefinition.Text text -> {
        fields.put("$class", "string");
        fields.put("trim", text.trim());
      }
      case ParameterDefinition.MultilineText _ -> fields.put("$class", "text");
      case ParameterDefinition.Flag _ -> fields.put("$class", "booleanParam");
      case ParameterDefinition.Choice choice -> {
        fields.put("$class", "choice");
        fields.put("choices", choice.choices());
      }
      case ParameterDefinition.Password _ -> fields.put("$class", "password");
    }
    return fields;
  }
}
