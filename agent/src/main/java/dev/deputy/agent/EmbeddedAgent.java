package dev.deputy.agent;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.AgentMessage.Exit;
import dev.deputy.protocol.AntPatterns;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.ControllerMessage.Ack;
import dev.deputy.protocol.ControllerMessage.DeleteDirectory;
import dev.deputy.protocol.ControllerMessage.FileExists;
import dev.deputy.protocol.ControllerMessage.ReadFile;
import dev.deputy.protocol.ControllerMessage.Start;
import dev.deputy.protocol.ControllerMessage.WriteFile;
import dev.deputy.protocol.Output;
import dev.deputy.protocol.StepId;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * An agent inside of the calling program, for running pipelines without a cluster: the same steps,
 * masking and file operations, but no task, no identity, no credentials and no connection. Steps
 * run as the program's own user. Safe for use by many threads.
 */
public final class EmbeddedAgent implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final AgentFolder folder;
  private final Workspace workspace;
  private final Map<String, String> environment;
  private final Secrets secrets;
  private final Archives archives;
  private final FileOperations files;
  private final Steps steps;
  private final Map<StepId, Running> running = new ConcurrentHashMap<>();

  private EmbeddedAgent(
      AgentFolder folder, Workspace workspace, Map<String, String> environment, String cookie) {
    this.folder = folder;
    this.workspace = workspace;
    this.environment = environment;
    this.secrets = new Secrets();
    StepAccount account = new StepAccount.Same();
    AccountCommand commands =
        new AccountCommand(account, workspace.path(), String.valueOf(environment.get("PATH")));
    this.archives = new Archives(workspace, commands, folder.scripts());
    this.files = new FileOperations(workspace, commands, secrets);
    Uplink uplink = new Uplink();
    uplink.attach(new Delivery());
    this.steps =
        new Steps(
            new StepTools(
                new Attempts(folder.control()),
                folder.scripts(),
                workspace,
                account,
                commands,
                environment,
                credentials(environment, secrets),
                secrets,
                cookie,
                GRACE,
                StepOutput.Limits.DEFAULT),
            uplink);
  }

  /** Steps reach AWS only with what a pipeline brings along. */
  private static StepCredentials credentials(Map<String, String> environment, Secrets secrets) {
    String region = environment.getOrDefault("AWS_REGION", "us-east-1");
    String url =
        environment.getOrDefault("AWS_ENDPOINT_URL", "https://sts." + region + ".amazonaws.com");
    Sts sts = new Sts(HttpClient.newHttpClient(), URI.create(url), region, InstantSource.system());
    return new ForeignCredentials(
        new AssumedRoles(Optional.empty(), sts, secrets, InstantSource.system()), secrets);
  }

  /** Takes a step's masked output, in order, each byte once. */
  public interface OutputSink {
    void write(byte[] bytes, int from, int length);
  }

  /** Takes an archive while it is made. */
  public interface ArchiveSink {
    void take(InputStream archive) throws IOException;
  }

  private record Running(OutputSink sink, CompletableFuture<Exit> exit) {}

  /** As {@link EmbeddedAgents#open} has it. */
  static EmbeddedAgent open(Path root, String name, Map<String, String> environment, String cookie)
      throws IOException {
    AgentFolder folder = AgentFolder.make(root);
    Workspace workspace = Workspace.make(folder.workspaces(), name, new StepAccount.Same());
    Map<String, String> base = new LinkedHashMap<>(environment);
    base.putIfAbsent("PATH", StepEnvironment.DEFAULT_PATH);
    base.put("WORKSPACE", workspace.path().toString());
    base.put("WORKSPACE_TMP", workspace.temporary().toString());
    // Else git, where the workspace is no repository, takes the one that it lies in: the user's.
    base.merge(
        "GIT_CEILING_DIRECTORIES",
        String.valueOf(workspace.path().getParent()),
        (given, own) -> given + File.pathSeparator + own);
    return new EmbeddedAgent(folder, workspace, base, cookie);
  }

  /** Absolute path of the workspace. */
  public Path workspace() {
    return workspace.path();
  }

  /** What every step's environment starts from. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Hides these values in everything that steps print from now on. */
  public void mask(List<String> values) {
    secrets.learn(values.toArray(new String[0]));
  }

  /**
   * Runs a script to its end, at most once for each step id: asked again it gives the same exit.
   * When interrupted it has the script's processes ended.
   */
  public Exit run(Start order, OutputSink sink) throws InterruptedException, IOException {
    Running run = new Running(sink, new CompletableFuture<>());
    running.put(order.step(), run);
    try {
      steps.start(order);
      return run.exit.get();
    } catch (InterruptedException e) {
      steps.cancel(order.step());
      awaitEnd(run);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the exit is never a failure", e);
    } finally {
      running.remove(order.step());
    }
  }

  private static void awaitEnd(Running run) throws InterruptedException {
    try {
      run.exit.get(2 * GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      // the processes were killed; what is left of the output is not waited for
    }
  }

  /** Answers a request about files; the answer is a FileContent, FileState or FileFailed. */
  public AgentMessage ask(ControllerMessage request) throws InterruptedException {
    if (request instanceof ReadFile read) {
      return files.read(read);
    } else if (request instanceof WriteFile write) {
      return files.write(write);
    } else if (request instanceof FileExists exists) {
      return files.exists(exists);
    } else if (request instanceof DeleteDirectory delete) {
      return files.delete(delete);
    }
    throw new IllegalArgumentException(
        request.getClass().getSimpleName() + " (expected: a request about files)");
  }

  /**
   * Packs the files that match Ant patterns (tar, gzip).
   *
   * @param id names the transfer
   * @return how many files there were
   */
  public int collect(
      String id, String dir, List<String> includes, List<String> excludes, ArchiveSink sink)
      throws IOException, InterruptedException {
    return archives.pack(id, dir, new AntPatterns(includes, excludes), sink::take);
  }

  /** Unpacks an archive (tar, gzip) into a folder of the workspace. */
  public int deliver(String dir, InputStream archive) throws IOException, InterruptedException {
    return archives.unpack(archive, dir);
  }

  /** Ends all steps and what they left behind and removes the agent's folder. */
  @Override
  public void close() {
    try {
      steps.end(Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    folder.remove();
  }

  /** What would be sent to the controller is handed over. */
  private final class Delivery implements Link {
    @Override
    public void send(AgentMessage message) {
      if (message instanceof Exit exit) {
        steps.acknowledge(new Ack(exit.step(), exit.seq()));
        Running run = running.get(exit.step());
        if (run != null) {
          run.exit.complete(exit);
        }
      }
    }

    @Override
    public void send(Output output) {
      Running run = running.get(output.step());
      if (run != null) {
        byte[] bytes = new byte[output.bytes().remaining()];
        output.bytes().get(bytes);
        run.sink.write(bytes, 0, bytes.length);
      }
      steps.acknowledge(new Ack(output.step(), output.seq()));
    }
  }
}
