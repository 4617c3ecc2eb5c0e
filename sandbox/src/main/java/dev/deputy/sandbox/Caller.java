package dev.deputy.sandbox;

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

  /** An identity as which an AWS service itself works, such as a task's execution role. */
  static Caller ofService(Identity identity, AccessKey key, String region, String service) {
    return new Caller(identity, key.id(), region, service, service, Optional.of(service));
  }
}
