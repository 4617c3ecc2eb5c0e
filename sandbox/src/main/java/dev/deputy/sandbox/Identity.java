package dev.deputy.sandbox;

import dev.deputy.iam.NamedPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who a key belongs to. */
sealed interface Identity {
  /** The 12 digits of the account. */
  String account();

  /** The ARN that AWS shows for this identity. */
  String arn();

  /** The unique id that AWS shows for this identity. */
  String userId();

  /** An account's root user. */
  record Root(String account) implements Identity {
    @Override
    public String arn() {
      return "arn:aws:iam::" + account + ":root";
    }

    @Override
    public String userId() {
      return account;
    }
  }

  /**
   * An AWS service that acts for itself, such as {@code ecs-tasks.amazonaws.com} when it assumes a
   * task's role.
   *
   * @param account for whose resource it acts
   * @param sourceArn the resource for which it acts
   */
  record AwsService(String name, String account, String sourceArn) implements Identity {
    @Override
    public String arn() {
      return name;
    }

    @Override
    public String userId() {
      return name;
    }
  }

  /**
   * A session of a role.
   *
   * @param role the role as it was when it was assumed; it is looked up again by its unique id at
   *     each call
   * @param policies session policies; none means that they limit nothing
   * @param tags the session's tags
   * @param transitive the keys of the tags that go along when another role is assumed
   */
  record RoleSession(
      RoleName role,
      String name,
      Optional<String> sourceIdentity,
      Map<String, String> tags,
      Set<String> transitive,
      List<NamedPolicy> policies,
      Instant issued,
      Instant expires)
      implements Identity {
    public RoleSession {
      tags = Map.copyOf(tags);
      transitive = Set.copyOf(transitive);
      policies = List.copyOf(policies);
    }

    @Override
    public String account() {
      return role.account();
    }

    @Override
    public String arn() {
      return "arn:aws:sts::%s:assumed-role/%s/%s".formatted(role.account(), role.name(), name);
    }

    @Override
    public String userId() {
      return role.id() + ":" + name;
    }
  }

  /**
   * Which role, by all its names.
   *
   * @param path begins and ends with a slash
   * @param id the unique id, {@code AROA…}, which a role created again does not share
   */
  record RoleName(String account, String path, String name, String id) {
    String arn() {
      return "arn:aws:iam::%s:role%s%s".formatted(account, path, name);
    }
  }
}
