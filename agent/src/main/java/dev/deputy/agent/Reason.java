package dev.deputy.agent;

/** Failures as texts for people, short enough for the protocol. */
final class Reason {
  private static final int MAX_LENGTH = 1000;

  private Reason() {}

  /** What an exception says. */
  static String of(Throwable failure) {
    String message = failure.getMessage();
    String text = message == null ? failure.getClass().getSimpleName() : message;
    return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
  }
}
