package dev.deputy.sandbox;

import dev.deputy.iam.NamedPolicy;
import dev.deputy.iam.Policies;
import dev.deputy.sandbox.Identity.RoleName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The roles and managed policies of every account. Thread-safe; each change is atomic. */
final class Directory {
  /** Role names are unique in an account whatever their case. */
  private record Key(String account, String name) {
    Key {
      name = name.toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Key, Role> roles = new ConcurrentHashMap<>();
  private final Map<String, ManagedPolicy> policies = new ConcurrentHashMap<>();

  Directory() {
    AwsManagedPolicies.all().forEach(policy -> policies.put(policy.arn(), policy));
  }

  Optional<Role> role(String account, String name) {
    return Optional.ofNullable(roles.get(new Key(account, name)));
  }

  /** This very role; absent when it was deleted, even when another has its name now. */
  Optional<Role> role(RoleName name) {
    return role(name.account(), name.name()).filter(role -> role.name().equals(name));
  }

  /** The role with this ARN, path included. */
  Optional<Role> roleByArn(String arn) {
    return roles.values().stream().filter(role -> role.arn().equals(arn)).findFirst();
  }

  Optional<Role> roleById(String id) {
    return roles.values().stream().filter(role -> role.name().id().equals(id)).findFirst();
  }

  /** An account's roles by name. */
  List<Role> roles(String account) {
    return roles.values().stream()
        .filter(role -> role.name().account().equals(account))
        .sorted(Comparator.comparing(role -> role.name().name()))
        .toList();
  }

  /** Adds a role, unless its name is taken. */
  synchronized boolean add(Role role) {
    return roles.putIfAbsent(new Key(role.name().account(), role.name().name()), role) == null;
  }

  /**
   * Changes a role; the change may refuse by throwing. Returns the changed role, if there is one.
   */
  synchronized Optional<Role> change(String account, String name, UnaryOperator<Role> change) {
    return Optional.ofNullable(
        roles.computeIfPresent(new Key(account, name), (_, role) -> change.apply(role)));
  }

  /** Removes a role; the check may refuse by throwing. Returns whether there was one. */
  synchronized boolean remove(String account, String name, Consumer<Role> check) {
    var found = new boolean[1];
    roles.computeIfPresent(
        new Key(account, name),
        (_, role) -> {
          check.accept(role);
          found[0] = true;
          return null;
        });
    return found[0];
  }

  Optional<ManagedPolicy> policy(String arn) {
    return Optional.ofNullable(policies.get(arn));
  }

  /** A managed policy that an account may use: its own or one of AWS. */
  Optional<ManagedPolicy> policy(String arn, String account) {
    return policy(arn).filter(p -> p.account().equals("aws") || p.account().equals(account));
  }

  /** Adds a managed policy, unless its name is taken in the account. */
  synchronized boolean add(ManagedPolicy policy) {
    boolean taken =
        policies.values().stream()
            .anyMatch(other ->
                other.account().equals(policy.account())
                    && other.name().equalsIgnoreCase(policy.name()));
    return !taken && policies.put(policy.arn(), policy) == null;
  }

  /** Changes a managed policy; the change may refuse by throwing. */
  synchronized Optional<ManagedPolicy> changePolicy(
      String arn, UnaryOperator<ManagedPolicy> change) {
    return Optional.ofNullable(policies.computeIfPresent(arn, (_, policy) -> change.apply(policy)));
  }

  /** Removes a managed policy, unless a role uses it. */
  synchronized boolean removePolicy(String arn) {
    if (attachments(arn) + boundaryUses(arn) > 0) {
      return false;
    }
    policies.remove(arn);
    return true;
  }

  /** How many roles have the policy attached. */
  long attachments(String policyArn) {
    return roles.values().stream().filter(role -> role.attached().contains(policyArn)).count();
  }

  /** How many roles have the policy as their boundary. */
  long boundaryUses(String policyArn) {
    return roles.values().stream()
        .filter(role -> role.boundary().equals(Optional.of(policyArn)))
        .count();
  }

  /** What a role may do by its own policies and its boundary; nothing when it was deleted. */
  Policies policiesOf(RoleName name) {
    Optional<Role> found = role(name);
    if (found.isEmpty()) {
      return Policies.none();
    }
    Role role = found.get();
    List<NamedPolicy> identity = new ArrayList<>();
    role.inline().values().forEach(stored -> identity.add(stored.policy()));
    role.attached()
        .forEach(arn -> policy(arn).ifPresent(managed -> identity.add(managed.policy().policy())));
    Policies result = Policies.ofIdentity(identity);
    Optional<NamedPolicy> boundary =
        role.boundary().flatMap(this::policy).map(managed -> managed.policy().policy());
    return boundary.map(result::withBoundary).orElse(result);
  }
}
