package dev.deputy.pipeline;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.codehaus.groovy.control.CompilationFailedException;
import org.jspecify.annotations.Nullable;

/** Runs a program in real Groovy, and here. */
final class BothWays {
  private BothWays() {}

  static Observed inGroovy(String program) {
    StringWriter output = new StringWriter();
    Binding binding = new Binding();
    binding.setVariable("out", new PrintWriter(output, true));
    GroovyShell shell = new GroovyShell(BothWays.class.getClassLoader(), binding);
    try {
      return Observed.ended(shell.evaluate(program), output.toString());
    } catch (CompilationFailedException broken) {
      return Observed.failed("does not compile", broken.getMessage(), output.toString());
    } catch (Exception | AssertionError | StackOverflowError failure) {
      String type = failure.getClass().getName();
      return Observed.failed(type, failure.getMessage(), output.toString());
    }
  }

  static Observed here(String program) {
    StringBuilder output = new StringBuilder();
    RecordingHost host = new RecordingHost();
    host.answer(
        "echo",
        call -> {
          output.append(call.arguments().get("message")).append('\n');
          return null;
        });
    return switch (Jenkinsfiles.parse("Jenkinsfile", program, new TestSteps())) {
      case ParsedJenkinsfile.Invalid invalid -> {
        String problem = invalid.problems().getFirst().format();
        yield Observed.failed("does not compile", problem, output.toString());
      }
      case ParsedJenkinsfile.Valid valid -> here((CheckedPipeline) valid.pipeline(), host, output);
    };
  }

  private static Observed here(CheckedPipeline program, RecordingHost host, StringBuilder output) {
    try {
      Object value = value(program.script(), host);
      return Observed.ended(value, output.toString());
    } catch (ScriptError error) {
      ErrorValue value = error.error();
      return Observed.failed(value.type().qualifiedName(), value.message(), output.toString());
    } catch (PipelineException | Unstoppable failure) {
      String type = failure.getClass().getName();
      return Observed.failed(type, failure.getMessage(), output.toString());
    }
  }

  private static @Nullable Object value(Script script, RecordingHost host) {
    Interpreter run = new Interpreter(script, host, RunLimits.DEFAULT);
    Baton baton = new Baton();
    BranchLine main = new BranchLine("", baton);
    baton.take(baton.lineUp());
    try {
      Context context = Context.outermost(main, host.rootScope());
      run.enter(context);
      Frame frame = Frame.outermost(context, Self.of(run.main()));
      return switch (run.statements().executeIn(script.body(), frame)) {
        case Completion.Normal normal -> normal.value();
        case Completion.Returned returned -> returned.value();
        case Completion.Jump _, Completion.Labeled _ -> null;
      };
    } finally {
      baton.pass();
    }
  }
}
