package dev.deputy.fleet;

import dev.deputy.core.LaunchId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The launches that this process works on, from before their record to after their end. */
final class Roster {
  private final Map<LaunchId, LaunchAttempt> attempts = new ConcurrentHashMap<>();
  private final Map<String, RemoteAgent> sessions = new ConcurrentHashMap<>();

  void enter(LaunchAttempt attempt) {
    attempts.put(attempt.id(), attempt);
  }

  void enter(RemoteAgent agent) {
    sessions.put(agent.session(), agent);
  }

  Optional<LaunchAttempt> attempt(LaunchId id) {
    return Optional.ofNullable(attempts.get(id));
  }

  Optional<RemoteAgent> session(String session) {
    return Optional.ofNullable(sessions.get(session));
  }

  List<LaunchAttempt> attempts() {
    return List.copyOf(attempts.values());
  }

  /** The launch has come to its end. */
  void release(LaunchId id) {
    attempts.remove(id);
    sessions.values().removeIf(agent -> agent.launch().id().equals(id));
  }
}
