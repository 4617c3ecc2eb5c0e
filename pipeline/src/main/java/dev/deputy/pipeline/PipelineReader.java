package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and checks a whole file: declarative if it has a {@code pipeline} block. */
final class PipelineReader {
  private final Findings findings;
  private final Script script;
  private final StepChecker checker;

  PipelineReader(Findings findings, Steps steps, Script script) {
    this.findings = findings;
    this.script = script;
    this.checker = new StepChecker(findings, steps, script);
  }

  /** The pipeline, to be used only if no errors were found. */
  CheckedPipeline read() {
    checker.checkMethods(script);
    if (isEmpty(script.body())) {
      findings.error(
          script.body().at(), "there is no pipeline in this file", "write pipeline { … }");
    }
    List<Statement> before = new ArrayList<>();
    List<Statement> after = new ArrayList<>();
    Expression.Call block = null;
    for (Statement statement : script.body().statements()) {
      Expression.Call pipeline = pipeline(statement);
      if (pipeline == null) {
        (block == null ? before : after).add(statement);
      } else if (block == null) {
        block = pipeline;
      } else {
        findings.error(
            pipeline.at(), "there is a second 'pipeline' block", "a file has one of them");
      }
    }
    Statement.Block first = new Statement.Block(script.body().at(), List.copyOf(before));
    Statement.Block last = new Statement.Block(script.body().at(), List.copyOf(after));
    checker.checkCode(first);
    checker.checkCode(last);
    Optional<PipelineBlock> read =
        Optional.ofNullable(block)
            .flatMap(found -> new DeclarativeReader(findings, checker).read(found));
    return new CheckedPipeline(script.with(first), read.orElse(null), last);
  }

  /** Groovy puts a return into a file without statements. */
  private static boolean isEmpty(Statement.Block body) {
    return body.statements().stream()
        .allMatch(each ->
            each instanceof Statement.Return(Position _, Expression value) && value == null);
  }

  private static Expression.@Nullable Call pipeline(Statement statement) {
    return Sections.call(statement).filter(call -> call.name().equals("pipeline")).orElse(null);
  }
}
