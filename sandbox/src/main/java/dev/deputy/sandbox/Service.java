package dev.deputy.sandbox;

import java.util.List;

/** One AWS service: how it is addressed, and its actions. Implementations are thread-safe. */
interface Service {
  Api api();

  /** Called once, when the service is added to the {@link Dispatcher}. */
  List<Action> actions();
}
