package dev.deputy.testkit;

import java.util.ArrayDeque;
import java.util.Queue;

/** Failures that a test ordered in advance. Thread-safe. */
final class Faults {
  private final Queue<RuntimeException> ordered = new ArrayDeque<>();

  synchronized void order(RuntimeException fault) {
    ordered.add(fault);
  }

  /** Throws the next failure that was ordered, if there is one. */
  synchronized void strike() {
    RuntimeException fault = ordered.poll();
    if (fault != null) {
      throw fault;
    }
  }
}
