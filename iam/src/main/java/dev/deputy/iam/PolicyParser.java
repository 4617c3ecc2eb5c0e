package dev.deputy.iam;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns JSON into a policy document, refusing everything that is not known. */
final class PolicyParser {

  private static final String CURRENT = "2012-10-17";
  private static final String FIRST = "2008-10-17";
  private static final List<String> DOCUMENT = List.of("Version", "Id", "Statement");
  private static final List<String> STATEMENT =
      List.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");
  private static final Pattern STRICT_SID = Pattern.compile("[A-Za-z0-9]*");
  private static final Pattern ACTION =
      Pattern.compile("\\*(:\\*)?|[A-Za-z0-9-]+:[A-Za-z0-9*?_-]+");

  private final PolicyKind kind;
  private final boolean variables;
  private final ConditionParser conditions;

  private PolicyParser(PolicyKind kind, boolean variables) {
    this.kind = kind;
    this.variables = variables;
    this.conditions = new ConditionParser(variables);
  }

  static PolicyDocument parse(String text, PolicyKind kind) {
    Json root = JsonReader.read(text);
    Map<String, Json> members = members(root, "a policy document", DOCUMENT);
    String version = version(members.get("Version"));
    Json idValue = members.get("Id");
    Optional<String> id = Optional.ofNullable(idValue).map(json -> text(json, "a string").value());
    Json statements = required(root, members, "Statement");
    return new PolicyDocument(
        kind, version, id, new PolicyParser(kind, version.equals(CURRENT)).statements(statements));
  }

  private static String version(@Nullable Json json) {
    if (json == null) {
      return FIRST;
    }
    if (json instanceof Json.Text(_, _, String version)
        && (version.equals(CURRENT) || version.equals(FIRST))) {
      return version;
    }
    throw json.error("\"" + CURRENT + "\" or \"" + FIRST + "\"");
  }

  private List<Statement> statements(Json json) {
    List<Statement> statements = new ArrayList<>();
    Set<String> sids = new HashSet<>();
    for (Json item : oneOrMore(json, "a statement or a list of statements")) {
      Map<String, Json> members = members(item, "a statement", STATEMENT);
      Statement statement = statement(item, members);
      Json sid = members.get("Sid");
      if (sid != null && statement.sid().isPresent() && !sids.add(statement.sid().get())) {
        throw sid.error("each Sid once", "a second " + sid.describe());
      }
      statements.add(statement);
    }
    return statements;
  }

  private Statement statement(Json json, Map<String, Json> members) {
    Effect effect = effect(required(json, members, "Effect"));
    Json condition = members.get("Condition");
    return new Statement(
        new Statement.StatementHead(sid(members.get("Sid")), json.line(), effect),
        principal(json, members, effect),
        action(json, members),
        resource(json, members),
        condition == null ? List.of() : conditions.parse(condition));
  }

  private static Effect effect(Json json) {
    String expected = "\"Allow\" or \"Deny\"";
    Json.Text effect = text(json, expected);
    return switch (effect.value()) {
      case "Allow" -> Effect.ALLOW;
      case "Deny" -> Effect.DENY;
      default -> throw effect.error(expected);
    };
  }

  private Optional<String> sid(@Nullable Json json) {
    if (json == null) {
      return Optional.empty();
    }
    Json.Text sid = text(json, "a string");
    if (kind != PolicyKind.RESOURCE && !STRICT_SID.matcher(sid.value()).matches()) {
      throw sid.error("a Sid of letters and digits");
    }
    return Optional.of(sid.value()).filter(value -> !value.isEmpty());
  }

