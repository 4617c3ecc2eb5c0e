package dev.deputy.protocol;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an agent says to a controller in text frames; output of steps is {@link Output}. */
public sealed interface AgentMessage {
  /**
   * The first message of every connection.
   *
   * @param version {@link Protocol#VERSION}
   * @param launch which launch the agent's task was started for
   * @param agentVersion the program's version, for people
   */
  record Hello(int version, String launch, String agentVersion) implements AgentMessage {}

  /**
   * Proof of identity: the headers of an STS GetCallerIdentity request, signed with the task role's
   * credentials, that only the controller sends. See {@link IdentityProof}.
   *
   * @param signedHeaders by lower-case name; holds a session token
   * @param publicKey the session's key as {@link SessionKey} encodes it
   * @param isolation how steps will be separated from the agent
   */
  record Register(Map<String, String> signedHeaders, String publicKey, Isolation isolation)
      implements AgentMessage {
    public Register {
      signedHeaders = Map.copyOf(signedHeaders);
    }

    @Override
    public String toString() {
      return "Register[publicKey=" + publicKey + ", isolation=" + isolation + "]";
    }
  }

  /**
   * The workspace exists and steps can start.
   *
   * @param workspace absolute path
   * @param temporary absolute path of the folder for temporary files beside it
   * @param environment what every step's environment starts from
   */
  record Ready(
      String workspace,
      String temporary,
      @Limit(Protocol.MAX_VALUE) Map<String, String> environment)
      implements AgentMessage {
    public Ready {
      // In its order, which pipeline code can see.
      environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
  }

  /**
   * Instead of {@link Register} on a later connection: goes on with a session.
   *
   * @param signature of {@link SessionKey#statement} by the session's key, base64url
   * @param lastSeq by step the last sequence number that exists, for steps not fully acknowledged
   */
  record Resume(String session, String signature, Map<StepId, Long> lastSeq)
      implements AgentMessage {
    public Resume {
      lastSeq = Map.copyOf(lastSeq);
    }
  }

  /** Asks how to assume the deploy role, at the start and again before credentials expire. */
  record CredentialRequest(RequestId request) implements AgentMessage {}

  /**
   * The deploy role was assumed.
   *
   * @param accessKeyId public part of the credentials
   */
  record CredentialsIssued(
      RequestId request, String accessKeyId, String assumedRoleArn, Instant expiresAt)
      implements AgentMessage {}

  /**
   * The deploy role could not be assumed.
   *
   * @param error what STS answered
   */
  record CredentialsFailed(RequestId request, String error) implements AgentMessage {}

  /**
   * The step's attempt is on record; what follows is the result of this attempt and no other.
   *
   * @param pid of the step's first process; absent where it is not known or did not start
   */
  record StepStarted(StepId step, Optional<Long> pid) implements AgentMessage {}

  /**
   * The step has ended and all of its output was sent before. Repeated until acknowledged.
   *
   * @param seq the number after the last output's
   * @param captured standard output with secrets masked, where {@link ControllerMessage.Start}
   *     asked for it
   */
  record Exit(
      StepId step,
      long seq,
      Outcome outcome,
      @Limit(Protocol.MAX_CONTENT) Optional<String> captured)
      implements AgentMessage {
    @Override
    public String toString() {
      return "Exit[step=" + step + ", seq=" + seq + ", outcome=" + outcome + "]";
    }
  }

  /**
   * A transfer has ended.
   *
   * @param files how many were moved
   * @param bytes the size of the archive as it travelled
   * @param error absent on success
   */
  record TransferDone(TransferId transfer, int files, long bytes, Optional<String> error)
      implements AgentMessage {}

  /**
   * A file as it was.
   *
   * @param secrets what the agent took for secrets in it, to be hidden wherever it is shown
   */
  record FileContent(
      RequestId request, @Limit(Protocol.MAX_CONTENT) ByteBuffer content, List<String> secrets)
      implements AgentMessage {
    public FileContent {
      content = content.asReadOnlyBuffer();
      secrets = List.copyOf(secrets);
    }

    /** Without the file and its secrets. */
    @Override
    public String toString() {
      return "FileContent[request=" + request + "]";
    }

    /** The bytes, with a position of the caller's own. */
    @Override
    public ByteBuffer content() {
      return content.duplicate();
    }
  }

  /** Whether the path exists after the operation. */
  record FileState(RequestId request, boolean exists) implements AgentMessage {}

  /**
   * The operation was not done.
   *
   * @param error for people
   */
  record FileFailed(RequestId request, String error) implements AgentMessage {}

  /** The answer to {@link ControllerMessage.Ping}. */
  record Pong() implements AgentMessage {}

  /**
   * The agent ends.
   *
   * @param reason for people
   */
  record Bye(String reason) implements AgentMessage {}
}
