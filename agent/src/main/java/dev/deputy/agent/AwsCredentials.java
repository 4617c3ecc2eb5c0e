package dev.deputy.agent;

import java.time.Instant;

/**
 * Temporary credentials.
 *
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
