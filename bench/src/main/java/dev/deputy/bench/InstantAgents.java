package dev.deputy.bench;

import dev.deputy.core.BuildId;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import dev.deputy.core.LaunchState;
import dev.deputy.fleet.Agent;
import dev.deputy.fleet.AgentEvents;
import dev.deputy.fleet.Agents;
import dev.deputy.fleet.Need;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Agents that do everything at once and nothing for real: what is left is the controller's part.
 */
final class InstantAgents implements Agents {
  @Override
  public Agent acquire(Need need, AgentEvents events) {
    return new Instantly(need, new LaunchId(UUID.randomUUID().toString()));
  }

  @Override
  public Agent resume(Need need, Assigned assigned, AgentEvents events) {
    return new Instantly(need, assigned.launch());
  }

  @Override
  public void resumed(BuildId build) {}

  private record Instantly(Need need, LaunchId id) implements Agent {
    @Override
    public Launch launch() {
      return new Launch(
          id,
          need.build(),
          need.stage(),
          need.template(),
          "",
          new LaunchState.Assigned("", id.value()),
          Instant.EPOCH,
          1);
    }

    @Override
    public String workspace() {
      return "/workspace";
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }

    @Override
    public Result sh(Order order, Output output) {
      output.end();
      return new Result(0, "");
    }

    @Override
    public int collect(
        int step, String dir, List<String> includes, List<String> excludes, Sink sink) {
      return 0;
    }

    @Override
    public void deliver(int step, String dir, Content archive) {}

    @Override
    public Optional<TextFile> readFile(int step, String path) {
      return Optional.of(new TextFile("text".getBytes(StandardCharsets.UTF_8), List.of()));
    }

    @Override
    public void writeFile(int step, String path, byte[] content) {}

    @Override
    public void writeSecret(int step, String path, byte[] content) {}

    @Override
    public boolean exists(int step, String path) {
      return true;
    }

    @Override
    public void deleteDir(int step, String path) {}

    @Override
    public void mask(List<String> secrets) {}

    @Override
    public void close() {}
  }
}
