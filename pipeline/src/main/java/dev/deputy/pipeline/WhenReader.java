package dev.deputy.pipeline;

import dev.deputy.pipeline.PipelineBlock.Comparison;
import dev.deputy.pipeline.PipelineBlock.Condition;
import dev.deputy.pipeline.PipelineBlock.When;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code when}. */
final class WhenReader {
  static final Set<String> ORDER = Set.of("beforeAgent", "beforeInput", "beforeOptions");
  static final Set<String> CONDITIONS =
      Set.of(
          "allOf",
          "anyOf",
          "not",
          "branch",
          "buildingTag",
          "changelog",
          "changeset",
          "changeRequest",
          "environment",
          "equals",
          "expression",
          "isRestartedRun",
          "tag",
          "triggeredBy");

  /** What {@code changeRequest} compares, and the variable it is in. */
  private static final Map<String, String> CHANGE =
      Map.of(
          "id", "CHANGE_ID",
          "target", "CHANGE_TARGET",
          "branch", "CHANGE_BRANCH",
          "fork", "CHANGE_FORK",
          "url", "CHANGE_URL",
          "title", "CHANGE_TITLE",
          "author", "CHANGE_AUTHOR",
          "authorDisplayName", "CHANGE_AUTHOR_DISPLAY_NAME",
          "authorEmail", "CHANGE_AUTHOR_EMAIL");

  private final Sections sections;
  private final Findings findings;
  private final StepChecker checker;

  WhenReader(Sections sections, StepChecker checker) {
    this.sections = sections;
    this.findings = sections.findings();
    this.checker = checker;
  }

  When read(Expression.Call section) {
    List<Expression.Call> calls =
        sections.filledBlock(section).map(block -> sections.calls(block, "when")).orElse(List.of());
    List<Condition> conditions = new ArrayList<>();
    Map<String, Boolean> order = new HashMap<>();
    boolean withoutAgent = true;
    boolean asked = false;
    for (Expression.Call call : calls) {
      if (ORDER.contains(call.name())) {
        order.put(call.name(), sections.flag(call));
      } else {
        asked = true;
        condition(call, "when").ifPresent(conditions::add);
        withoutAgent &= !checker.mayNeedAgent(call);
      }
    }
    if (!calls.isEmpty() && !asked) {
      findings.error(section.at(), "'when' has no condition", "add one, as in branch 'main'");
    }
    return new When(
        List.copyOf(conditions),
        order.getOrDefault("beforeOptions", false),
        order.getOrDefault("beforeInput", false),
        order.getOrDefault("beforeAgent", false),
        withoutAgent);
  }

  private Optional<Condition> condition(Expression.Call call, String where) {
    return switch (call.name()) {
      case "allOf" -> several(call).map(Condition.AllOf::new);
      case "anyOf" -> several(call).map(Condition.AnyOf::new);
      case "not" -> negated(call);
      case "branch" -> pattern(call, List.of("BRANCH_NAME", "GIT_LOCAL_BRANCH", "GIT_BRANCH"));
      case "tag" -> pattern(call, List.of("TAG_NAME"));
      case "buildingTag" -> Optional.of(new Condition.IsSet("TAG_NAME"));
      case "changeRequest" -> changeRequest(call);
      case "environment" -> environment(call);
      case "equals" -> equality(call);
      case "expression" -> expression(call);
      case "triggeredBy" -> triggeredBy(call);
      case "changelog" -> changelog(call);
      case "changeset" -> changeset(call);
      case "isRestartedRun" -> Optional.of(new Condition.Restarted());
      default -> {
        unknown(call, where);
        yield Optional.empty();
      }
    };
  }

  private void unknown(Expression.Call call, String where) {
    String near = Suggestion.hint(call.name(), CONDITIONS);
    findings.error(
        call.at(),
        "'" + call.name() + "' is not a condition of '" + where + "'",
        near.isEmpty() ? "there are " + String.join(", ", new TreeSet<>(CONDITIONS)) : near);
  }

  private Optional<Condition> changelog(Expression.Call call) {
    Optional<Expression> pattern = sections.single(call, "a pattern");
    pattern.ifPresent(this::checkRegex);
    return pattern.map(Condition.Changelog::new);
  }

  /** What is written out and is no regular expression would fail whenever it is asked. */
  private void checkRegex(Expression pattern) {
    if (pattern instanceof Expression.Constant(Position at, String text)) {
      try {
        Regex.compile(text);
      } catch (ScriptError broken) {
        findings.error(
            at,
            "'%s' is not a valid regular expression: %s"
                .formatted(
                    text, String.valueOf(broken.getMessage()).lines().findFirst().orElse("")),
            "");
      }
    }
  }

  /** A comparison with a pattern. */
  private Comparison comparison(
      @Nullable Expression expression, Comparison otherwise, Expression pattern) {
    Comparison comparison = comparison(expression, otherwise);
    if (comparison == Comparison.REGEXP) {
      checkRegex(pattern);
    }
    return comparison;
  }

