package dev.deputy.sandbox;

import dev.deputy.sandbox.Identity.AwsService;
import dev.deputy.sandbox.Identity.RoleSession;
import java.util.Optional;

/**
 * Who makes a call and from where.
 *
 * @param accessKeyId the key that signed the request
 * @param region the region of the call
 * @param sourceAddress an IP address, or the name of the AWS service that calls on the identity's
 *     behalf
 * @param invokedBy the AWS service that calls on the identity's behalf, such as {@code
 *     cloudformation.amazonaws.com}
 */
record Caller(
    Identity identity,
    String accessKeyId,
    String region,
    String sourceAddress,
    String userAgent,
    Optional<String> invokedBy) {
  String account() {
    return identity.account();
  }

  /** The same identity, called for by an AWS service. */
  Caller via(String service) {
    return new Caller(identity, accessKeyId, region, service, service, Optional.of(service));
  }

  Caller in(String otherRegion) {
    return new Caller(identity, accessKeyId, otherRegion, sourceAddress, userAgent, invokedBy);
  }

  /** An AWS service that acts for itself. */
  static Caller of(AwsService service, String region) {
    return new Caller(
        service, "", region, service.name(), service.name(), Optional.of(service.name()));
  }

  /** An AWS service that works with a session of a role, such as a task's execution role. */
  static Caller of(RoleSession session, AccessKey key, String region, String service) {
    return new Caller(session, key.id(), region, service, service, Optional.of(service));
  }
}
