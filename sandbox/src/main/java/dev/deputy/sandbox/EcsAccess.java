package dev.deputy.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a caller of ECS must be allowed besides the action itself: passing roles, setting tags. */
final class EcsAccess {
  /** The principal as which ECS takes on the roles of tasks. */
  static final String TASKS_PRINCIPAL = "ecs-tasks.amazonaws.com";

  private static final Pattern ROLE_ARN = Pattern.compile("arn:aws:iam::([0-9]{12}):role/.+");

  private EcsAccess() {}

  /** Insists that the caller may hand these roles to tasks. */
  static void requirePassRole(Call call, List<Optional<String>> roles) {
    Set<String> passed = new LinkedHashSet<>();
    roles.forEach(role -> role.ifPresent(passed::add));
    for (String role : passed) {
      Matcher matcher = ROLE_ARN.matcher(role);
      if (!matcher.matches()) {
        throw AwsException.of("ClientException", "Role is not valid");
      }
      if (!matcher.group(1).equals(call.account())) {
        throw call.api().protocol().denied("Cross-account pass role is not allowed.");
      }
      call.require(
          Permission.of("iam:PassRole", role).with("iam:PassedToService", TASKS_PRINCIPAL));
    }
  }

  /** What setting tags on a new resource needs; nothing without tags. */
  static List<Permission> withTags(
      Call call, Permission permission, Map<String, String> tags, String taggedResource) {
    List<Permission> permissions = new ArrayList<>();
    permissions.add(permission.withRequestTags(tags));
    if (!tags.isEmpty()) {
      String action = permission.action().substring("ecs:".length());
      permissions.add(
          Permission.of("ecs:TagResource", taggedResource)
              .with("ecs:CreateAction", action)
              .withRequestTags(tags));
    }
    return permissions;
  }

  /** The tags of a request. */
  static Map<String, String> tags(Call call) {
    return Call.tags(call.parameters().list("tags"), "key", "value");
  }
}
