package dev.deputy.server;

import dev.deputy.core.ControllerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The controller's id, made once and kept with its state: tasks are found again by it. */
final class ControllerIdentity {
  private ControllerIdentity() {}

  /** An empty file, as a full disk leaves one, counts as none. */
  static ControllerId of(StateFolder state) throws IOException {
    Path file = state.path().resolve("controller-id");
    if (!Files.exists(file) || Files.readString(file).isBlank()) {
      state.keep(file, "deputy-" + UUID.randomUUID() + "\n");
    }
    return new ControllerId(Files.readString(file).strip());
  }
}
