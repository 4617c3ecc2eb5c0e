package dev.deputy.cli;

import dev.deputy.agent.EmbeddedAgent;
import dev.deputy.core.Launch;
import dev.deputy.fleet.Agent;
import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.AgentMessage.FileContent;
import dev.deputy.protocol.AgentMessage.FileFailed;
import dev.deputy.protocol.AgentMessage.FileState;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.ControllerMessage.DeleteDirectory;
import dev.deputy.protocol.ControllerMessage.FileExists;
import dev.deputy.protocol.ControllerMessage.ReadFile;
import dev.deputy.protocol.ControllerMessage.Start;
import dev.deputy.protocol.ControllerMessage.WriteFile;
import dev.deputy.protocol.Outcome;
import dev.deputy.protocol.RequestId;
import dev.deputy.protocol.StepId;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An agent of this machine, in this process. Thread-safe. */
final class LocalAgent implements Agent {
  private static final int PIPE = 64 << 10;

  private final Launch launch;
  private final EmbeddedAgent agent;
  private final AtomicInteger requests = new AtomicInteger();

  LocalAgent(Launch launch, EmbeddedAgent agent) {
    this.launch = launch;
    this.agent = agent;
  }

  @Override
  public Launch launch() {
    return launch;
  }

  @Override
  public String workspace() {
    return agent.workspace().toString();
  }

  @Override
  public Map<String, String> environment() {
    return agent.environment();
  }

  @Override
  public Result sh(Order order, Output output) throws InterruptedException, ResultUnknown, NotDone {
    var start =
        new Start(
            new StepId(order.id()),
            order.script(),
            order.environment(),
            order.dir(),
            order.timeout(),
            order.capture(),
            List.of(),
            List.of(),
            order.fromFiles());
    AgentMessage.Exit exit;
    try {
      exit = agent.run(start, output::write);
    } catch (IOException e) {
      throw notDone(e);
    }
    return switch (exit.outcome()) {
      case Outcome.Exited(int status) -> new Result(status, exit.captured().orElse(""));
      case Outcome.TimedOut() -> throw new NotDone("the step's time was over");
      case Outcome.Cancelled() -> throw new NotDone("the step was cancelled");
      case Outcome.NotStarted(String reason) ->
          throw new NotDone("the step was not started: " + reason);
      case Outcome.Ended(String reason) -> throw new NotDone("the agent ended the step: " + reason);
      case Outcome.Unknown(String reason) -> throw new ResultUnknown(reason);
    };
  }

  @Override
  public int collect(int step, String dir, List<String> includes, List<String> excludes, Sink sink)
      throws InterruptedException, NotDone {
    try {
      return agent.collect(request().value(), dir, includes, excludes, sink::take);
    } catch (IOException e) {
      throw notDone(e);
    }
  }

  @Override
  public void deliver(int step, String dir, Content archive) throws InterruptedException, NotDone {
    try (var in = new PipedInputStream(PIPE)) {
      var out = new PipedOutputStream(in);
      Thread writer = Thread.ofVirtual().start(() -> write(archive, out));
      agent.deliver(dir, in);
      writer.join();
    } catch (IOException e) {
      throw notDone(e);
    }
  }

  /** What fails here ends the archive early, which whoever unpacks it reports. */
  private static void write(Content archive, PipedOutputStream out) {
    try (out) {
      archive.writeTo(out);
    } catch (IOException e) {
      System.getLogger(LocalAgent.class.getName())
          .log(System.Logger.Level.WARNING, "an archive is cut short: " + e.getMessage());
    }
  }

  @Override
  public Optional<TextFile> readFile(int step, String path) throws InterruptedException, NotDone {
    if (agent.ask(new ReadFile(request(), path))
        instanceof FileContent(_, ByteBuffer content, List<String> secrets)) {
      byte[] bytes = new byte[content.remaining()];
      content.get(bytes);
      return Optional.of(new TextFile(bytes, secrets));
    }
    if (!exists(step, path)) {
      return Optional.empty();
    }
    throw new NotDone(path + " can not be read");
  }

  @Override
  public void writeFile(int step, String path, byte[] content)
      throws InterruptedException, NotDone {
    state(new WriteFile(request(), path, ByteBuffer.wrap(content)));
  }

  @Override
  public void writeSecret(int step, String path, byte[] content)
      throws InterruptedException, NotDone {
    state(new WriteFile(request(), path, ByteBuffer.wrap(content), true));
  }

  @Override
  public boolean exists(int step, String path) throws InterruptedException, NotDone {
    return state(new FileExists(request(), path));
  }

  @Override
  public void deleteDir(int step, String path) throws InterruptedException, NotDone {
    state(new DeleteDirectory(request(), path));
  }

  @Override
  public void mask(List<String> secrets) {
    agent.mask(secrets);
  }

  @Override
  public void close() {
    agent.close();
  }

  private boolean state(ControllerMessage question) throws InterruptedException, NotDone {
    return switch (agent.ask(question)) {
      case FileState(_, boolean exists) -> exists;
      case FileFailed(_, String error) -> throw new NotDone(error);
      case AgentMessage other ->
          throw new IllegalStateException("answered by a " + other.getClass().getSimpleName());
    };
  }

  private RequestId request() {
    return new RequestId(Integer.toString(requests.incrementAndGet()));
  }

  private static NotDone notDone(IOException e) {
    return new NotDone(e.getMessage() == null ? e.toString() : e.getMessage());
  }
}
