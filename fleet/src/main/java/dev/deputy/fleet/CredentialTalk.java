package dev.deputy.fleet;

import dev.deputy.core.Launch;
import dev.deputy.protocol.AgentMessage.CredentialsFailed;
import dev.deputy.protocol.AgentMessage.CredentialsIssued;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.RequestId;
import java.util.Optional;

/** One agent's side of the issue of credentials: for its launch, and told to its build. */
record CredentialTalk(Launch launch, LaunchAttempt attempt, CredentialIssue issue) {
  ControllerMessage decide(RequestId request) {
    return issue.decide(request, launch, attempt.placement());
  }

  /** Returns what is wrong with it: then the agent cannot be trusted. */
  Optional<String> issued(CredentialsIssued issued) {
    Optional<String> fault = issue.issued(issued, launch, attempt.placement());
    if (fault.isEmpty()) {
      attempt
          .events()
          .credentialsIssued(
              launch, issued.assumedRoleArn(), issued.accessKeyId(), issued.expiresAt());
    }
    return fault;
  }

  void failed(CredentialsFailed failed) {
    attempt.events().waiting(launch, issue.failed(failed, launch));
  }
}
