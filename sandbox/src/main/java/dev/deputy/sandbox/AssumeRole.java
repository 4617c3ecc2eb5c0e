package dev.deputy.sandbox;

import dev.deputy.iam.NamedPolicy;
import dev.deputy.iam.PolicyDocument;
import dev.deputy.iam.PolicySyntaxException;
import dev.deputy.sandbox.Identity.AwsService;
import dev.deputy.sandbox.Identity.RoleSession;
import dev.deputy.sandbox.Identity.Root;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starts a session of a role. The sandbox lets root users assume roles, where AWS does not: they
 * are the only holders of long-lived keys here and stand for an account's administrators.
 */
final class AssumeRole {
  private static final int DEFAULT_SECONDS = 3600;
  private static final int CHAINED_SECONDS = 3600;

  /** AWS packs policies and tags in a form of its own and limits that; this counts characters. */
  private static final int PACKED_LIMIT = 4096;

  private final Directory directory;
  private final Keys keys;

  AssumeRole(Directory directory, Keys keys) {
    this.directory = directory;
    this.keys = keys;
  }

  /** Assuming, and passing tags and a source identity along, each need a permission on the role. */
  List<Permission> permissions(Call call) {
    Parameters p = call.parameters();
    Map<String, String> tags = requestTags(call);
    Permission assume = onRole(call).withRequestTags(tags);
    assume =
        assume
            .with("sts:RoleSessionName", p.text("RoleSessionName"))
            .with("sts:ExternalId", list(p.optionalText("ExternalId")))
            .with("sts:SourceIdentity", list(p.optionalText("SourceIdentity")))
            .with("sts:TransitiveTagKeys", p.texts("TransitiveTagKeys"));
    List<Permission> permissions = new ArrayList<>(List.of(assume));
    if (!tags.isEmpty() || !inheritedTags(call).isEmpty()) {
      permissions.add(assume.to("sts:TagSession"));
    }
    if (sourceIdentity(call).isPresent()) {
      permissions.add(assume.to("sts:SetSourceIdentity"));
    }
    return permissions;
  }

  /** Without a trust policy, as of a role that does not exist, nobody may assume it. */
  private Permission onRole(Call call) {
    String arn = call.parameters().text("RoleArn");
    if (!arn.matches("arn:aws:iam::\\d{12}:role/\\S+")) {
      throw AwsException.of("ValidationError", arn + " is invalid");
    }
    Permission permission = Permission.of("sts:AssumeRole", arn);
    Optional<Role> role = directory.roleByArn(arn);
    if (role.isEmpty()) {
      return permission;
    }
    Permission tagged = permission.withResourceTags(role.get().tags());
    return role.get()
        .trust()
        .effective(role.get(), directory)
        .map(tagged::guardedBy)
        .orElse(tagged);
  }

  ObjectNode handle(Call call) {
    Parameters p = call.parameters();
    String arn = p.text("RoleArn");
    Role role =
        directory
            .roleByArn(arn)
            .orElseThrow(() ->
                Protocol.QUERY.denied(
                    Authorizer.notAuthorized(call.caller(), Permission.of("sts:AssumeRole", arn))));
    requireSameSourceIdentity(call);
    int seconds = duration(call, role);
    List<NamedPolicy> policies = sessionPolicies(call);
    Map<String, String> tags = sessionTags(call);
    var issued = call.time().truncatedTo(ChronoUnit.SECONDS);
    var session =
        new RoleSession(
            role.name(),
            p.text("RoleSessionName"),
            sourceIdentity(call),
            tags,
            transitiveKeys(call),
            policies,
            issued,
            issued.plus(Duration.ofSeconds(seconds)));
    int packed = packedPercent(call);
    AccessKey key = keys.issue(session);
    call.touches("AWS::IAM::Role", arn);
    call.alsoRecordedIn(role.name().account());
    return answer(session, key, packed);
  }

  private static ObjectNode answer(RoleSession session, AccessKey key, int packed) {
    ObjectNode answer = Call.object();
    answer
        .putObject("Credentials")
        .put("AccessKeyId", key.id())
        .put("SecretAccessKey", key.secret())
        .put("SessionToken", key.sessionToken().orElse(""))
        .put("Expiration", Times.iso(session.expires()));
    answer
        .putObject("AssumedRoleUser")
        .put("AssumedRoleId", session.userId())
        .put("Arn", session.arn());
    session.sourceIdentity().ifPresent(identity -> answer.put("SourceIdentity", identity));
    if (packed > 0) {
      answer.put("PackedPolicySize", packed);
    }
    return answer;
  }

