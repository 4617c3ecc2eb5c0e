package dev.deputy.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * An agent's key, made at its start and kept in memory only: who holds it may go on with the
 * session that was registered with it.
 */
public final class SessionKey {
  private static final String ALGORITHM = "Ed25519";

  private final KeyPair keys;

  private SessionKey(KeyPair keys) {
    this.keys = keys;
  }

  /** A fresh key. */
  public static SessionKey generate() {
    try {
      return new SessionKey(KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks " + ALGORITHM, e);
    }
  }

  /** The public half: X.509 encoding in base64url without padding. */
  public String publicKey() {
    return base64(keys.getPublic().getEncoded());
  }

  /** Signs {@link #statement}; base64url without padding. */
  public String sign(String statement) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(keys.getPrivate());
      signature.update(statement.getBytes(UTF_8));
      return base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign", e);
    }
  }

  /** What is signed to resume a session: no other controller, nonce or session will do. */
  public static String statement(String serverId, String nonce, String session) {
    return "deputy-resume-1\n" + serverId + '\n' + nonce + '\n' + session;
  }

  /** Whether the signature is the statement's by this public key; false for anything malformed. */
  public static boolean verify(String publicKey, String statement, String signature) {
    try {
      Base64.Decoder decoder = Base64.getUrlDecoder();
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(
          KeyFactory.getInstance(ALGORITHM)
              .generatePublic(new X509EncodedKeySpec(decoder.decode(publicKey))));
      verifier.update(statement.getBytes(UTF_8));
      return verifier.verify(decoder.decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
