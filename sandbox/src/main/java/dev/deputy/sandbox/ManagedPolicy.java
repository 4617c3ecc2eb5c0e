package dev.deputy.sandbox;

import dev.deputy.sandbox.Role.StoredPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A managed policy.
 *
 * @param versions the oldest first; one of them is the default, which is what the policy says
 * @param defaultVersion its number
 */
record ManagedPolicy(
    String arn,
    String account,
    String path,
    String name,
    String id,
    String description,
    List<Version> versions,
    int defaultVersion,
    Map<String, String> tags) {

  /** One version; numbers are not used again while the policy has newer ones. */
  record Version(int number, Instant created, StoredPolicy policy) {
    String id() {
      return "v" + number;
    }
  }

  ManagedPolicy {
    versions = List.copyOf(versions);
    tags = Map.copyOf(tags);
  }

  /** What the policy says. */
  StoredPolicy policy() {
    return version(defaultVersion).orElseThrow().policy();
  }

  Instant created() {
    return versions.getFirst().created();
  }

  Optional<Version> version(String id) {
    return versions.stream().filter(version -> version.id().equals(id)).findFirst();
  }

  private Optional<Version> version(int number) {
    return versions.stream().filter(version -> version.number() == number).findFirst();
  }

  ManagedPolicy with(StoredPolicy policy, Instant now, boolean asDefault) {
    int number = versions.getLast().number() + 1;
    List<Version> all = new ArrayList<>(versions);
    all.add(new Version(number, now, policy));
    return with(all, asDefault ? number : defaultVersion);
  }

  ManagedPolicy without(Version version) {
    List<Version> rest = new ArrayList<>(versions);
    rest.remove(version);
    return with(rest, defaultVersion);
  }

  ManagedPolicy following(Version version) {
    return with(versions, version.number());
  }

  private ManagedPolicy with(List<Version> others, int followed) {
    return new ManagedPolicy(arn, account, path, name, id, description, others, followed, tags);
  }
}
