package dev.deputy.agent;

import dev.deputy.protocol.StepIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Steps of an agent without an AWS identity: they have none either, unless the pipeline brings keys
 * of its own. Only then is there an endpoint. Safe for use by many threads.
 */
final class ForeignCredentials implements StepCredentials {
  private final AssumedRoles roles;
  private final Secrets secrets;
  private @Nullable CredentialEndpoint endpoint; // guarded by this

  ForeignCredentials(AssumedRoles roles, Secrets secrets) {
    this.roles = roles;
    this.secrets = secrets;
  }

  @Override
  public Optional<String> problem(List<StepIdentity> identity) throws InterruptedException {
    if (identity.isEmpty()) {
      return Optional.empty();
    }
    try {
      return endpoint().problem(identity);
    } catch (IOException e) {
      return Optional.of(Reason.of(e));
    }
  }

  @Override
  public Access open(List<StepIdentity> identity) throws IOException {
    return identity.isEmpty() ? new Nothing() : endpoint().open(identity);
  }

  private synchronized CredentialEndpoint endpoint() throws IOException {
    if (endpoint == null) {
      endpoint = CredentialEndpoint.open(roles, secrets);
    }
    return endpoint;
  }
}
