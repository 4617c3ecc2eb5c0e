package dev.deputy.pipeline;

import dev.deputy.pipeline.PipelineBlock.Comparison;
import dev.deputy.pipeline.PipelineBlock.Condition;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers the conditions of {@code when}. */
final class Conditions {
  private final DeclarativeRun pipeline;
  private final Interpreter run;

  Conditions(DeclarativeRun pipeline, Interpreter run) {
    this.pipeline = pipeline;
    this.run = run;
  }

  boolean allHold(List<Condition> conditions, Context context) {
    return conditions.stream().allMatch(each -> holds(each, context));
  }

  private boolean holds(Condition condition, Context context) {
    run.budget().operation();
    return switch (condition) {
      case Condition.Matches matches -> matches(matches, context);
      case Condition.IsSet isSet -> !text(context.variable(isSet.variable())).isBlank();
      case Condition.EnvironmentIs is -> environmentIs(is, context);
      case Condition.Equals equals ->
          run.values()
              .equal(
                  pipeline.value(equals.expected(), context),
                  pipeline.value(equals.actual(), context));
      case Condition.Holds holds -> {
        var closure =
            new ClosureValue(
                new Expression.Closure(holds.expression().at(), List.of(), holds.expression()),
                pipeline.frame(context));
        yield Values.truth(run.invocations().callClosure(closure, List.of(), context));
      }
      case Condition.TriggeredBy by -> isTriggeredBy(by, context);
      case Condition.Changelog log -> changelog(value(log.pattern(), context), context);
      case Condition.Changeset set -> changeset(set, value(set.pattern(), context), context);
      case Condition.Restarted _ -> false;
      case Condition.Not not -> !holds(not.condition(), context);
      case Condition.AllOf all -> allHold(all.conditions(), context);
      case Condition.AnyOf any -> any.conditions().stream().anyMatch(c -> holds(c, context));
    };
  }

  private String value(Expression expression, Context context) {
    return run.values().text(pipeline.value(expression, context));
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }

  private boolean environmentIs(Condition.EnvironmentIs condition, Context context) {
    String expected = value(condition.value(), context);
    String actual = text(context.variable(value(condition.name(), context)));
    return condition.ignoreCase() ? actual.equalsIgnoreCase(expected) : actual.equals(expected);
  }

  private boolean matches(Condition.Matches condition, Context context) {
    Object given = pipeline.value(condition.pattern(), context);
    String pattern = given == null ? "" : run.values().text(given);
    String actual =
        condition.variables().stream()
            .map(name -> text(context.variable(name)))
            .filter(value -> !value.isEmpty())
            .findFirst()
            .orElse("");
    if (pattern.isEmpty() || actual.isEmpty()) {
      return pattern.isEmpty() && actual.isEmpty();
    }
    return matches(condition.comparison(), pattern, actual);
  }

  /** As Jenkins asks: the pattern fits a line of the message, or the whole of it. */
  private boolean changelog(String pattern, Context context) {
    Pattern line;
    try {
      line = Regex.compile(pattern);
    } catch (ScriptError broken) {
      throw ScriptError.of(
          Type.ILLEGAL_ARGUMENT,
          "\"" + pattern + "\" is not a valid regular expression. " + broken.getMessage());
    }
    return changes(context).stream()
        .map(Change::message)
        .anyMatch(message ->
            fits(line, message.strip()) || message.lines().anyMatch(text -> fits(line, text)));
  }

  private List<Change> changes(Context context) {
    List<Change> changes = run.host().changes();
    if (changes.isEmpty()) {
      boolean first = run.host().currentBuild().previousResult() == null;
      run.host()
          .say(
              context.scope(),
              context.branch(),
              "Warning, empty changelog. "
                  + (first
                      ? "Probably because this is the first build."
                      : "Have you run checkout?"));
    }
    return changes;
  }

  private boolean changeset(Condition.Changeset condition, String pattern, Context context) {
    return changes(context).stream()
        .flatMap(change -> change.files().stream())
        .map(Change.File::path)
        .anyMatch(path ->
            (condition.comparison() == Comparison.GLOB && condition.caseSensitive())
                ? fits(glob(pattern), path)
                : matches(condition.comparison(), pattern, path));
  }

  private boolean matches(Comparison comparison, String pattern, String actual) {
    return switch (comparison) {
      case EQUALS -> actual.equals(pattern);
      case REGEXP -> fits(Regex.compile(pattern), actual);
      case GLOB -> fits(glob(pattern.toLowerCase(Locale.ROOT)), actual.toLowerCase(Locale.ROOT));
    };
  }

  private boolean fits(Pattern pattern, String actual) {
    return Regex.matches(Regex.matcher(pattern, actual, run.budget()));
  }

  /** As Ant has it: {@code *} within a part of a path, {@code **} over parts, {@code ?}. */
  static Pattern glob(String pattern) {
    StringBuilder regex = new StringBuilder();
    String rest = pattern.endsWith("/") ? pattern + "**" : pattern;
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      if (rest.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (rest.startsWith("/**", i) && i + 3 == rest.length()) {
        regex.append("(?:/.*)?");
        i += 2;
      } else if (c == '*') {
        regex.append(rest.startsWith("**", i) ? ".*" : "[^/]*");
        i += rest.startsWith("**", i) ? 1 : 0;
      } else {
        regex.append(c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
      }
    }
    return Regex.compile(regex.toString());
  }

  /** By a cause's name, as Jenkins and as Deputy call it; the detail is the user's name. */
  private boolean isTriggeredBy(Condition.TriggeredBy by, Context context) {
    String cause = value(by.cause(), context);
    String name = cause.substring(Math.max(cause.lastIndexOf('.'), cause.lastIndexOf('$')) + 1);
    String meant =
        switch (name) {
          case "UserIdCause" -> "person";
          case "TimerTrigger", "TimerTriggerCause" -> "timer";
          case "SCMTrigger", "SCMTriggerCause", "BranchIndexingCause", "BranchEventCause" -> "push";
          case "UpstreamCause", "BuildUpstreamCause" -> "upstream";
          default -> cause;
        };
    Expression detail = by.detail();
    Optional<String> user = detail == null ? Optional.empty() : Optional.of(value(detail, context));
    return run.host().currentBuild().causes().stream()
        .filter(each -> each.word().equalsIgnoreCase(meant) || each.word().equalsIgnoreCase(cause))
        .anyMatch(each -> user.isEmpty() || isPerson(each, user.get()));
  }

  private static boolean isPerson(StartCause cause, String user) {
    return cause instanceof StartCause.Person(String name) && name.equalsIgnoreCase(user);
  }
}
