package dev.deputy.iam;

import dev.deputy.iam.Condition.Quantifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads {@code Condition} elements. */
final class ConditionParser {

  private static final String IF_EXISTS = "IfExists";

  private final boolean variables;

  ConditionParser(boolean variables) {
    this.variables = variables;
  }

  /** All conditions of the element; a statement applies only if every one holds. */
  List<Condition> parse(Json json) {
    if (!(json instanceof Json.Members(_, _, List<Json.Member> operators))) {
      throw json.error("an object of condition operators");
    }
    List<Condition> conditions = new ArrayList<>();
    for (Json.Member member : operators) {
      Condition.Operator operator = operator(member.name());
      if (!(member.value() instanceof Json.Members(_, _, List<Json.Member> keys))
          || keys.isEmpty()) {
        throw member.value().error("an object of condition keys");
      }
      Set<String> seen = new HashSet<>();
      for (Json.Member key : keys) {
        if (!seen.add(key.name().value().toLowerCase(Locale.ROOT))) {
          throw key.name()
              .error(
                  "each condition key once, in whatever case", "a second " + key.name().describe());
        }
        conditions.add(condition(operator, key));
      }
    }
    return conditions;
  }

  private Condition condition(Condition.Operator operator, Json.Member member) {
    Json.Text key = member.name();
    if (key.value().indexOf(':') < 1 || key.value().endsWith(":")) {
      throw key.error("a condition key such as aws:SourceIp");
    }
    String expected = "a value or a list of values";
    return new Condition(
        operator,
        key.value(),
        PolicyParser.oneOrMore(member.value(), expected).stream()
            .map(value -> operator.operator().compile(value(value, expected), variables))
            .toList());
  }

  /** Quotation marks are optional around numbers and booleans. */
  private static Json.Text value(Json json, String expected) {
    return switch (json) {
      case Json.Text text -> text;
      case Json.Literal(int line, int column, String text) -> new Json.Text(line, column, text);
      case Json.Null _, Json.Array _, Json.Members _ -> throw json.error(expected);
    };
  }

  private static Condition.Operator operator(Json.Text name) {
    String label = name.value();
    Quantifier quantifier = Quantifier.SINGLE;
    for (Quantifier candidate : Quantifier.values()) {
      if (candidate != Quantifier.SINGLE && label.startsWith(candidate.prefix())) {
        quantifier = candidate;
      }
    }
    label = label.substring(quantifier.prefix().length());
    boolean ifExists = label.endsWith(IF_EXISTS);
    if (ifExists) {
      label = label.substring(0, label.length() - IF_EXISTS.length());
    }
    ConditionOperator operator = ConditionOperator.find(label);
    if (operator == null) {
      throw name.error("a condition operator such as StringEquals");
    }
    if (operator.equals(ConditionOperator.NULL) && (ifExists || quantifier != Quantifier.SINGLE)) {
      throw name.error("Null without IfExists and set operators");
    }
    return new Condition.Operator(quantifier, operator, ifExists);
  }
}
