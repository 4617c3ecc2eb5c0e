package dev.deputy.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Authorization header of Signature Version 4.
 *
 * @param date the day of the credential scope, such as {@code 20261122}
 * @param terminator what ends the credential scope
 */
record Authorization(
    String accessKeyId,
    String date,
    String region,
    String service,
    String terminator,
    List<String> signedHeaders,
    String signature) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  Authorization {
    signedHeaders = List.copyOf(signedHeaders);
  }

  String scope() {
    return String.join("/", date, region, service, terminator);
  }

  /**
   * Reads the header.
   *
   * @throws IllegalArgumentException with AWS's words about everything that is missing
   */
  static Authorization parse(String header) {
    if (!header.startsWith(ALGORITHM + " ")) {
      throw new IllegalArgumentException(
          "Unsupported AWS 'algorithm': '%s' (the sandbox verifies %s only)."
              .formatted(header.split(" ", 2)[0], ALGORITHM));
    }
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : header.substring(ALGORITHM.length()).split(",")) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length < 2 || parts.put(pair[0], pair[1]) != null) {
        throw new IllegalArgumentException(
            "'%s' not a valid key=value pair (missing equal-sign) in Authorization header."
                .formatted(pair[0]));
      }
    }
    List<String> missing = new ArrayList<>();
    for (String name : List.of("Credential", "Signature", "SignedHeaders")) {
      if (parts.getOrDefault(name, "").isEmpty()) {
        missing.add("Authorization header requires '%s' parameter.".formatted(name));
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(String.join(" ", missing));
    }
    return of(
        parts.getOrDefault("Credential", "").split("/", -1),
        List.of(parts.getOrDefault("SignedHeaders", "").split(";", -1)),
        parts.getOrDefault("Signature", ""));
  }

  private static Authorization of(
      String[] credential, List<String> signedHeaders, String signature) {
    if (credential.length != 5) {
      throw new IllegalArgumentException(
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got '%s'."
                  .formatted(String.join("/", credential)));
    }
    return new Authorization(
        credential[0],
        credential[1],
        credential[2],
        credential[3],
        credential[4],
        signedHeaders,
        signature);
  }
}
