package dev.deputy.cli;

import dev.deputy.sandbox.AccessKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Session credentials that are asked for anew long before they expire. Thread-safe. */
final class RefreshedSession implements AwsCredentialsProvider {
  /** Sessions of the sandbox last an hour. */
  private static final Duration KEPT = Duration.ofMinutes(30);

  private final Supplier<AccessKey> source;
  private final Clock clock = Clock.systemUTC();
  private @Nullable AwsCredentials current;
  private Instant until = Instant.MIN;

  RefreshedSession(Supplier<AccessKey> source) {
    this.source = source;
  }

  @Override
  public synchronized AwsCredentials resolveCredentials() {
    Instant now = clock.instant();
    AwsCredentials held = current;
    if (held == null || now.isAfter(until)) {
      held = EmbeddedSandbox.session(source.get());
      current = held;
      until = now.plus(KEPT);
    }
    return held;
  }
}
