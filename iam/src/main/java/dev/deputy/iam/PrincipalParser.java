package dev.deputy.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code Principal} and {@code NotPrincipal} elements. */
final class PrincipalParser {

  private static final String EXPECTED =
      "\"*\" or an object with AWS, Service or Federated principals";

  private final boolean negated;

  private PrincipalParser(boolean negated) {
    this.negated = negated;
  }

  static PrincipalElement parse(Json json, boolean negated) {
    return new PrincipalElement(negated, new PrincipalParser(negated).patterns(json));
  }

  private List<PrincipalPattern> patterns(Json json) {
    return switch (json) {
      case Json.Text(_, _, String value) when value.equals("*") -> List.of(everybody(json));
      case Json.Members(_, _, List<Json.Member> members) when !members.isEmpty() -> {
        List<PrincipalPattern> patterns = new ArrayList<>();
        members.forEach(member -> patterns.addAll(ofType(member)));
        yield patterns;
      }
      default -> throw json.error(EXPECTED);
    };
  }

  private List<PrincipalPattern> ofType(Json.Member member) {
    return switch (member.name().value()) {
      case "AWS" ->
          PolicyParser.texts(member.value(), "an account, user, role or role session", this::aws);
      case "Service" ->
          PolicyParser.texts(
              member.value(),
              "a service principal",
              text -> new PrincipalPattern.Service(literal(text)));
      case "Federated" ->
          PolicyParser.texts(
              member.value(),
              "an identity provider",
              text -> new PrincipalPattern.Federated(literal(text)));
      default -> throw member.name().error("AWS, Service or Federated");
    };
  }

  private PrincipalPattern aws(Json.Text text) {
    String value = text.value();
    if (value.equals("*")) {
      return everybody(text);
    }
    if (Arn.isAccountId(value)) {
      return new PrincipalPattern.Account(Optional.empty(), value);
    }
    return Arn.find(literal(text))
        .filter(arn -> arn.region().isEmpty() && Arn.isAccountId(arn.account()))
        .flatMap(PrincipalParser::named)
        .orElseThrow(() ->
            text.error(
                "\"*\", a 12-digit account id, or the ARN of an account's root, a user, a role"
                    + " or an assumed-role session"));
  }

  private static Optional<PrincipalPattern> named(Arn arn) {
    String[] path = arn.resource().split("/", -1);
    if (path[path.length - 1].isEmpty()) {
      return Optional.empty();
    }
    return switch (arn.service() + ":" + path[0] + ":" + Math.min(path.length, 3)) {
      case "iam:root:1" ->
          Optional.of(new PrincipalPattern.Account(Optional.of(arn.partition()), arn.account()));
      case "iam:user:2", "iam:user:3" -> Optional.of(new PrincipalPattern.User(arn));
      case "iam:role:2", "iam:role:3" -> Optional.of(new PrincipalPattern.Role(arn));
      case "sts:assumed-role:3" -> roleSession(arn, path);
      default -> Optional.empty();
    };
  }

  private static Optional<PrincipalPattern> roleSession(Arn arn, String[] path) {
    return path.length == 3 && !path[1].isEmpty()
        ? Optional.of(
            new PrincipalPattern.RoleSession(arn.partition(), arn.account(), path[1], path[2]))
        : Optional.empty();
  }

  private PrincipalPattern everybody(Json json) {
    if (negated) {
      throw json.error("named principals in NotPrincipal");
    }
    return new PrincipalPattern.Everybody();
  }

  /** AWS matches no part of a principal by wildcard. */
  private static String literal(Json.Text text) {
    String value = text.value();
    if (value.isEmpty() || value.indexOf('*') >= 0 || value.indexOf('?') >= 0) {
      throw text.error("a principal without wildcards");
    }
    return value;
  }
}