  private Optional<PrincipalElement> principal(
      Json statement, Map<String, Json> members, Effect effect) {
    Choice choice = choice(statement, members, "Principal", "NotPrincipal");
    if (kind == PolicyKind.IDENTITY) {
      if (choice.value() != null) {
        throw choice.value().error("no principal in an identity-based policy", choice.name());
      }
      return Optional.empty();
    }
    if (choice.value() == null) {
      throw statement.error("Principal", "a statement without it");
    }
    if (choice.negated() && (kind == PolicyKind.TRUST || effect == Effect.ALLOW)) {
      throw choice
          .value()
          .error(
              kind == PolicyKind.TRUST
                  ? "Principal in a role trust policy"
                  : "NotPrincipal only with \"Effect\": \"Deny\"",
              "NotPrincipal");
    }
    return Optional.of(PrincipalParser.parse(choice.value(), choice.negated()));
  }

  private ActionElement action(Json statement, Map<String, Json> members) {
    Choice choice = choice(statement, members, "Action", "NotAction");
    if (choice.value() == null) {
      throw statement.error("Action or NotAction", "a statement without either");
    }
    if (choice.negated() && kind == PolicyKind.TRUST) {
      throw choice.value().error("Action in a role trust policy", "NotAction");
    }
    return new ActionElement(
        choice.negated(), texts(choice.value(), "an action such as ecs:RunTask", this::action));
  }

  private TextPattern action(Json.Text action) {
    if (!ACTION.matcher(action.value()).matches()) {
      throw action.error("\"*\" or an action such as ecs:RunTask or ecs:Describe*");
    }
    if (kind == PolicyKind.TRUST && !action.value().regionMatches(true, 0, "sts:", 0, 4)) {
      throw action.error("an action of sts in a role trust policy");
    }
    return TextPattern.compile(action, true, false);
  }

  private Optional<ResourceElement> resource(Json statement, Map<String, Json> members) {
    Choice choice = choice(statement, members, "Resource", "NotResource");
    if (choice.value() == null) {
      if (kind == PolicyKind.IDENTITY) {
        throw statement.error("Resource or NotResource", "a statement without either");
      }
      return Optional.empty();
    }
    if (kind == PolicyKind.TRUST) {
      throw choice.value().error("no resource in a role trust policy", choice.name());
    }
    return Optional.of(
        new ResourceElement(
            choice.negated(),
            texts(
                choice.value(),
                "\"*\" or an ARN pattern",
                resource -> ArnPattern.compileResource(resource, variables))));
  }

  /** One of two elements that exclude each other. */
  private record Choice(String name, boolean negated, @Nullable Json value) {}

  private static Choice choice(
      Json statement, Map<String, Json> members, String plain, String negated) {
    Json value = members.get(plain);
    Json negatedValue = members.get(negated);
    if (value != null && negatedValue != null) {
      throw statement.error(plain + " or " + negated, "both");
    }
    return negatedValue == null
        ? new Choice(plain, false, value)
        : new Choice(negated, true, negatedValue);
  }

  private static Map<String, Json> members(Json json, String expected, List<String> known) {
    if (!(json instanceof Json.Members(_, _, List<Json.Member> list))) {
      throw json.error(expected);
    }
    Map<String, Json> members = new HashMap<>();
    for (Json.Member member : list) {
      if (!known.contains(member.name().value())) {
        throw member.name().error("one of " + String.join(", ", known));
      }
      members.put(member.name().value(), member.value());
    }
    return members;
  }

  private static Json required(Json owner, Map<String, Json> members, String name) {
    Json value = members.get(name);
    if (value == null) {
      throw owner.error(name, owner.describe() + " without it");
    }
    return value;
  }

  static List<Json> oneOrMore(Json json, String expected) {
    if (!(json instanceof Json.Array(_, _, List<Json> items))) {
      return List.of(json);
    }
    if (items.isEmpty()) {
      throw json.error(expected);
    }
    return items;
  }

  static Json.Text text(Json json, String expected) {
    if (json instanceof Json.Text text) {
      return text;
    }
    throw json.error(expected);
  }

  static <T> List<T> texts(Json json, String expected, Function<Json.Text, T> compile) {
    return oneOrMore(json, expected).stream()
        .map(item -> compile.apply(text(item, expected)))
        .toList();
  }
}
