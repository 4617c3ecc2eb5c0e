package dev.deputy.sandbox;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes the random names that AWS makes. Thread-safe. */
final class Ids {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** An id such as {@code AROA…}: the prefix and so many letters and digits. */
  static String unique(String prefix, int length) {
    var id = new StringBuilder(prefix);
    for (int i = 0; i < length; i++) {
      id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }

  /** A secret of so many random bytes, in Base64. */
  static String secret(int bytes) {
    byte[] secret = new byte[bytes];
    RANDOM.nextBytes(secret);
    return Base64.getEncoder().encodeToString(secret);
  }
}
