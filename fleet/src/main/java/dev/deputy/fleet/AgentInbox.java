package dev.deputy.fleet;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.AgentMessage.CredentialsFailed;
import dev.deputy.protocol.AgentMessage.CredentialsIssued;
import dev.deputy.protocol.AgentMessage.Exit;
import dev.deputy.protocol.AgentMessage.FileContent;
import dev.deputy.protocol.AgentMessage.FileFailed;
import dev.deputy.protocol.AgentMessage.FileState;
import dev.deputy.protocol.AgentMessage.Ready;
import dev.deputy.protocol.AgentMessage.TransferDone;
import dev.deputy.protocol.Output;
import dev.deputy.protocol.RequestId;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one agent says, given to whom it concerns. Frames of a replaced connection are dropped. */
final class AgentInbox {
  private static final int LOST_FRAMES = 1002;

  private final AgentLink link;
  private final Orders orders;
  private final StepRuns steps;
  private final AgentLife life;
  private final CredentialTalk credentials;
  private final Runnable onReady;
  private volatile @Nullable Ready ready;

  /**
   * @param ready what the agent said to an earlier process of the controller
   * @param onReady called once, when the agent can run steps
   */
  AgentInbox(
      AgentLink link,
      Orders orders,
      StepRuns steps,
      AgentLife life,
      CredentialTalk credentials,
      Optional<Ready> ready,
      Runnable onReady) {
    this.link = link;
    this.orders = orders;
    this.steps = steps;
    this.life = life;
    this.credentials = credentials;
    this.ready = ready.orElse(null);
    this.onReady = onReady;
  }

  /** What the agent said when it could run steps. */
  Ready ready() {
    Ready known = ready;
    if (known == null) {
      throw new IllegalStateException("the agent is not ready");
    }
    return known;
  }

  void take(AgentMessage message, AgentConnection connection) {
    if (!link.carries(connection)) {
      return;
    }
    switch (message) {
      case Ready first -> begin(first);
      case AgentMessage.CredentialRequest(RequestId request) ->
          link.send(credentials.decide(request));
      case CredentialsIssued issued -> credentials.issued(issued).ifPresent(life::untrusted);
      case CredentialsFailed failed -> credentials.failed(failed);
      case Exit exit -> judge(steps.exit(exit), connection);
      case TransferDone done -> orders.answered(done.transfer(), done);
      case FileContent content -> orders.answered(content.request(), content);
      case FileState state -> orders.answered(state.request(), state);
      case FileFailed failed -> orders.answered(failed.request(), failed);
      case AgentMessage.StepStarted _, AgentMessage.Pong _ -> {}
      case AgentMessage.Bye(String reason) -> life.bye(reason);
      case AgentMessage.Hello _, AgentMessage.Register _, AgentMessage.Resume _ ->
          life.untrusted("it introduced itself twice on one connection");
    }
  }

  void take(ByteBuffer frame, AgentConnection connection) {
    if (link.carries(connection)) {
      judge(steps.output(Output.decode(frame)), connection);
    }
  }

  /** Said again on each connection; only the first counts. */
  private void begin(Ready first) {
    if (ready == null) {
      ready = first;
      onReady.run();
    }
  }

  private void judge(StepRun.Taken taken, AgentConnection connection) {
    switch (taken) {
      case YES -> {}
      // The agent comes back and sends again what is not acknowledged.
      case GAP -> connection.close(LOST_FRAMES, "frames are missing");
      case NONSENSE -> life.untrusted("its output contradicts itself");
    }
  }
}
