package dev.deputy.cli;

import dev.deputy.agent.EmbeddedAgents;
import dev.deputy.core.BuildId;
import dev.deputy.core.FailureClass;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import dev.deputy.core.LaunchState;
import dev.deputy.fleet.Agent;
import dev.deputy.fleet.AgentEvents;
import dev.deputy.fleet.Agents;
import dev.deputy.fleet.GoneAgent;
import dev.deputy.fleet.LaunchFailed;
import dev.deputy.fleet.Need;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Serves every need on this machine: for pipelines that are tried out without AWS. Steps run as
 * whoever runs Deputy and see that user's environment, except for what leads to AWS or belongs to
 * Deputy itself. Thread-safe.
 */
final class LocalAgents implements Agents, AutoCloseable {
  private final Path folder;
  private final Map<String, String> environment;
  private final EmbeddedAgents agents;
  private final InstantSource clock;

  private LocalAgents(
      Path folder, Map<String, String> environment, EmbeddedAgents agents, InstantSource clock) {
    this.folder = folder;
    this.environment = environment;
    this.agents = agents;
    this.clock = clock;
  }

  /**
   * @param folder where each agent gets a folder
   * @param environment of this process
   */
  static LocalAgents start(Path folder, Map<String, String> environment, InstantSource clock)
      throws IOException {
    var passed = new LinkedHashMap<>(environment);
    passed.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("DEPUTY_"));
    return new LocalAgents(folder, passed, EmbeddedAgents.start(), clock);
  }

  @Override
  public Agent acquire(Need need, AgentEvents events) throws LaunchFailed {
    String id = UUID.randomUUID().toString();
    var launch =
        new Launch(
            new LaunchId(id),
            need.build(),
            need.stage(),
            need.template(),
            "",
            new LaunchState.Assigned("", id),
            clock.instant(),
            1);
    String job = need.build().job().value();
    String name = job.substring(job.lastIndexOf('/') + 1);
    try {
      return new LocalAgent(launch, agents.open(folder.resolve(id), name, environment));
    } catch (IOException e) {
      throw new LaunchFailed(
          FailureClass.MISCONFIGURED, "its folder can not be made: " + e.getMessage());
    }
  }

  /** Agents of this machine end with the process that they are part of. */
  @Override
  public Agent resume(Need need, Assigned assigned, AgentEvents events) {
    var launch =
        new Launch(
            assigned.launch(),
            need.build(),
            need.stage(),
            need.template(),
            "",
            new LaunchState.Assigned("", assigned.launch().value()),
            clock.instant(),
            1);
    return new GoneAgent(launch, assigned, "the agent ended together with the controller");
  }

  @Override
  public void resumed(BuildId build) {
    // none of them is left
  }

  @Override
  public void close() throws IOException {
    agents.close();
  }
}
