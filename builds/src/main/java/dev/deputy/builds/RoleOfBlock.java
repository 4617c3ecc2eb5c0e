package dev.deputy.builds;

import dev.deputy.core.Account;
import dev.deputy.fleet.AwsIdentity;
import dev.deputy.fleet.SessionNames;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The role that a {@code withAWS} asks for, on from the identity of the block around it. */
final class RoleOfBlock {
  private static final Pattern SESSION = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@/-]{1,576}");
  private static final Pattern ARN = Pattern.compile("arn:[\\w-]+:iam::([0-9]{12}):role/.+");
  private static final int MOST_OF_A_POLICY = 2048;

  private final StepContext step;
  private final Block outer;

  /**
   * @param outer with the Region and the keys that the step sets
   */
  RoleOfBlock(StepContext step, Block outer) {
    this.step = step;
    this.outer = outer;
  }

  /** The block with the role, which was assumed once where there is an agent to do so. */
  Block block() {
    List<AwsIdentity> way = new ArrayList<>(before());
    Optional<AwsIdentity.Keys> keys =
        way.stream()
            .filter(AwsIdentity.Keys.class::isInstance)
            .map(AwsIdentity.Keys.class::cast)
            .findFirst();
    String arn = arn(way, keys);
    way.add(
        new AwsIdentity.Role(
            step.number(),
            arn,
            sessionName(),
            step.filledText("externalId"),
            policy(),
            duration()));
    Block inner = outer.as(way).with(noKeys());
    step.say("Requesting assume role");
    step.say("Assuming role ARN is " + arn);
    if (inner.workplace().isPresent()) {
      new AwsOperation("withAWS", Map.of("role", arn)).run(step, inner, 1);
    }
    return inner;
  }

  /** Keys in the environment are what AWS's tools would use. */
  private List<AwsIdentity> before() {
    Optional<String> id = AwsOperation.key(outer, "AWS_ACCESS_KEY_ID");
    Optional<String> secret = AwsOperation.key(outer, "AWS_SECRET_ACCESS_KEY");
    if (id.isEmpty() || secret.isEmpty()) {
      return outer.identity();
    }
    if (!outer.inside().fromFiles().isEmpty()
        && outer.inside().fromFiles().containsKey("AWS_SECRET_ACCESS_KEY")) {
      throw new StepFailed(
          "withAWS: no role can be assumed with keys that only the agent reads (expected: the"
              + " agent's own identity, or keys that the controller has)");
    }
    Optional<String> token = AwsOperation.key(outer, "AWS_SESSION_TOKEN");
    return List.of(new AwsIdentity.Keys(id.get(), secret.get(), token));
  }

  /** Keys would be stronger than the role. */
  private static List<Block.Variable> noKeys() {
    return List.of(
        new Block.Variable("AWS_ACCESS_KEY_ID", ""),
        new Block.Variable("AWS_SECRET_ACCESS_KEY", ""),
        new Block.Variable("AWS_SESSION_TOKEN", ""));
  }

  private String arn(List<AwsIdentity> way, Optional<AwsIdentity.Keys> keys) {
    String role = step.text("role").strip();
    if (ARN.matcher(role).matches()) {
      return role;
    }
    if (role.startsWith("arn:") || !NAME.matcher(role).matches()) {
      throw new StepFailed(
          "withAWS: role: \""
              + role
              + "\" (expected: a role's name, or arn:aws:iam::ACCOUNT:role/…)");
    }
    String account =
        step.filledText("roleAccount").orElseGet(() -> currentAccount(way, keys.isPresent()));
    if (!account.matches("[0-9]{12}")) {
      throw new StepFailed(
          "withAWS: roleAccount: \"" + account + "\" (expected: an account id of 12 digits)");
    }
    return "arn:" + partition() + ":iam::" + account + ":role/" + role;
  }

  private String currentAccount(List<AwsIdentity> way, boolean keys) {
    if (!way.isEmpty() && way.getLast() instanceof AwsIdentity.Role role) {
      return ARN.matcher(role.arn()).replaceFirst("$1");
    }
    if (!keys && outer.workplace().isPresent()) {
      return step.build()
          .settings()
          .account(outer.workplace().get().template())
          .map(Account::id)
          .orElseThrow(() ->
              new StepFailed(
                  "withAWS: roleAccount is missing, and agent template '"
                      + outer.workplace().get().template().name()
                      + "' has no account"));
    }
    if (outer.workplace().isEmpty()) {
      throw new StepFailed(
          "withAWS: outside of an agent the role needs its account (expected: roleAccount, or the"
              + " role's whole ARN)");
    }
    Object told = new AwsOperation("awsIdentity", Map.of()).run(step, outer, 0);
    return told instanceof Map<?, ?> map ? String.valueOf(map.get("account")) : "";
  }

  private String partition() {
    String region = outer.environment().getOrDefault("AWS_REGION", "");
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  private String sessionName() {
    String name =
        step.filledText("roleSessionName").orElseGet(() -> SessionNames.of(step.build().id()));
    if (!SESSION.matcher(name).matches()) {
      throw new StepFailed(
          "withAWS: roleSessionName: \""
              + name
              + "\" (expected: 2 to 64 letters, digits and _+=,.@-)");
    }
    return name;
  }

  private Optional<String> policy() {
    Optional<String> policy = step.filledText("policy");
    if (policy.isPresent() && policy.get().length() > MOST_OF_A_POLICY) {
      throw new StepFailed(
          "withAWS: policy: "
              + policy.get().length()
              + " characters (expected: at most "
              + MOST_OF_A_POLICY
              + ")");
    }
    return policy;
  }

  private Duration duration() {
    long seconds = step.number("duration").map(Number::longValue).orElse(3600L);
    Duration duration = Duration.ofSeconds(seconds);
    if (duration.compareTo(AwsIdentity.SHORTEST) < 0
        || duration.compareTo(AwsIdentity.LONGEST) > 0) {
      throw new StepFailed(
          "withAWS: duration: "
              + seconds
              + " (expected: "
              + AwsIdentity.SHORTEST.toSeconds()
              + " to "
              + AwsIdentity.LONGEST.toSeconds()
              + " seconds)");
    }
    return duration;
  }
}
