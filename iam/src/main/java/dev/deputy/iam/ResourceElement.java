package dev.deputy.iam;

import java.util.List;

/** A {@code Resource} or {@code NotResource} element. Resources are case-sensitive. */
record ResourceElement(boolean negated, List<ArnPattern> patterns) {

  ResourceElement {
    patterns = List.copyOf(patterns);
  }

  boolean matches(Request request) {
    for (ArnPattern pattern : patterns) {
      if (pattern.matches(request.resource(), request)) {
        return !negated;
      }
    }
    return negated;
  }
}
