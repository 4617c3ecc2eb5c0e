package dev.deputy.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signature Version 4. Pure. */
final class Signature {
  /** The form of times in signatures. */
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private Signature() {}

  /** What the signature of a request must be, in hexadecimal. */
  static String of(
      WireRequest request, Authorization authorization, Instant signed, String secret) {
    String canonical = CanonicalRequest.of(request, authorization.signedHeaders());
    String toSign =
        String.join(
            "\n",
            Authorization.ALGORITHM,
            TIME.format(signed),
            authorization.scope(),
            CanonicalRequest.sha256(canonical.getBytes(UTF_8)));
    return HexFormat.of().formatHex(hmac(key(secret, authorization), toSign));
  }

  private static byte[] key(String secret, Authorization authorization) {
    byte[] day = hmac(("AWS4" + secret).getBytes(UTF_8), authorization.date());
    byte[] region = hmac(day, authorization.region());
    return hmac(hmac(region, authorization.service()), authorization.terminator());
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is missing", e);
    }
  }
}
