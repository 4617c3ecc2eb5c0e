package dev.deputy.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ends a command with a message for its user and an exit status. */
class CommandFailed extends RuntimeException {
  private final ExitStatus status;

  CommandFailed(ExitStatus status, String message) {
    super(message);
    this.status = status;
  }

  final ExitStatus status() {
    return status;
  }

  /** What {@code --output json} prints of it instead of the message. */
  Map<String, Object> json(Instant now) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "error");
    line.put("time", now.toString());
    line.put("message", String.valueOf(getMessage()));
    return line;
  }
}
