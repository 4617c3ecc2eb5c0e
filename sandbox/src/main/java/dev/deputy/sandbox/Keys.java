package dev.deputy.sandbox;

import dev.deputy.sandbox.Identity.AwsService;
import dev.deputy.sandbox.Identity.RoleSession;
import dev.deputy.sandbox.Identity.Root;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All access keys, of every account. Thread-safe. */
final class Keys {
  /** How AWS's session tokens begin. */
  private static final String TOKEN_START = "IQoJb3JpZ2luX2Vj";

  /** How long an expired key is still told apart from one that never was. */
  private static final Duration REMEMBERED = Duration.ofHours(12);

  /** A key and whose it is. */
  record Held(AccessKey key, Identity identity) {
    /** Whether the key's session has ended; a root user's key has no end. */
    boolean expired(Instant now) {
      return switch (identity) {
        case Root _ -> false;
        case AwsService _ -> true;
        case RoleSession session -> !now.isBefore(session.expires());
      };
    }
  }

  private final Map<String, Held> byId = new ConcurrentHashMap<>();
  private final Map<String, AccessKey> roots = new ConcurrentHashMap<>();
  private final Clock clock;

  Keys(Clock clock) {
    this.clock = clock;
  }

  /** The root user's key of an account, made at the first request. */
  AccessKey root(String account) {
    return roots.computeIfAbsent(
        account,
        _ -> {
          var key = new AccessKey(Ids.unique("AKIA", 16), Ids.secret(30), Optional.empty());
          byId.put(key.id(), new Held(key, new Root(account)));
          return key;
        });
  }

  /** A new key for a role's session. */
  AccessKey issue(RoleSession session) {
    forgetLongExpired();
    var key =
        new AccessKey(
            Ids.unique("ASIA", 16), Ids.secret(30), Optional.of(TOKEN_START + Ids.secret(168)));
    byId.put(key.id(), new Held(key, session));
    return key;
  }

  /** Makes a key of a session unknown, because what it was issued for is over. */
  void revoke(AccessKey key) {
    byId.remove(key.id());
  }

  Optional<Held> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  private void forgetLongExpired() {
    Instant horizon = clock.instant().minus(REMEMBERED);
    byId.values().removeIf(held -> held.expired(horizon));
  }
}
