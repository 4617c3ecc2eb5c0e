package dev.deputy.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes agents inside of the calling program. When that program ends, however it ends, so do the
 * processes of their steps. Safe for use by many threads.
 */
public final class EmbeddedAgents implements AutoCloseable {
  private final String cookies;
  private final Guardian guardian;
  private final AtomicInteger made = new AtomicInteger();

  private EmbeddedAgents(String cookies, Guardian guardian) {
    this.cookies = cookies;
    this.guardian = guardian;
  }

  /** Starts what watches over the steps' processes. */
  public static EmbeddedAgents start() throws IOException {
    String cookies = UUID.randomUUID() + "/";
    return new EmbeddedAgents(cookies, Guardian.startIfNeeded(cookies));
  }

  /**
   * Makes an agent with a workspace of its own.
   *
   * @param root the agent's own folder, removed with it
   * @param name the workspace folder's name
   * @param environment what every step's environment starts from
   * @throws IOException where the folders can not be made
   */
  public EmbeddedAgent open(Path root, String name, Map<String, String> environment)
      throws IOException {
    return EmbeddedAgent.open(root, name, environment, cookies + made.incrementAndGet() + '/');
  }

  /** Whoever is left of the steps' processes is ended. */
  @Override
  public void close() throws IOException {
    if (guardian.shell().isPresent()) {
      guardian.shell().get().getOutputStream().close();
    }
  }
}
