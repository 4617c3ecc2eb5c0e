package dev.deputy.pipeline;

import dev.deputy.pipeline.StepSignature.BodyUse;
import dev.deputy.pipeline.StepSignature.Kind;
import dev.deputy.pipeline.StepSignature.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks what a step is given, as far as it is written out. */
final class ArgumentChecker {
  private final Findings findings;

  ArgumentChecker(Findings findings) {
    this.findings = findings;
  }

  /**
   * @param blockFollows whether the step's block stands elsewhere ({@code options})
   */
  void check(Expression.Call call, StepSignature step, boolean blockFollows) {
    List<Expression> positional = new ArrayList<>(call.arguments());
    if (positional.stream().anyMatch(Expression.Spread.class::isInstance)) {
      return;
    }
    boolean block =
        !positional.isEmpty()
            && (positional.getLast() instanceof Expression.Closure
                || (!blockFollows && isBlock(call, step)));
    if (block) {
      positional.removeLast();
    }
    checkBlock(call, step, block, blockFollows);
    List<Expression.Entry> named = call.named();
    if (positional.size() == 1
        && named.isEmpty()
        && positional.getFirst() instanceof Expression.MapLiteral map
        && step.defaultParameter().filter(p -> takesMap(p.kind())).isEmpty()) {
      named = map.entries();
      positional.clear();
    }
    Set<String> given = new HashSet<>();
    if (!positional.isEmpty()) {
      checkPositional(call, step, positional, named, given);
    }
    boolean complete = checkNamed(step, named, given);
    if (complete) {
      checkRequired(call, step, given);
    }
  }

  private static boolean takesMap(Kind kind) {
    return kind == Kind.MAP || kind == Kind.ANY;
  }

  /** Whether the last argument is a value that can only be meant as the step's block. */
  private static boolean isBlock(Expression.Call call, StepSignature step) {
    boolean more = call.arguments().size() > 1 || !call.named().isEmpty();
    boolean stands =
        more
            ? step.body() != BodyUse.NONE
            : step.body() == BodyUse.REQUIRED
                && step.defaultParameter().filter(Parameter::required).isEmpty();
    return stands
        && switch (call.arguments().getLast()) {
          case Expression.Constant _, Expression.Text _ -> false;
          case Expression.ListLiteral _, Expression.MapLiteral _ -> false;
          default -> true;
        };
  }

  private void checkBlock(
      Expression.Call call, StepSignature step, boolean block, boolean blockFollows) {
    if (block && (step.body() == BodyUse.NONE || blockFollows)) {
      findings.error(call.at(), "'" + step.name() + "' takes no block here", "");
    } else if (!block && !blockFollows && step.body() == BodyUse.REQUIRED) {
      findings.error(
          call.at(),
          "step '" + step.name() + "' needs a block",
          "write " + step.name() + "(…) { … }");
    }
  }

  private void checkPositional(
      Expression.Call call,
      StepSignature step,
      List<Expression> positional,
      List<Expression.Entry> named,
      Set<String> given) {
    Optional<Parameter> lone = step.defaultParameter();
    if (positional.size() > 1 || !named.isEmpty()) {
      findings.error(
          call.at(),
          "step '" + step.name() + "' takes one argument, or several with their names",
          names(step).isEmpty()
              ? ""
              : "write " + step.name() + "(" + names(step).getFirst() + ": …)");
      step.parameters().forEach(parameter -> given.add(parameter.name()));
    } else if (lone.isEmpty()) {
      findings.error(
          positional.getFirst().at(),
          step.parameters().isEmpty()
              ? "step '" + step.name() + "' takes no argument"
              : "step '" + step.name() + "' takes its arguments by name",
          step.parameters().isEmpty() ? "" : "there are " + String.join(", ", names(step)));
      step.parameters().forEach(parameter -> given.add(parameter.name()));
    } else {
      given.add(lone.get().name());
      checkKind(step, lone.get(), positional.getFirst());
    }
  }

  /** Whether all arguments are known by name. */
  private boolean checkNamed(StepSignature step, List<Expression.Entry> named, Set<String> given) {
    boolean complete = true;
    for (Expression.Entry entry : named) {
      if (!(entry.key() instanceof Expression.Constant key)) {
        complete = false;
        continue;
      }
      String name = String.valueOf(key.value());
      Optional<Parameter> parameter =
          step.parameters().stream().filter(each -> each.name().equals(name)).findFirst();
      if (parameter.isEmpty()) {
        String near = Suggestion.hint(name, names(step));
        findings.error(
            key.at(),
            "step '" + step.name() + "' has no argument '" + name + "'",
            near.isEmpty() ? "there are " + String.join(", ", names(step)) : near);
      } else if (!given.add(name)) {
        findings.error(key.at(), "argument '" + name + "' is given a second time", "");
      } else {
        checkKind(step, parameter.get(), entry.value());
      }
    }
    return complete;
  }

