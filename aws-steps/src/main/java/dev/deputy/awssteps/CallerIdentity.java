package dev.deputy.awssteps;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Who the step is to AWS. */
final class CallerIdentity {
  private CallerIdentity() {}

  /** {@code awsIdentity}: in the log, and as a map of account, user and arn. */
  static Optional<Object> tell(Arguments arguments, Log log) {
    GetCallerIdentityResponse identity = identity();
    log.line(
        "Current AWS identity: "
            + identity.account()
            + " - "
            + identity.userId()
            + " - "
            + identity.arn());
    return value(identity);
  }

  /** {@code withAWS} with a role: whether it was assumed. */
  static Optional<Object> confirm(Arguments arguments, Log log) {
    GetCallerIdentityResponse identity = identity();
    arguments
        .text("role")
        .ifPresent(
            role -> log.line("Assumed role " + identity.arn() + " with id " + identity.userId()));
    return value(identity);
  }

  private static Optional<Object> value(GetCallerIdentityResponse identity) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("account", identity.account());
    value.put("user", identity.userId());
    value.put("arn", identity.arn());
    return Optional.of(value);
  }

  private static GetCallerIdentityResponse identity() {
    try (StsClient sts =
        StsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
      return sts.getCallerIdentity();
    }
  }
}
