package dev.deputy.protocol;

import java.util.Set;

/**
 * The request by which an agent proves which task it is. The agent signs it, the controller sends
 * it, to an STS endpoint of the controller's own choice. All of {@link #SIGNED_HEADERS} must be
 * among the signature's headers, so that the proof is good for one controller, one nonce and one
 * key.
 */
public final class IdentityProof {
  /** The exact body. */
  public static final String BODY = "Action=GetCallerIdentity&Version=2011-06-15";

  /** The body's content type, exactly. */
  public static final String CONTENT_TYPE = "application/x-www-form-urlencoded; charset=utf-8";

  /** Signed header with {@link ControllerMessage.Challenge#serverId}. */
  public static final String SERVER_HEADER = "x-deputy-server-id";

  /** Signed header with {@link ControllerMessage.Challenge#nonce}. */
  public static final String NONCE_HEADER = "x-deputy-nonce";

  /** Signed header with {@link AgentMessage.Register#publicKey}. */
  public static final String KEY_HEADER = "x-deputy-public-key";

  /** Names, in lower case, that the signature must cover. */
  public static final Set<String> SIGNED_HEADERS =
      Set.of(
          "host",
          "content-type",
          "x-amz-date",
          "x-amz-security-token",
          SERVER_HEADER,
          NONCE_HEADER,
          KEY_HEADER);

  private IdentityProof() {}
}