  private static List<String> names(StepSignature step) {
    return step.parameters().stream().map(Parameter::name).toList();
  }

  private void checkRequired(Expression.Call call, StepSignature step, Set<String> given) {
    for (Parameter parameter : step.parameters()) {
      if (parameter.required() && !given.contains(parameter.name())) {
        findings.error(
            call.at(),
            "step '" + step.name() + "' needs '" + parameter.name() + "'",
            "write " + step.name() + "(" + parameter.name() + ": …)");
      }
    }
  }

  private void checkKind(StepSignature step, Parameter parameter, Expression value) {
    boolean fits =
        switch (value) {
          case Expression.Constant(Position _, String text) -> fitsText(parameter.kind(), text);
          case Expression.Text _ -> parameter.kind() != Kind.LIST && parameter.kind() != Kind.MAP;
          case Expression.Constant(Position _, Boolean _) ->
              fits(parameter.kind(), Kind.BOOLEAN, Kind.STRING);
          case Expression.Constant(Position _, Number number) when !Arithmetic.isWhole(number) ->
              fits(parameter.kind(), Kind.STRING, Kind.STRING);
          case Expression.Constant(Position _, Number _) ->
              fits(parameter.kind(), Kind.INTEGER, Kind.STRING);
          case Expression.ListLiteral _ -> fits(parameter.kind(), Kind.LIST, Kind.ANY);
          case Expression.MapLiteral _ -> fits(parameter.kind(), Kind.MAP, Kind.ANY);
          case Expression.Closure _ -> false;
          default -> true;
        };
    if (!fits) {
      findings.error(
          value.at(),
          "step '%s' takes a %s for '%s'"
              .formatted(step.name(), StepArguments.kindName(parameter.kind()), parameter.name()),
          "");
      return;
    }
    parameter
        .withoutEffect(value instanceof Expression.Constant(Position _, Object text) ? text : true)
        .ifPresent(why -> findings.warning(value.at(), step.name() + ": " + why, ""));
    fault(parameter, value)
        .ifPresent(fault ->
            findings.error(
                value.at(), "step '" + step.name() + "': " + parameter.name() + ": " + fault, ""));
  }

  /** The label of an agent, which declarative pipelines give to the step {@code node} unseen. */
  void checkLabel(StepSignature node, Expression label) {
    node.defaultParameter()
        .flatMap(parameter -> fault(parameter, label))
        .ifPresent(fault -> findings.error(label.at(), fault, ""));
  }

  private static Optional<String> fault(Parameter parameter, Expression value) {
    return Literal.of(value).flatMap(parameter.literals()::fault);
  }

  private static boolean fits(Kind kind, Kind one, Kind other) {
    return kind == one || kind == other || kind == Kind.ANY;
  }

  private static boolean fitsText(Kind kind, String text) {
    return switch (kind) {
      case STRING, ANY -> true;
      case BOOLEAN -> text.equals("true") || text.equals("false");
      case INTEGER -> text.matches("-?\\d{1,9}");
      case LIST, MAP -> false;
    };
  }

  /** {@code parallel name: { … }, failFast: true}. */
  void checkParallel(Expression.Call call) {
    if (call.named().isEmpty() && call.arguments().size() != 1) {
      findings.error(call.at(), "'parallel' takes branches by name", "write parallel(name: { … })");
    }
    Set<String> names = new TreeSet<>();
    for (Expression.Entry entry : call.named()) {
      if (!(entry.key() instanceof Expression.Constant key)) {
        continue;
      }
      String name = String.valueOf(key.value());
      if (!names.add(name)) {
        findings.error(key.at(), "there is already a branch '" + name + "'", "");
      }
      if (name.equals("failFast")
          && entry.value() instanceof Expression.Constant(Position _, Object value)
          && !(value instanceof Boolean)) {
        findings.error(entry.value().at(), "'failFast' is true or false", "");
      }
      if (!name.equals("failFast")
          && (entry.value() instanceof Expression.Constant
              || entry.value() instanceof Expression.Text)) {
        findings.error(entry.value().at(), "branch '" + name + "' is not a block", "write { … }");
      }
    }
  }
}
