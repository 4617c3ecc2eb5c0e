package dev.deputy.sandbox;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Where calls are recorded. Thread-safe. */
interface Trail {
  /**
   * Records one finished call.
   *
   * @param answer what the caller got, when it got one
   * @param refusal why the caller got none
   */
  void record(
      Call call, Action action, Optional<ObjectNode> answer, Optional<AwsException> refusal);
}
