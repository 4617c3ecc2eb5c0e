package dev.deputy.iam;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request to be decided: AWS's request context.
 *
 * <p>Context keys are not case-sensitive; {@link #context()} holds them in lower case. A key
 * without values is the same as an absent key. The keys that follow from the principal ({@code
 * aws:PrincipalArn}, {@code aws:PrincipalAccount}, {@code aws:PrincipalType}, {@code aws:username},
 * {@code aws:PrincipalIsAWSService}, {@code aws:PrincipalServiceName}) are always made from it and
 * replace what the caller gave, and so is {@code aws:ResourceAccount} from a resource's ARN that
 * names an account.
 *
 * @param principal who asks
 * @param action the action with its service prefix, for example {@code ecs:RunTask}; case does not
 *     matter
 * @param resource the ARN of the resource, or {@code *} for an action that has no resource
 * @param context the condition keys of the request and their values
 */
public record Request(
    Principal principal, String action, String resource, Map<String, List<String>> context) {

  private static final String RESOURCE_ACCOUNT = "aws:resourceaccount";
  private static final Set<String> OF_PRINCIPAL =
      Set.of(
          "aws:principalarn",
          "aws:principalaccount",
          "aws:principaltype",
          "aws:username",
          "aws:principalisawsservice",
          "aws:principalservicename");

  /**
   * Normalises the context.
   *
   * @throws IllegalArgumentException if the action has no service prefix, or if two context keys
   *     differ only in case
   */
  public Request {
    if (action.indexOf(':') < 1) {
      throw new IllegalArgumentException("action: '" + action + "' (expected: service:Action)");
    }
    Map<String, List<String>> normal = new HashMap<>();
    context.forEach((key, values) -> {
      String lower = key.toLowerCase(Locale.ROOT);
      if (!OF_PRINCIPAL.contains(lower)
          && !values.isEmpty()
          && normal.put(lower, List.copyOf(values)) != null) {
        throw new IllegalArgumentException("context: '" + key + "' occurs twice");
      }
    });
    addPrincipal(normal, principal);
    Arn.find(resource)
        .map(Arn::account)
        .filter(Arn::isAccountId)
        .ifPresent(account -> normal.put(RESOURCE_ACCOUNT, List.of(account)));
    context = Map.copyOf(normal);
  }

  /** A request without other context than that of its principal and resource. */
  public Request(Principal principal, String action, String resource) {
    this(principal, action, resource, Map.of());
  }

  /** The values of a context key in lower case; empty if the key is absent. */
  List<String> values(String lowerKey) {
    return context.getOrDefault(lowerKey, List.of());
  }

  /**
   * The account that owns the resource: {@code aws:ResourceAccount}; the principal's own for an
   * action without resource and for what AWS offers to all, such as managed policies. Empty if that
   * is not known.
   */
  Optional<String> resourceAccount() {
    List<String> given = values(RESOURCE_ACCOUNT);
    if (given.isEmpty() && (resource.equals("*") || isOfferedByAws())) {
      return principal.account();
    }
    return given.stream().findFirst();
  }

  private boolean isOfferedByAws() {
    return Arn.find(resource).filter(arn -> arn.account().equals("aws")).isPresent();
  }

  private static void addPrincipal(Map<String, List<String>> context, Principal principal) {
    context.put(
        "aws:principalisawsservice",
        List.of(Boolean.toString(principal instanceof Principal.Service)));
    principal.account().ifPresent(id -> context.put("aws:principalaccount", List.of(id)));
    switch (principal) {
      case Principal.RootUser(Arn arn) -> addIdentity(context, arn, "Account");
      case Principal.IamUser user -> {
        addIdentity(context, user.arn(), "User");
        context.put("aws:username", List.of(user.name()));
      }
      case Principal.AssumedRole(Arn role, _) -> addIdentity(context, role, "AssumedRole");
      case Principal.Service(String name) -> context.put("aws:principalservicename", List.of(name));
    }
  }

  private static void addIdentity(Map<String, List<String>> context, Arn arn, String type) {
    context.put("aws:principalarn", List.of(arn.toString()));
    context.put("aws:principaltype", List.of(type));
  }
}
