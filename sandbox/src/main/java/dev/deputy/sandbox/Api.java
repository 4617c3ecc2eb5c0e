package dev.deputy.sandbox;

import java.util.List;

/**
 * What identifies a service on the wire.
 *
 * @param name the signing name and the prefix of its IAM actions, such as {@code ssm}
 * @param protocol how requests and answers are written
 * @param version the API version, such as {@code 2011-06-15}
 * @param targets the prefixes of X-Amz-Target that mean this service; empty for {@link
 *     Protocol#QUERY}
 * @param validationCode the error code of a malformed request parameter
 */
record Api(
    String name, Protocol protocol, String version, List<String> targets, String validationCode) {
  Api {
    targets = List.copyOf(targets);
  }

  /** The service's name in CloudTrail events. */
  String eventSource() {
    return name + ".amazonaws.com";
  }

  /** The XML name space of the service's answers, for {@link Protocol#QUERY}. */
  String namespace() {
    return "https://" + name + ".amazonaws.com/doc/" + version + "/";
  }

  AwsException invalid(String message) {
    return AwsException.of(validationCode, message);
  }
}
