package dev.deputy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionKeyTest {
  private final SessionKey key = SessionKey.generate();
  private final String statement = SessionKey.statement("server", "nonce", "session");

  @Test
  void signatureOfTheKeyIsAccepted() {
    assertThat(SessionKey.verify(key.publicKey(), statement, key.sign(statement))).isTrue();
  }

  @Test
  void signatureOfAnotherKeyStatementOrFormIsNot() {
    String signature = key.sign(statement);

    assertThat(SessionKey.verify(SessionKey.generate().publicKey(), statement, signature))
        .isFalse();
    assertThat(
            SessionKey.verify(
                key.publicKey(), SessionKey.statement("server", "other", "session"), signature))
        .isFalse();
    assertThat(SessionKey.verify(key.publicKey(), statement, signature.substring(4))).isFalse();
    assertThat(SessionKey.verify(key.publicKey(), statement, "%")).isFalse();
    assertThat(SessionKey.verify("AAAA", statement, signature)).isFalse();
    assertThat(SessionKey.verify("", statement, "")).isFalse();
  }
}
