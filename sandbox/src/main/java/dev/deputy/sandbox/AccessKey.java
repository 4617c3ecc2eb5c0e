package dev.deputy.sandbox;

import java.util.Optional;

/**
 * Credentials as AWS hands them out. The secret and the token do not appear in {@link #toString}.
 *
 * @param id {@code AKIA…} for a long-lived key, {@code ASIA…} for one of a session
 * @param secret what requests are signed with
 * @param sessionToken present for a session's key only
 */
public record AccessKey(String id, String secret, Optional<String> sessionToken) {
  @Override
  public String toString() {
    return "AccessKey[" + id + "]";
  }
}
