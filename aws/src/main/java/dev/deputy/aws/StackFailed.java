package dev.deputy.aws;

/**
 * A stack could not be made or read; the message names it and says why in CloudFormation's words.
 */
public final class StackFailed extends RuntimeException {
  StackFailed(String message) {
    super(message);
  }
}