  private Optional<Condition> changeset(Expression.Call call) {
    Map<String, Expression> named =
        sections.named(call, Set.of("pattern", "comparator", "caseSensitive"));
    Expression pattern = named.get("pattern");
    if (pattern == null && call.arguments().size() == 1) {
      pattern = call.arguments().getFirst();
    }
    if (pattern == null) {
      findings.error(call.at(), "'changeset' takes a pattern", "as in changeset 'src/**/*.java'");
      return Optional.empty();
    }
    Expression sensitive = named.get("caseSensitive");
    return Optional.of(
        new Condition.Changeset(
            pattern,
            comparison(named.get("comparator"), Comparison.GLOB, pattern),
            sensitive != null
                && Boolean.TRUE.equals(sections.literal(sensitive, "caseSensitive"))));
  }

  private Optional<List<Condition>> several(Expression.Call call) {
    return sections
        .filledBlock(call)
        .map(block ->
            sections.calls(block, call.name()).stream()
                .flatMap(each -> condition(each, call.name()).stream())
                .toList());
  }

  private Optional<Condition> negated(Expression.Call call) {
    Optional<List<Condition>> inner = several(call);
    if (inner.isPresent() && inner.get().size() > 1) {
      findings.error(
          call.at(), "'not' takes exactly one condition", "put them into anyOf { … } inside not");
    }
    return inner.filter(list -> list.size() == 1).map(list -> new Condition.Not(list.getFirst()));
  }

  private Optional<Condition> pattern(Expression.Call call, List<String> variables) {
    Map<String, Expression> named = sections.named(call, Set.of("pattern", "comparator"));
    Expression pattern = named.get("pattern");
    if (pattern == null && call.arguments().size() == 1) {
      pattern = call.arguments().getFirst();
    }
    if (pattern == null) {
      findings.error(
          call.at(), "'" + call.name() + "' takes a pattern", "as in " + call.name() + " 'main'");
      return Optional.empty();
    }
    if (pattern instanceof Expression.Constant(Position at, Object value)
        && value != null
        && !(value instanceof String)) {
      findings.error(at, "'" + call.name() + "' takes a text, not " + value, "put it in quotes");
    }
    return Optional.of(
        new Condition.Matches(
            variables, pattern, comparison(named.get("comparator"), Comparison.GLOB, pattern)));
  }

  private Comparison comparison(@Nullable Expression expression, Comparison otherwise) {
    if (expression == null) {
      return otherwise;
    }
    String name = String.valueOf(sections.literal(expression, "the comparator"));
    for (Comparison comparison : Comparison.values()) {
      if (comparison.name().equals(name.toUpperCase(Locale.ROOT))) {
        return comparison;
      }
    }
    findings.error(expression.at(), "the comparator is GLOB, REGEXP or EQUALS", "");
    return otherwise;
  }

  private Optional<Condition> changeRequest(Expression.Call call) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(new Condition.IsSet("CHANGE_ID"));
    Set<String> known = new TreeSet<>(CHANGE.keySet());
    known.add("comparator");
    Map<String, Expression> named = sections.named(call, known);
    Comparison comparison = comparison(named.get("comparator"), Comparison.EQUALS);
    named.forEach((name, value) -> {
      String variable = CHANGE.get(name);
      if (variable != null) {
        conditions.add(new Condition.Matches(List.of(variable), value, comparison));
      }
    });
    return Optional.of(new Condition.AllOf(List.copyOf(conditions)));
  }

  private Optional<Condition> environment(Expression.Call call) {
    Map<String, Expression> named = sections.named(call, Set.of("name", "value", "ignoreCase"));
    Expression name = named.get("name");
    Expression value = named.get("value");
    if (name == null || value == null) {
      findings.error(
          call.at(),
          "'environment' in 'when' takes a name and a value",
          "write environment name: 'X', value: 'y'");
      return Optional.empty();
    }
    Expression ignoreCase = named.get("ignoreCase");
    return Optional.of(
        new Condition.EnvironmentIs(
            name,
            value,
            ignoreCase != null && Boolean.TRUE.equals(sections.literal(ignoreCase, "ignoreCase"))));
  }

  private Optional<Condition> equality(Expression.Call call) {
    Map<String, Expression> named = sections.named(call, Set.of("expected", "actual"));
    Expression expected = named.get("expected");
    Expression actual = named.get("actual");
    if (expected == null || actual == null) {
      findings.error(
          call.at(), "'equals' takes expected and actual", "write equals expected: 1, actual: x");
      return Optional.empty();
    }
    checker.checkExpression(expected, true);
    checker.checkExpression(actual, true);
    return Optional.of(new Condition.Equals(expected, actual));
  }

  private Optional<Condition> expression(Expression.Call call) {
    Optional<Statement.Block> block = sections.filledBlock(call);
    block.ifPresent(checker::checkCode);
    return block.map(Condition.Holds::new);
  }

  private Optional<Condition> triggeredBy(Expression.Call call) {
    Map<String, Expression> named = sections.named(call, Set.of("cause", "detail"));
    Expression cause = named.get("cause");
    if (cause == null && call.arguments().size() == 1) {
      cause = call.arguments().getFirst();
    }
    if (cause == null) {
      findings.error(call.at(), "'triggeredBy' takes a cause", "as in triggeredBy 'TimerTrigger'");
      return Optional.empty();
    }
    return Optional.of(new Condition.TriggeredBy(cause, named.get("detail")));
  }
}
