package dev.deputy.iam;

import java.util.List;
import java.util.stream.Collectors;

/** What IAM decides about a request, and why. */
public sealed interface Decision {

  /** The request that was decided. */
  Request request();

  /** Whether the request may go on. */
  boolean allowed();

  /**
   * The decision and its reason in words. A denial begins with the sentence that AWS puts into
   * {@code AccessDenied} errors. Values of the request's context are never part of it.
   */
  String explain();

  /**
   * The request is allowed.
   *
   * @param statements for each policy type that had to allow it, one statement that does; empty for
   *     the root user in its own account, who needs none
   */
  record Allowed(Request request, List<StatementRef> statements) implements Decision {

    /** Copies the list. */
    public Allowed {
      statements = List.copyOf(statements);
    }

    @Override
    public boolean allowed() {
      return true;
    }

    @Override
    public String explain() {
      String why =
          statements.isEmpty()
              ? "the root user's full access to its own account"
              : statements.stream()
                  .map(StatementRef::describe)
                  .collect(Collectors.joining(" and "));
      return "User: %s is authorized to perform: %s on resource: %s because of %s"
          .formatted(request.principal().identifier(), request.action(), request.resource(), why);
    }
  }

  /** Explicit deny: a {@code Deny} statement applies, so nothing can allow the request. */
  record ExplicitDeny(Request request, StatementRef statement) implements Decision {

    @Override
    public boolean allowed() {
      return false;
    }

    @Override
    public String explain() {
      return "%s with an explicit deny in %s (%s)"
          .formatted(notAuthorized(request), statement.layer().withArticle(), statement.describe());
    }
  }

  /**
   * Implicit deny: nothing denies the request, but a policy type that must allow it does not.
   *
   * @param layer the policy type without an applicable {@code Allow}
   * @param consulted the policies of that type that were looked at
   */
  record ImplicitDeny(Request request, Layer layer, List<NamedPolicy> consulted)
      implements Decision {

    /** Copies the list. */
    public ImplicitDeny {
      consulted = List.copyOf(consulted);
    }

    @Override
    public boolean allowed() {
      return false;
    }

    @Override
    public String explain() {
      String nearMisses =
          consulted.stream()
              .flatMap(policy -> policy.document().nearMisses(request, layer, policy.name()))
              .collect(Collectors.joining("; "));
      return "%s because no %s allows the %s action%s"
          .formatted(
              notAuthorized(request),
              layer.label(),
              request.action(),
              nearMisses.isEmpty() ? "" : " (" + nearMisses + ")");
    }
  }

  private static String notAuthorized(Request request) {
    return "User: %s is not authorized to perform: %s on resource: %s"
        .formatted(request.principal().identifier(), request.action(), request.resource());
  }
}
