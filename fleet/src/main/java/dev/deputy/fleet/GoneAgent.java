package dev.deputy.fleet;

import dev.deputy.core.Launch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An agent that ended together with the controller's earlier process: nothing is known of it. */
public final class GoneAgent implements Agent {
  private final Launch launch;
  private final Agents.Assigned known;
  private final String reason;

  /**
   * @param reason for people: why it is gone
   */
  public GoneAgent(Launch launch, Agents.Assigned known, String reason) {
    this.launch = launch;
    this.known = known;
    this.reason = reason;
  }

  private ResultUnknown gone() {
    return new ResultUnknown(reason);
  }

  @Override
  public Launch launch() {
    return launch;
  }

  @Override
  public String workspace() {
    return known.workspace();
  }

  @Override
  public Map<String, String> environment() {
    return known.environment();
  }

  @Override
  public Result sh(Order order, Output output) throws ResultUnknown {
    throw gone();
  }

  @Override
  public int collect(int step, String dir, List<String> includes, List<String> excludes, Sink sink)
      throws ResultUnknown {
    throw gone();
  }

  @Override
  public void deliver(int step, String dir, Content archive) throws ResultUnknown {
    throw gone();
  }

  @Override
  public Optional<TextFile> readFile(int step, String path) throws ResultUnknown {
    throw gone();
  }

  @Override
  public void writeFile(int step, String path, byte[] content) throws ResultUnknown {
    throw gone();
  }

  @Override
  public void writeSecret(int step, String path, byte[] content) throws ResultUnknown {
    throw gone();
  }

  @Override
  public boolean exists(int step, String path) throws ResultUnknown {
    throw gone();
  }

  @Override
  public void deleteDir(int step, String path) throws ResultUnknown {
    throw gone();
  }

  @Override
  public void mask(List<String> secrets) {
    // it prints nothing any more
  }

  @Override
  public void close() {
    // it is closed
  }
}
