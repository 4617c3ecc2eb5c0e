package dev.deputy.cli;

import dev.deputy.builds.BuildOutcome;
import dev.deputy.core.BuildState;

/**
 * What the process tells its caller. With several files the worst counts: the one that stands last
 * here.
 */
enum ExitStatus {
  SUCCESS(0),
  /** What is deployed is not what the configuration says. */
  DIFFERENT(4),
  UNSTABLE(2),
  FAILURE(1),
  /** A denial ended the build. */
  DENIED(3),
  ABORTED(130),
  USAGE(64),
  BAD_INPUT(65),
  UNAVAILABLE(75),
  FAULT(70);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  ExitStatus worse(ExitStatus other) {
    return compareTo(other) >= 0 ? this : other;
  }

  static ExitStatus of(BuildOutcome outcome) {
    if (outcome.denied()) {
      return DENIED;
    }
    return of(outcome.state());
  }

  static ExitStatus of(BuildState state) {
    return switch (state) {
      case SUCCESS, NOT_BUILT -> SUCCESS;
      case UNSTABLE -> UNSTABLE;
      case ABORTED -> ABORTED;
      case FAILURE, QUEUED, RUNNING, WAITING -> FAILURE;
    };
  }
}
