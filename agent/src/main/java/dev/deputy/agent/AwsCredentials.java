package dev.deputy.agent;

import java.time.Instant;

/**
 * Credentials, as a rule temporary ones.
 *
 * @param sessionToken empty for keys without a session
 * @param roleArn whose they are, as their issuer says; empty where it does not
 */
record AwsCredentials(
    String accessKeyId,
    String secretAccessKey,
    String sessionToken,
    Instant expiresAt,
    String roleArn) {
  @Override
  public String toString() {
    return "AwsCredentials[accessKeyId=" + accessKeyId + ", expiresAt=" + expiresAt + "]";
  }
}
