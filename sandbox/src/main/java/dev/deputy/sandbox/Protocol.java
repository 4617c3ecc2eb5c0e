package dev.deputy.sandbox;

/**
 * The two wire protocols that the sandbox speaks, with the error codes and statuses in which they
 * differ.
 */
enum Protocol {
  /** AWS Query: a form goes in, XML comes out. */
  QUERY("AccessDenied", 403),
  /** AWS JSON 1.1: the action is in X-Amz-Target. */
  JSON("AccessDeniedException", 400);

  private final String deniedCode;
  private final int deniedStatus;

  Protocol(String deniedCode, int deniedStatus) {
    this.deniedCode = deniedCode;
    this.deniedStatus = deniedStatus;
  }

  AwsException denied(String message) {
    return new AwsException(deniedCode, deniedStatus, message);
  }
}
