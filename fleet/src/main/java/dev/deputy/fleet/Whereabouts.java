package dev.deputy.fleet;

/** What is known of the task of a launch that comes to its end. */
sealed interface Whereabouts {
  /** RunTask was not called, or every call was refused. */
  record Nowhere() implements Whereabouts {}

  record At(String taskArn) implements Whereabouts {}

  /** RunTask may have been accepted: until it is found or the time for that is over. */
  record Unknown() implements Whereabouts {}
}
