package dev.deputy.agent;

import dev.deputy.protocol.StepIdentity;
import dev.deputy.protocol.StepIdentity.Keys;
import dev.deputy.protocol.StepIdentity.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The identities that a pipeline makes of the agent's own, by the way to them. Sessions are shared
 * by the steps of one block and forgotten with the agent. Safe for use by many threads.
 */
final class AssumedRoles {
  /** More blocks than this at the same time assume their roles more often than they must. */
  private static final int MAX_KEPT = 64;

  private final Optional<CredentialSource> own;
  private final Sts sts;
  private final Secrets secrets;
  private final InstantSource clock;

  private final Map<List<StepIdentity>, CredentialSource> kept =
      new LinkedHashMap<>(16, 0.75f, true) { // guarded by this; least recently used first
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<StepIdentity>, CredentialSource> e) {
          return size() > MAX_KEPT;
        }
      };

  /**
   * @param own the agent's own identity; empty where it has none
   */
  AssumedRoles(Optional<CredentialSource> own, Sts sts, Secrets secrets, InstantSource clock) {
    this.own = own;
    this.sts = sts;
    this.secrets = secrets;
    this.clock = clock;
  }

  boolean hasOwn() {
    return own.isPresent();
  }

  /** The credentials at the end of the way. */
  synchronized CredentialSource source(List<StepIdentity> way) {
    if (way.isEmpty()) {
      return own.orElse(AssumedRoles::none);
    }
    CredentialSource known = kept.get(way);
    if (known == null) {
      known = last(way.get(way.size() - 1), source(way.subList(0, way.size() - 1)));
      kept.put(List.copyOf(way), known);
    }
    return known;
  }

  private CredentialSource last(StepIdentity step, CredentialSource before) {
    if (step instanceof Role role) {
      return new AssumedRole(role, before, sts, secrets, clock);
    }
    Keys keys = (Keys) step;
    String token = keys.sessionToken().orElse("");
    var credentials =
        new AwsCredentials(keys.accessKeyId(), keys.secretAccessKey(), token, Instant.MAX, "");
    secrets.learn(keys.secretAccessKey());
    if (!token.isEmpty()) {
      secrets.learn(token);
    }
    return () -> credentials;
  }

  private static AwsCredentials none() {
    throw new CredentialsException(
        "this agent has no AWS identity: its agent template names no account");
  }
}
