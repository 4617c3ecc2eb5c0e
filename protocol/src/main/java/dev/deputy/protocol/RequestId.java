package dev.deputy.protocol;

/** A question that is answered by a message with the same id, unique within the session. */
public record RequestId(String value) {
  public RequestId {
    Names.requireId("request", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
