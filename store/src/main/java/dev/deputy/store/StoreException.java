package dev.deputy.store;

/** The database cannot be used. Messages name the file and never repeat stored values. */
public final class StoreException extends RuntimeException {
  /** Why. */
  public enum Kind {
    /** Another process has it open: trying again later may help. */
    IN_USE,
    /** It was written by a newer Deputy, or is no database of Deputy's. */
    UNKNOWN_FORMAT,
    /** Reading or writing failed: disk full, permission, damage. */
    FAILED
  }

  private final Kind kind;

  StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