  private static int duration(Call call, Role role) {
    int seconds = call.parameters().whole("DurationSeconds", DEFAULT_SECONDS);
    return switch (call.caller().identity()) {
      case AwsService _ -> seconds;
      case RoleSession _ when seconds > CHAINED_SECONDS ->
          throw AwsException.of(
              "ValidationError",
              "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed"
                  + " by role chaining.");
      case RoleSession _, Root _ -> {
        if (seconds > role.maxSession()) {
          throw AwsException.of(
              "ValidationError",
              "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        yield seconds;
      }
    };
  }

  /** Once set, a source identity stays through the whole chain. */
  private static void requireSameSourceIdentity(Call call) {
    Optional<String> asked = call.parameters().optionalText("SourceIdentity");
    Optional<String> had = inheritedSourceIdentity(call);
    if (asked.isPresent() && had.isPresent() && !asked.equals(had)) {
      throw Protocol.QUERY.denied(
          Authorizer.notAuthorized(
                  call.caller(),
                  Permission.of("sts:SetSourceIdentity", call.parameters().text("RoleArn")))
              + " because the source identity of the calling session cannot be changed");
    }
  }

  private static Optional<String> sourceIdentity(Call call) {
    return call.parameters().optionalText("SourceIdentity").or(() -> inheritedSourceIdentity(call));
  }

  private static Optional<String> inheritedSourceIdentity(Call call) {
    return call.caller().identity() instanceof RoleSession session
        ? session.sourceIdentity()
        : Optional.empty();
  }

  private List<NamedPolicy> sessionPolicies(Call call) {
    List<NamedPolicy> policies = new ArrayList<>();
    Optional<String> inline = call.parameters().optionalText("Policy");
    if (inline.isPresent()) {
      try {
        policies.add(new NamedPolicy("Policy", PolicyDocument.parse(inline.get())));
      } catch (PolicySyntaxException e) {
        throw AwsException.of(
            "MalformedPolicyDocument", "Syntax errors in policy: " + e.getMessage());
      }
    }
    for (Parameters managed : call.parameters().list("PolicyArns")) {
      String arn = managed.text("arn");
      policies.add(
          directory
              .policy(arn)
              .orElseThrow(() -> AwsException.of("ValidationError", arn + " is invalid"))
              .policy()
              .policy());
    }
    return policies;
  }

  private static Map<String, String> requestTags(Call call) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Parameters tag : call.parameters().list("Tags")) {
      String key = tag.text("Key");
      if (key.regionMatches(true, 0, "aws:", 0, 4)) {
        throw AwsException.of("ValidationError", "Tag keys must not begin with 'aws:': " + key);
      }
      if (contains(tags.keySet(), key)) {
        throw AwsException.of(
            "InvalidParameterValue",
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
      tags.put(key, tag.text("Value"));
    }
    return tags;
  }

  /** The tags that the calling session passes on by itself. */
  private static Map<String, String> inheritedTags(Call call) {
    Map<String, String> inherited = new LinkedHashMap<>();
    if (call.caller().identity() instanceof RoleSession session) {
      session
          .tags()
          .forEach((key, value) -> {
            if (contains(session.transitive(), key)) {
              inherited.put(key, value);
            }
          });
    }
    return inherited;
  }

  private static Map<String, String> sessionTags(Call call) {
    Map<String, String> tags = inheritedTags(call);
    requestTags(call)
        .forEach((key, value) -> {
          if (contains(tags.keySet(), key)) {
            throw AwsException.of(
                "ValidationError",
                "The tag %s of the calling session is transitive and cannot be set again."
                    .formatted(key));
          }
          tags.put(key, value);
        });
    return tags;
  }

  private static Set<String> transitiveKeys(Call call) {
    Set<String> keys = new LinkedHashSet<>(inheritedTags(call).keySet());
    for (String key : call.parameters().texts("TransitiveTagKeys")) {
      if (!contains(requestTags(call).keySet(), key)) {
        throw AwsException.of(
            "ValidationError",
            "The specified transitive tag key must be included in the requested tags.");
      }
      keys.add(key);
    }
    return keys;
  }

  private static boolean contains(Set<String> keys, String key) {
    return keys.stream().anyMatch(key::equalsIgnoreCase);
  }

  private static int packedPercent(Call call) {
    Parameters p = call.parameters();
    int size = p.text("Policy", "").length();
    for (Parameters managed : p.list("PolicyArns")) {
      size += managed.text("arn").length();
    }
    for (Map.Entry<String, String> tag : sessionTags(call).entrySet()) {
      size += tag.getKey().length() + tag.getValue().length();
    }
    int percent = Math.ceilDiv(size * 100, PACKED_LIMIT);
    if (percent > 100) {
      throw AwsException.of(
          "PackedPolicyTooLarge",
          "Packed policy consumes %d%% of allotted space, please use smaller policy."
              .formatted(percent));
    }
    return percent;
  }

  private static List<String> list(Optional<String> value) {
    return value.map(List::of).orElse(List.of());
  }
}
