package dev.deputy.server;

import dev.deputy.store.StoreException;

/** The state that a controller needs can not be used, such as because another one uses it. */
public final class StateUnavailable extends RuntimeException {
  StateUnavailable(StoreException cause) {
    super(
        (cause.kind() == StoreException.Kind.IN_USE ? "another deputy uses this state: " : "")
            + cause.getMessage(),
        cause);
  }
}
