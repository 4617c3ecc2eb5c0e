package dev.deputy.sandbox;

/** Why a request is not believed, with AWS's codes in either protocol. */
enum AuthenticationFault {
  MISSING("MissingAuthenticationToken", 403, "MissingAuthenticationTokenException"),
  INCOMPLETE("IncompleteSignature", 400, "IncompleteSignatureException"),
  UNKNOWN_KEY("InvalidClientTokenId", 403, "UnrecognizedClientException"),
  MISMATCH("SignatureDoesNotMatch", 403, "InvalidSignatureException"),
  EXPIRED("ExpiredToken", 403, "ExpiredTokenException");

  private final String queryCode;
  private final int queryStatus;
  private final String jsonCode;

  AuthenticationFault(String queryCode, int queryStatus, String jsonCode) {
    this.queryCode = queryCode;
    this.queryStatus = queryStatus;
    this.jsonCode = jsonCode;
  }

  AwsException in(Protocol protocol, String message) {
    return switch (protocol) {
      case QUERY -> new AwsException(queryCode, queryStatus, message);
      case JSON -> AwsException.of(jsonCode, message);
    };
  }
}
