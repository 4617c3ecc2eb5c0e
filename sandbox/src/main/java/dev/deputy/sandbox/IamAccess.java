package dev.deputy.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What IAM's actions on roles need. */
final class IamAccess {
  private IamAccess() {}

  /** Permission on the role that the request names, whether it exists or not. */
  static Permission onRole(Directory directory, Call call, String action) {
    String name = call.parameters().text("RoleName");
    Optional<Role> role = directory.role(call.account(), name);
    Map<String, String> tags = role.map(Role::tags).orElse(Map.of());
    Permission permission =
        Permission.of(
                action,
                role.map(Role::arn)
                    .orElse("arn:aws:iam::%s:role/%s".formatted(call.account(), name)))
            .withResourceTags(tags);
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      permission = permission.with("iam:ResourceTag/" + tag.getKey(), tag.getValue());
    }
    return permission;
  }

  /** The same with the role's boundary, for the actions that change what the role may do. */
  static Permission bounded(Directory directory, Call call, String action) {
    List<String> boundary =
        directory
            .role(call.account(), call.parameters().text("RoleName"))
            .flatMap(Role::boundary)
            .map(List::of)
            .orElse(List.of());
    return onRole(directory, call, action).with("iam:PermissionsBoundary", boundary);
  }

  /** The permission for an action on a managed policy. */
  static Permission onPolicy(Directory directory, Call call, String action) {
    String arn = call.parameters().text("PolicyArn");
    return Permission.of(action, arn)
        .withResourceTags(directory.policy(arn).map(ManagedPolicy::tags).orElse(Map.of()));
  }
}
