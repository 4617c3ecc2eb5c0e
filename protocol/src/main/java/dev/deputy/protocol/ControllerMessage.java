package dev.deputy.protocol;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a controller says to an agent. Paths are relative to the session's workspace. */
public sealed interface ControllerMessage {
  /**
   * The answer to {@link AgentMessage.Hello}.
   *
   * @param nonce used for one proof only
   * @param serverId which controller asks; the proof is good for no other
   */
  record Challenge(String nonce, String serverId) implements ControllerMessage {}

  /**
   * The agent's identity is proven and bound to a build.
   *
   * @param session names the session in {@link AgentMessage.Resume}
   * @param token opens the session's transfers; a secret
   * @param job the job's full name
   * @param build the build's number
   * @param account the id of the target account; absent where the template has none
   * @param region the Region that steps use
   * @param credentials what steps see
   * @param heartbeat how often the controller pings; after three times of silence the connection is
   *     dead. At least a second.
   * @param workspace the name of the workspace's folder, one path element
   */
  record Registered(
      String session,
      String token,
      String job,
      int build,
      Optional<String> account,
      String region,
      CredentialsMode credentials,
      Duration heartbeat,
      String workspace)
      implements ControllerMessage {
    public Registered {
      Names.requireId("workspace", workspace);
      if (heartbeat.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException("heartbeat: " + heartbeat + " (expected: >= PT1S)");
      }
    }

    @Override
    public String toString() {
      return "Registered[session=" + session + ", job=" + job + ", build=" + build + "]";
    }
  }

  /**
   * The agent is not accepted; it ends.
   *
   * @param reason for people
   */
  record Refused(String reason) implements ControllerMessage {}

  /**
   * The answer to {@link AgentMessage.Resume}: the session goes on.
   *
   * @param acknowledged by step the last sequence number that is stored; everything after it is
   *     sent again, and all of a step that is not here
   */
  record Resumed(Map<StepId, Long> acknowledged) implements ControllerMessage {
    public Resumed {
      acknowledged = Map.copyOf(acknowledged);
    }
  }

  /**
   * The answer to {@link AgentMessage.CredentialRequest}: assume this role in this way.
   *
   * @param duration how long the session shall live
   */
  record CredentialGrant(
      RequestId request,
      String deployRoleArn,
      String sessionName,
      Optional<String> sourceIdentity,
      Optional<String> externalId,
      Map<String, String> tags,
      Duration duration)
      implements ControllerMessage {
    public CredentialGrant {
      tags = Map.copyOf(tags);
    }
  }

  /**
   * The answer to {@link AgentMessage.CredentialRequest}: the build may not have them (any more).
   *
   * @param reason for people
   */
  record CredentialRefusal(RequestId request, String reason) implements ControllerMessage {}

  /**
   * Runs a script, once: a repeated order is answered with what is known of the first.
   *
   * @param script run by {@code sh -xe} unless it starts with {@code #!}
   * @param environment added to the agent's allow-listed environment; an empty value is a value
   * @param dir where it runs; empty for the workspace itself
   * @param timeout after which it is ended; absent for no limit
   * @param capture whether standard output goes into {@link AgentMessage.Exit} and not into the log
   * @param masks secrets that must not appear in output; each counts for the rest of the session
   * @param identity as whom the script's AWS calls are made; empty for the agent's own identity
   * @param fromFiles variables whose value is what a file of the workspace or its temporary folder
   *     holds: secrets that the controller does not have. They are masked like the others.
   */
  record Start(
      StepId step,
      @Limit(Protocol.MAX_SCRIPT) String script,
      @Limit(Protocol.MAX_VALUE) Map<String, String> environment,
      String dir,
      Optional<Duration> timeout,
      boolean capture,
      List<String> masks,
      List<StepIdentity> identity,
      Map<String, String> fromFiles)
      implements ControllerMessage {
    public Start {
      environment = Map.copyOf(environment);
      masks = List.copyOf(masks);
      identity = List.copyOf(identity);
      fromFiles = Map.copyOf(fromFiles);
    }

    /** With the agent's own identity. */
    public Start(
        StepId step,
        String script,
        Map<String, String> environment,
        String dir,
        Optional<Duration> timeout,
        boolean capture,
        List<String> masks) {
      this(step, script, environment, dir, timeout, capture, masks, List.of(), Map.of());
    }

    @Override
    public String toString() {
      return "Start[step=" + step + ", dir=" + dir + "]";
    }
  }

  /** Ends all processes of a step; without effect on a step that has ended or is not known. */
  record Cancel(StepId step) implements ControllerMessage {}

  /**
   * Everything of a step up to and with this sequence number is stored.
   *
   * @param seq of an {@link Output} or of the step's {@link AgentMessage.Exit}
   */
  record Ack(StepId step, long seq) implements ControllerMessage {}

  /**
   * Sends files of the workspace to the controller as one archive, answered by {@link
   * AgentMessage.TransferDone}.
   *
   * @param dir the folder that names in the archive are relative to; empty for the workspace
   * @param includes Ant patterns (with {@code **}); a file is sent that matches one of them
   * @param excludes Ant patterns of files that are not sent
   */
  record PutFiles(TransferId transfer, String dir, List<String> includes, List<String> excludes)
      implements ControllerMessage {
    public PutFiles {
      includes = List.copyOf(includes);
      excludes = List.copyOf(excludes);
    }
  }

  /**
   * Fetches an archive from the controller and unpacks it, answered by {@link
   * AgentMessage.TransferDone}.
   *
   * @param dir the folder to unpack into, made where it is missing
   */
  record GetFiles(TransferId transfer, String dir) implements ControllerMessage {}

  /** Answered by {@link AgentMessage.FileContent} or {@link AgentMessage.FileFailed}. */
  record ReadFile(RequestId request, String path) implements ControllerMessage {}

  /**
   * Writes a file and the folders above it, answered by {@link AgentMessage.FileState} or {@link
   * AgentMessage.FileFailed}.
   *
   * @param secret whether only the steps' account may read the file and the folders that it needs
   */
  record WriteFile(
      RequestId request,
      String path,
      @Limit(Protocol.MAX_CONTENT) ByteBuffer content,
      boolean secret)
      implements ControllerMessage {
    public WriteFile(RequestId request, String path, ByteBuffer content) {
      this(request, path, content, false);
    }

    public WriteFile {
      content = content.asReadOnlyBuffer();
    }

    /** The bytes, with a position of the caller's own. */
    @Override
    public ByteBuffer content() {
      return content.duplicate();
    }
  }

  /** Answered by {@link AgentMessage.FileState} or {@link AgentMessage.FileFailed}. */
  record FileExists(RequestId request, String path) implements ControllerMessage {}

  /**
   * Deletes a folder with all that is in it, following no link; a missing one is no error. Answered
   * by {@link AgentMessage.FileState} or {@link AgentMessage.FileFailed}.
   *
   * @param path empty for what is in the workspace, which itself stays
   */
  record DeleteDirectory(RequestId request, String path) implements ControllerMessage {}

  /** Answered by {@link AgentMessage.Pong}. */
  record Ping() implements ControllerMessage {}

  /** The build needs the agent no more: it ends its steps, removes the workspace and ends. */
  record Stop() implements ControllerMessage {}
}
