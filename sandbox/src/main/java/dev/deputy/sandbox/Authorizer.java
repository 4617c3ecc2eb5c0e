package dev.deputy.sandbox;

import dev.deputy.iam.Arn;
import dev.deputy.iam.Decision;
import dev.deputy.iam.Evaluator;
import dev.deputy.iam.Layer;
import dev.deputy.iam.Policies;
import dev.deputy.iam.Principal;
import dev.deputy.iam.Request;
import dev.deputy.sandbox.Identity.AwsService;
import dev.deputy.sandbox.Identity.RoleSession;
import dev.deputy.sandbox.Identity.Root;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a caller may do something, by the policies of the caller's role, its boundary,
 * its session and of the resource. Thread-safe.
 */
final class Authorizer {
  private static final Logger LOG = LoggerFactory.getLogger(Authorizer.class);

  private final Directory directory;

  Authorizer(Directory directory) {
    this.directory = directory;
  }

  /** Why not, in AWS's words; empty when it is allowed. */
  Optional<String> denial(Caller caller, Permission permission, Instant now) {
    var request =
        new Request(
            principal(caller.identity()),
            permission.action(),
            permission.resource(),
            context(caller, permission, now));
    Decision decision = Evaluator.evaluate(request, policies(caller.identity(), permission));
    if (!decision.allowed()) {
      LOG.debug("{}", decision.explain());
    }
    return switch (decision) {
      case Decision.Allowed _ -> Optional.empty();
      case Decision.ExplicitDeny deny ->
          Optional.of(
              notAuthorized(caller, permission)
                  + " with an explicit deny in "
                  + deny.statement().layer().withArticle());
      case Decision.ImplicitDeny deny ->
          Optional.of(notAuthorized(caller, permission) + reason(deny.layer(), permission));
    };
  }

  /** As in AWS, a role that does not trust a caller is not told from one that does not exist. */
  private static String reason(Layer layer, Permission permission) {
    return layer == Layer.TRUST
        ? ""
        : " because no %s allows the %s action".formatted(layer.label(), permission.action());
  }

  /** The beginning of every denial. */
  static String notAuthorized(Caller caller, Permission permission) {
    return "User: %s is not authorized to perform: %s on resource: %s"
        .formatted(caller.identity().arn(), permission.action(), permission.resource());
  }

  static Principal principal(Identity identity) {
    return switch (identity) {
      case Root(String account) -> Principal.RootUser.of("aws", account);
      case AwsService(String name, _, _) -> new Principal.Service(name);
      case RoleSession session ->
          new Principal.AssumedRole(Arn.parse(session.role().arn()), session.name());
    };
  }

  private Policies policies(Identity identity, Permission permission) {
    Policies policies =
        switch (identity) {
          case Root _, AwsService _ -> Policies.none();
          case RoleSession session ->
              directory.policiesOf(session.role()).withSession(session.policies());
        };
    return permission.guard().map(policies::withResource).orElse(policies);
  }

  private Map<String, List<String>> context(Caller caller, Permission permission, Instant now) {
    Map<String, List<String>> context = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    context.put("aws:userid", List.of(caller.identity().userId()));
    context.put("aws:RequestedRegion", List.of(caller.region()));
    context.put("aws:CurrentTime", List.of(Times.iso(now)));
    context.put("aws:EpochTime", List.of(Long.toString(now.getEpochSecond())));
    context.put("aws:UserAgent", List.of(caller.userAgent()));
    context.put("aws:ViaAWSService", List.of(Boolean.toString(caller.invokedBy().isPresent())));
    caller
        .invokedBy()
        .ifPresentOrElse(
            service -> context.put("aws:CalledVia", List.of(service)),
            () -> context.put("aws:SourceIp", List.of(caller.sourceAddress())));
    switch (caller.identity()) {
      case Root _ -> {}
      case AwsService(_, String account, String sourceArn) -> {
        context.put("aws:SourceAccount", List.of(account));
        context.put("aws:SourceArn", List.of(sourceArn));
      }
      case RoleSession session -> addSession(context, session);
    }
    permission.context().forEach((key, values) -> context.merge(key, values, Authorizer::both));
    return context;
  }

  private void addSession(Map<String, List<String>> context, RoleSession session) {
    context.put("aws:TokenIssueTime", List.of(Times.iso(session.issued())));
    session.sourceIdentity().ifPresent(id -> context.put("aws:SourceIdentity", List.of(id)));
    directory
        .role(session.role())
        .ifPresent(role -> role.tags().forEach((key, value) -> tag(context, key, value)));
    session.tags().forEach((key, value) -> tag(context, key, value));
  }

  private static void tag(Map<String, List<String>> context, String key, String value) {
    context.put("aws:PrincipalTag/" + key, List.of(value));
  }

  private static List<String> both(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
