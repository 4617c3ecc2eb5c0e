package dev.deputy.protocol;

/** One transfer of files between controller and agent, unique within the session. */
public record TransferId(String value) {
  public TransferId {
    Names.requireId("transfer", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
