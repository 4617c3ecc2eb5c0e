package dev.deputy.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides requests by AWS's policy evaluation logic.
 *
 * <ol>
 *   <li><b>Deny evaluation.</b> An explicit deny in any policy that applies wins.
 *   <li><b>Requests within a single account.</b> An {@code Allow} of the identity-based policies
 *       must not be cut off by an implicit deny of the permissions boundary or the session
 *       policies. A resource-based policy adds to it, depending on whom it names:
 *       <ul>
 *         <li>the role session, the IAM user, the service or everybody ({@code *}): the request is
 *             allowed, whatever implicit denies the other policies hold;
 *         <li>the role: the request is allowed without an identity-based policy, but limited by an
 *             implicit deny of the permissions boundary or the session policies;
 *         <li>the account: this only delegates to the account, whose identity-based policies must
 *             allow as well.
 *       </ul>
 *   <li><b>Role trust policies and KMS key policies are exceptions</b>: they must allow, an
 *       identity-based policy alone never suffices. For a request with an {@code sts:} action on a
 *       role, or with a {@code kms:} action on a key, the resource-based policy is required.
 *   <li><b>Cross-account policy evaluation.</b> Both evaluations must allow: the trusted account's
 *       (identity-based policies within boundary and session policies) and the trusting account's
 *       (the resource-based policy).
 *   <li><b>The root user</b> needs no identity-based policy. <b>A service</b> has none: the
 *       resource-based policy alone decides.
 * </ol>
 *
 * <p>Who owns the resource follows from {@code aws:ResourceAccount} or its ARN; where neither names
 * an account (the ARN of an S3 bucket), the request counts as cross-account. Service and resource
 * control policies of AWS Organizations are not part of the decision, and neither is the rule of
 * STS that a root user cannot assume roles.
 */
public final class Evaluator {

  private Evaluator() {}

  /** Decides the request. Pure: the same arguments give the same decision. */
  public static Decision evaluate(Request request, Policies policies) {
    Scan identity = Scan.of(Layer.IDENTITY, policies.identity(), request);
    Scan boundary = Scan.of(Layer.BOUNDARY, asList(policies.boundary()), request);
    Scan session = Scan.of(Layer.SESSION, policies.session(), request);
    Scan resource =
        Scan.of(
            isTrust(request, policies) ? Layer.TRUST : Layer.RESOURCE,
            asList(policies.resource()),
            request);
    for (Scan scan : List.of(identity, boundary, session, resource)) {
      if (scan.deny() != null) {
        return new Decision.ExplicitDeny(request, scan.deny());
      }
    }
    List<StatementRef> allows = new ArrayList<>();
    for (Scan scan : required(request, identity, limits(boundary, session), resource)) {
      if (scan.allow() == null) {
        return new Decision.ImplicitDeny(request, scan.layer(), scan.policies());
      }
      allows.add(scan.allow());
    }
    return new Decision.Allowed(request, allows);
  }

  /** The policy types each of which must allow the request. */
  private static List<Scan> required(
      Request request, Scan identity, List<Scan> limits, Scan resource) {
    if (request.principal() instanceof Principal.Service) {
      return List.of(resource);
    }
    List<Scan> required = new ArrayList<>();
    boolean sameAccount = request.resourceAccount().equals(request.principal().account());
    boolean resourceAllowsAlone = sameAccount && resource.grant().compareTo(Grant.ROLE) >= 0;
    if (!resourceAllowsAlone && !(request.principal() instanceof Principal.RootUser)) {
      required.add(identity);
    }
    if (!sameAccount || resource.grant() != Grant.DIRECT) {
      required.addAll(limits);
    }
    if (!sameAccount || resourceAllowsAlone || mustAllow(request, resource.layer())) {
      required.add(resource);
    }
    return required;
  }

  /** A permissions boundary and session policies limit only where there are any. */
  private static List<Scan> limits(Scan boundary, Scan session) {
    return Stream.of(boundary, session).filter(scan -> !scan.policies().isEmpty()).toList();
  }

  private static boolean isTrust(Request request, Policies policies) {
    return policies.resource().filter(Evaluator::isTrustPolicy).isPresent()
        || (isAction(request, "sts:")
            && Arn.find(request.resource()).filter(Arn::isRole).isPresent());
  }

  private static boolean isTrustPolicy(NamedPolicy policy) {
    return policy.document().kind() == PolicyKind.TRUST;
  }

  private static boolean mustAllow(Request request, Layer resourceLayer) {
    return resourceLayer == Layer.TRUST
        || (isAction(request, "kms:")
            && Arn.find(request.resource())
                .filter(arn -> arn.resource().startsWith("key/"))
                .isPresent());
  }

  private static boolean isAction(Request request, String prefix) {
    return request.action().regionMatches(true, 0, prefix, 0, prefix.length());
  }

  private static List<NamedPolicy> asList(Optional<NamedPolicy> policy) {
    return policy.map(List::of).orElse(List.of());
  }

  /** What the policies of one type say about a request. */
  private record Scan(
      Layer layer,
      List<NamedPolicy> policies,
      Grant grant,
      @Nullable StatementRef allow,
      @Nullable StatementRef deny) {

    /** Looks for a deny, and for the allow that speaks most directly of the principal. */
    static Scan of(Layer layer, List<NamedPolicy> policies, Request request) {
      Grant best = Grant.NONE;
      @Nullable StatementRef allow = null;
      for (NamedPolicy policy : policies) {
        for (Statement statement : policy.document().statements()) {
          if (statement.effect() == Effect.ALLOW && best == Grant.DIRECT) {
            continue;
          }
          Grant grant = statement.grant(request);
          if (grant.compareTo(best) > 0 && statement.effect() == Effect.ALLOW) {
            best = grant;
            allow = new StatementRef(layer, policy.name(), statement);
          } else if (grant != Grant.NONE && statement.effect() == Effect.DENY) {
            StatementRef deny = new StatementRef(layer, policy.name(), statement);
            return new Scan(layer, policies, best, allow, deny);
          }
        }
      }
      return new Scan(layer, policies, best, allow, null);
    }
  }
}
