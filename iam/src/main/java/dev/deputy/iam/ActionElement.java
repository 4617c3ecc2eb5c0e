package dev.deputy.iam;

import java.util.List;

/** An {@code Action} or {@code NotAction} element. Actions are not case-sensitive. */
record ActionElement(boolean negated, List<TextPattern> patterns) {

  ActionElement {
    patterns = List.copyOf(patterns);
  }

  boolean matches(Request request) {
    for (TextPattern pattern : patterns) {
      if (pattern.matchesIgnoringCase(request.action(), request)) {
        return !negated;
      }
    }
    return negated;
  }
}
