package dev.deputy.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that a caller must be allowed to do: an IAM action on a resource, with the condition
 * keys of that request. Keys that follow from the caller are added by the {@link Authorizer}.
 *
 * @param action such as {@code ecs:RunTask}
 * @param resource an ARN, or {@code *} where AWS knows no resource for the action
 * @param context condition keys and their values
 */
record Permission(String action, String resource, Map<String, List<String>> context) {
  Permission {
    context = Map.copyOf(context);
  }

  static Permission of(String action, String resource) {
    return new Permission(action, resource, Map.of());
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
    return new Permission(action, resource, more);
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
