package dev.deputy.sandbox;

import dev.deputy.iam.NamedPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that a caller must be allowed to do: an IAM action on a resource, with the condition
 * keys of that request. Keys that follow from the caller are added by the {@link Authorizer}.
 *
 * @param action such as {@code ecs:RunTask}
 * @param resource an ARN, or {@code *} where AWS knows no resource for the action
 * @param context condition keys and their values
 * @param guard the policy of the resource itself, such as a role's trust policy
 */
record Permission(
    String action,
    String resource,
    Map<String, List<String>> context,
    Optional<NamedPolicy> guard) {
  Permission {
    context = Map.copyOf(context);
  }

  static Permission of(String action, String resource) {
    return new Permission(action, resource, Map.of(), Optional.empty());
  }

  /** The same for another action. */
  Permission to(String otherAction) {
    return new Permission(otherAction, resource, context, guard);
  }

  /** The same on a resource with a policy of its own. */
  Permission guardedBy(NamedPolicy policy) {
    return new Permission(action, resource, context, Optional.of(policy));
  }

  /** The same with one more condition key. */
  Permission with(String key, String... values) {
    return with(key, List.of(values));
  }

  /** The same with one more condition key; no values means that the key is absent. */
  Permission with(String key, List<String> values) {
    if (values.isEmpty()) {
      return this;
    }
    Map<String, List<String>> more = new LinkedHashMap<>(context);
    more.put(key, List.copyOf(values));
    return new Permission(action, resource, more, guard);
  }

  /**
   * The same with {@code aws:RequestTag/*} and {@code aws:TagKeys} of the tags that the request
   * sets.
   */
  Permission withRequestTags(Map<String, String> tags) {
    Permission result = with("aws:TagKeys", List.copyOf(tags.keySet()));
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      result = result.with("aws:RequestTag/" + tag.getKey(), tag.getValue());
    }
    return result;
  }

  /** The same with {@code aws:ResourceTag/*} of the tags that the resource has. */
  Permission withResourceTags(Map<String, String> tags) {
    Permission result = this;
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      result = result.with("aws:ResourceTag/" + tag.getKey(), tag.getValue());
    }
    return result;
  }
}
