package dev.deputy.sandbox;

import dev.deputy.iam.NamedPolicy;
import dev.deputy.sandbox.Identity.RoleName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An IAM role as it is at one moment. Immutable: a change makes another one.
 *
 * @param maxSession the longest session in seconds
 * @param inline the embedded policies by name
 * @param attached ARNs of the attached managed policies, in the order of attaching
 * @param boundary the ARN of the managed policy that limits the role
 */
record Role(
    RoleName name,
    Instant created,
    String description,
    int maxSession,
    TrustPolicy trust,
    Map<String, StoredPolicy> inline,
    List<String> attached,
    Optional<String> boundary,
    Map<String, String> tags) {

  /** A policy as it was uploaded and as it was understood. */
  record StoredPolicy(String text, NamedPolicy policy) {}

  Role {
    inline = Collections.unmodifiableMap(new TreeMap<>(inline));
    attached = List.copyOf(attached);
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  String arn() {
    return name.arn();
  }

  Role withTrust(TrustPolicy changed) {
    return new Role(
        name, created, description, maxSession, changed, inline, attached, boundary, tags);
  }

  Role withLimits(String changedDescription, int changedMaxSession) {
    return new Role(
        name,
        created,
        changedDescription,
        changedMaxSession,
        trust,
        inline,
        attached,
        boundary,
        tags);
  }

  Role withInline(StoredPolicy policy) {
    Map<String, StoredPolicy> changed = new TreeMap<>(inline);
    changed.put(policy.policy().name(), policy);
    return new Role(
        name, created, description, maxSession, trust, changed, attached, boundary, tags);
  }

  Role withoutInline(String policy) {
    Map<String, StoredPolicy> changed = new TreeMap<>(inline);
    changed.remove(policy);
    return new Role(
        name, created, description, maxSession, trust, changed, attached, boundary, tags);
  }

  Role withAttached(String policyArn) {
    List<String> changed = new ArrayList<>(attached);
    if (!changed.contains(policyArn)) {
      changed.add(policyArn);
    }
    return new Role(name, created, description, maxSession, trust, inline, changed, boundary, tags);
  }

  Role withoutAttached(String policyArn) {
    List<String> changed = new ArrayList<>(attached);
    changed.remove(policyArn);
    return new Role(name, created, description, maxSession, trust, inline, changed, boundary, tags);
  }

  Role withBoundary(Optional<String> changed) {
    return new Role(name, created, description, maxSession, trust, inline, attached, changed, tags);
  }

  Role withTags(Map<String, String> changed) {
    return new Role(
        name, created, description, maxSession, trust, inline, attached, boundary, changed);
  }
}
