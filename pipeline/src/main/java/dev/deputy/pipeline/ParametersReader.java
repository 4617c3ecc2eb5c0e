package dev.deputy.pipeline;

import dev.deputy.pipeline.PipelineBlock.ComputedDefault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code parameters}. */
final class ParametersReader {
  static final Set<String> KINDS =
      Set.of("string", "text", "booleanParam", "choice", "password", "file", "credentials");
  private static final Set<String> ARGUMENTS =
      Set.of(
          "name", "defaultValue", "description", "trim", "choices", "credentialType", "required");

  private final Sections sections;
  private final Findings findings;
  private final List<ComputedDefault> computed = new ArrayList<>();

  ParametersReader(Sections sections) {
    this.sections = sections;
    this.findings = sections.findings();
  }

  /** The defaults that are code. */
  List<ComputedDefault> computed() {
    return List.copyOf(computed);
  }

  List<ParameterDefinition> read(Optional<Expression.Call> section) {
    List<ParameterDefinition> parameters = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Optional<Statement.Block> block = section.flatMap(sections::filledBlock);
    if (block.isEmpty()) {
      return parameters;
    }
    for (Expression.Call call : sections.calls(block.get(), "parameters")) {
      Optional<ParameterDefinition> parameter = read(call);
      parameter.ifPresent(parameters::add);
      if (parameter.isPresent() && !names.add(parameter.get().name())) {
        findings.error(
            call.at(),
            "there is already a parameter '" + parameter.get().name() + "'",
            "give it another name");
      }
    }
    return List.copyOf(parameters);
  }

  /** One parameter; empty after reporting what is wrong with it. */
  Optional<ParameterDefinition> read(Expression.Call call) {
    if (!KINDS.contains(call.name())) {
      findings.error(
          call.at(),
          "'" + call.name() + "' is not a kind of parameter that is supported",
          "there are string, text, booleanParam, choice, password, file and credentials");
      return Optional.empty();
    }
    if (!call.arguments().isEmpty()) {
      findings.error(
          call.at(), "'" + call.name() + "' takes its arguments by name", "write name: '…'");
      return Optional.empty();
    }
    Map<String, Expression> arguments = sections.named(call, ARGUMENTS);
    Expression named = arguments.get("name");
    if (named == null) {
      findings.error(call.at(), "the parameter has no name", "add name: '…'");
      return Optional.empty();
    }
    if (isCode(named)) {
      findings.warning(
          named.at(),
          "a parameter whose name is code can not be given, and is not in params",
          "write its name out");
      return Optional.empty();
    }
    String name = text(arguments, "name", "");
    computeDefault(arguments, name);
    String description = text(arguments, "description", "");
    return switch (call.name()) {
      case "string" ->
          Optional.of(
              new ParameterDefinition.Text(
                  name, description, text(arguments, "defaultValue", ""), flag(arguments, "trim")));
      case "file" -> file(call, name, description);
      case "credentials" ->
          Optional.of(
              new ParameterDefinition.Text(
                  name, description, text(arguments, "defaultValue", ""), false));
      case "text" ->
          Optional.of(
              new ParameterDefinition.MultilineText(
                  name, description, text(arguments, "defaultValue", "")));
      case "booleanParam" ->
          Optional.of(
              new ParameterDefinition.Flag(name, description, flag(arguments, "defaultValue")));
      case "password" ->
          Optional.of(
              new ParameterDefinition.Password(
                  name, description, text(arguments, "defaultValue", "")));
      default -> choice(call, name, description, arguments.get("choices"));
    };
  }

  /** As in Jenkins, where a pipeline gets the name of the file and not the file. */
  private Optional<ParameterDefinition> file(
      Expression.Call call, String name, String description) {
    findings.warning(
        call.at(),
        "a build gets the name that is given for a 'file' parameter, not a file, as in Jenkins",
        "");
    return Optional.of(new ParameterDefinition.Text(name, description, "", false));
  }

  private Optional<ParameterDefinition> choice(
      Expression.Call call, String name, String description, @Nullable Expression expression) {
    if (expression != null && isCode(expression)) {
      computed.add(new ComputedDefault(name, expression));
      return Optional.of(new ParameterDefinition.Text(name, description, "", false));
    }
    Object value = expression == null ? null : sections.literal(expression, "'choices'");
    List<String> choices =
        switch (value) {
          case List<?> list -> list.stream().map(String::valueOf).toList();
          case String text -> text.lines().toList();
          case null, default -> List.of();
        };
    if (choices.isEmpty()) {
      findings.error(
          call.at(), "parameter '" + name + "' has no choices", "add choices: ['a', 'b']");
      return Optional.empty();
    }
    return Optional.of(new ParameterDefinition.Choice(name, description, choices));
  }

  private static boolean isCode(Expression expression) {
    return !Sections.isConstant(expression);
  }

  /** What is not written out is found out when the pipeline runs, and blank until then. */
  private void computeDefault(Map<String, Expression> arguments, String name) {
    Expression value = arguments.get("defaultValue");
    if (value != null && isCode(value)) {
      computed.add(new ComputedDefault(name, value));
      arguments.remove("defaultValue");
    }
    Expression description = arguments.get("description");
    if (description != null && isCode(description)) {
      arguments.remove("description");
    }
  }

  private String text(Map<String, Expression> arguments, String key, String otherwise) {
    Expression expression = arguments.get(key);
    if (expression == null) {
      return otherwise;
    }
    Object value = sections.literal(expression, "'" + key + "'");
    if (key.equals("name") && value != null && !(value instanceof String)) {
      findings.error(expression.at(), "the name of a parameter is a text, not " + value, "");
    }
    return value == null ? otherwise : value.toString();
  }

  private boolean flag(Map<String, Expression> arguments, String key) {
    Expression expression = arguments.get(key);
    if (expression == null) {
      return false;
    }
    Object value = sections.literal(expression, "'" + key + "'");
    if (value != null && !value.toString().matches("true|false")) {
      findings.error(expression.at(), "'" + key + "' is true or false", "");
    }
    return value != null && value.toString().equals("true");
  }
}
