package dev.deputy.sandbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the names and ARNs with which ECS's callers mean things in their account and region. */
final class EcsArns {
  private static final Pattern ARN =
      Pattern.compile("arn:aws:ecs:([a-z0-9-]+):([0-9]{12}):([a-z-]+)/(.+)");

  private EcsArns() {}

  /** The name of the cluster that a parameter means; {@code default} when it is absent. */
  static String clusterName(Call call) {
    return local(call, "cluster", call.parameters().text("cluster", "default"));
  }

  /** The ARN of the cluster with this name. */
  static String cluster(Call call, String name) {
    return call.arn("cluster/" + name);
  }

  /** The id of the task that an id or ARN means. */
  static String taskId(Call call, String task) {
    String rest = local(call, "task", task);
    return rest.substring(rest.lastIndexOf('/') + 1);
  }

  /**
   * What follows the type in an ARN of ours, or the text itself when it is no ARN.
   *
   * @throws AwsException when the ARN is of another type, account or region
   */
  static String local(Call call, String type, String identifier) {
    if (!identifier.startsWith("arn:")) {
      return identifier;
    }
    Matcher matcher = ARN.matcher(identifier);
    if (!matcher.matches() || !matcher.group(3).equals(type)) {
      throw call.api().invalid("Invalid identifier: " + identifier);
    }
    if (!matcher.group(2).equals(call.account())) {
      throw call.api()
          .invalid(
              "Identifier is for %s. Your accountId is %s"
                  .formatted(matcher.group(2), call.account()));
    }
    if (!matcher.group(1).equals(call.region())) {
      throw call.api()
          .invalid(
              "Identifier is for %s. Your region is %s".formatted(matcher.group(1), call.region()));
    }
    return matcher.group(4);
  }
}
