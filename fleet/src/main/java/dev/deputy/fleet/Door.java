package dev.deputy.fleet;

import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** All connections of agents, and the pulse that keeps them. */
final class Door implements AgentGateway, AutoCloseable {
  private final Registrar registrar;
  private final FleetSettings.Connecting settings;
  private final InstantSource clock;
  private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);

  Door(Registrar registrar, FleetSettings.Connecting settings, InstantSource clock) {
    this.registrar = registrar;
    this.settings = settings;
    this.clock = clock;
    Threads.start("fleet-pulse", this::pulse);
  }

  @Override
  public AgentSession open(AgentConnection connection) {
    var conversation = new Conversation(connection, registrar, settings, clock, open::remove);
    open.add(conversation);
    return conversation;
  }

  /** One heartbeat. One slow connection does not keep the others waiting. */
  void beat() {
    open.forEach(conversation -> Threads.start("heartbeat", conversation::beat));
  }

  /** Ends the pulse and all connections. */
  @Override
  public void close() {
    closing.countDown();
    open.forEach(conversation -> conversation.end("the controller ends"));
  }

  private void pulse() {
    while (!Threads.await(closing, settings.heartbeat())) {
      beat();
    }
  }
}
