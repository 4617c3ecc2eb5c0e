package dev.deputy.fleet;

/** Where agents come in. */
@FunctionalInterface
public interface AgentGateway {
  /** A new connection, of which nothing is known yet. */
  AgentSession open(AgentConnection connection);
}
