package dev.deputy.iam;

import java.util.List;
import java.util.Optional;

/**
 * All policies that apply to one request.
 *
 * @param identity the identity-based policies of the user or role
 * @param resource the resource-based policy of the requested resource; for {@code sts:AssumeRole}
 *     the trust policy of the role
 * @param boundary the permissions boundary of the user or role
 * @param session the session policies that were passed when the session was made; together they
 *     limit it to what at least one of them allows. Empty: none were passed, so nothing is limited
 */
public record Policies(
    List<NamedPolicy> identity,
    Optional<NamedPolicy> resource,
    Optional<NamedPolicy> boundary,
    List<NamedPolicy> session) {

  private static final Policies NONE =
      new Policies(List.of(), Optional.empty(), Optional.empty(), List.of());

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a document was parsed as another kind than its place needs
   */
  public Policies {
    identity = List.copyOf(identity);
    session = List.copyOf(session);
    identity.forEach(policy -> requireIdentity("identity", policy));
    boundary.ifPresent(policy -> requireIdentity("boundary", policy));
    session.forEach(policy -> requireIdentity("session", policy));
    resource.ifPresent(policy -> {
      if (policy.document().kind() == PolicyKind.IDENTITY) {
        throw wrongKind("resource", policy);
      }
    });
  }

  /** No policies at all. */
  public static Policies none() {
    return NONE;
  }

  /** These identity-based policies and nothing else. */
  public static Policies ofIdentity(List<NamedPolicy> identity) {
    return NONE.withIdentity(identity);
  }

  /** The same with these identity-based policies. */
  public Policies withIdentity(List<NamedPolicy> policies) {
    return new Policies(policies, resource, boundary, session);
  }

  /** The same with this resource-based or trust policy. */
  public Policies withResource(NamedPolicy policy) {
    return new Policies(identity, Optional.of(policy), boundary, session);
  }

  /** The same with this permissions boundary. */
  public Policies withBoundary(NamedPolicy policy) {
    return new Policies(identity, resource, Optional.of(policy), session);
  }

  /** The same with these session policies. */
  public Policies withSession(List<NamedPolicy> policies) {
    return new Policies(identity, resource, boundary, policies);
  }

  private static void requireIdentity(String place, NamedPolicy policy) {
    if (policy.document().kind() != PolicyKind.IDENTITY) {
      throw wrongKind(place, policy);
    }
  }

  private static IllegalArgumentException wrongKind(String place, NamedPolicy policy) {
    return new IllegalArgumentException(
        place + ": " + policy.name() + " was parsed as " + policy.document().kind());
  }
}
