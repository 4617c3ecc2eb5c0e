package dev.deputy.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** At least one message of every kind. */
final class Examples {
  private static final StepId STEP = new StepId("step-1");
  private static final RequestId REQUEST = new RequestId("request-1");
  private static final TransferId TRANSFER = new TransferId("transfer-1");

  private Examples() {}

  static List<ControllerMessage> ofController() {
    return List.of(
        new ControllerMessage.Challenge("nonce", "server"),
        registered(Optional.of("111111111111")),
        registered(Optional.empty()),
        new ControllerMessage.Refused("no \"launch\" \\ is\n\twaiting \u0001 \u20ac \ud83d\ude00"),
        new ControllerMessage.Resumed(Map.of(STEP, 7L)),
        new ControllerMessage.CredentialGrant(
            REQUEST,
            "arn:aws:iam::111111111111:role/deploy",
            "dtap-7",
            Optional.of("dtap-7"),
            Optional.empty(),
            Map.of("deputy:build", "7"),
            Duration.ofHours(1)),
        new ControllerMessage.CredentialRefusal(REQUEST, "withdrawn"),
        new ControllerMessage.Start(
            STEP,
            "make\n",
            Map.of("EMPTY", "", "B", "2"),
            "sub",
            Optional.of(Duration.ofMillis(1500)),
            true,
            List.of("mask"),
            List.of(
                new StepIdentity.Keys("AKIAEXAMPLE", "secret", Optional.empty()),
                new StepIdentity.Role(
                    "7",
                    "arn:aws:iam::111111111111:role/admin",
                    "dtap-7",
                    Optional.of("external"),
                    Optional.empty(),
                    Duration.ofHours(1))),
            Map.of("TOKEN", "secrets/TOKEN")),
        new ControllerMessage.Cancel(STEP),
        new ControllerMessage.Ack(STEP, Long.MAX_VALUE),
        new ControllerMessage.PutFiles(TRANSFER, "", List.of("**"), List.of()),
        new ControllerMessage.GetFiles(TRANSFER, "dir"),
        new ControllerMessage.ReadFile(REQUEST, "file"),
        new ControllerMessage.WriteFile(REQUEST, "file", bytes("content")),
        new ControllerMessage.FileExists(REQUEST, "file"),
        new ControllerMessage.DeleteDirectory(REQUEST, ""),
        new ControllerMessage.Ping(),
        new ControllerMessage.Stop());
  }

  static List<AgentMessage> ofAgent() {
    return List.of(
        new AgentMessage.Hello(Protocol.VERSION, "launch", "0.1.0"),
        new AgentMessage.Register(Map.of("host", "header-value"), "key", Isolation.USER),
        new AgentMessage.Ready("/w", "/w@tmp", Map.of("PATH", "/bin")),
        new AgentMessage.Resume("session", "signature", Map.of(STEP, 0L)),
        new AgentMessage.CredentialRequest(REQUEST),
        new AgentMessage.CredentialsIssued(
            REQUEST, "ASIAEXAMPLE", "arn", Instant.parse("2026-11-22T10:00:00Z")),
        new AgentMessage.CredentialsFailed(REQUEST, "AccessDenied: no"),
        new AgentMessage.StepStarted(STEP, Optional.of(42L)),
        new AgentMessage.StepStarted(STEP, Optional.empty()),
        exit(new Outcome.Exited(3)),
        exit(new Outcome.TimedOut()),
        exit(new Outcome.Cancelled()),
        exit(new Outcome.NotStarted("no such folder")),
        exit(new Outcome.Ended("too much output")),
        exit(new Outcome.Unknown("agent started again")),
        new AgentMessage.TransferDone(TRANSFER, 3, 1L << 40, Optional.of("full")),
        new AgentMessage.FileContent(REQUEST, bytes(""), List.of("a secret")),
        new AgentMessage.FileState(REQUEST, true),
        new AgentMessage.FileFailed(REQUEST, "no"),
        new AgentMessage.Pong(),
        new AgentMessage.Bye("stopped"));
  }

  private static ControllerMessage.Registered registered(Optional<String> account) {
    return new ControllerMessage.Registered(
        "session",
        "token",
        "examples/dtap",
        7,
        account,
        "eu-west-1",
        CredentialsMode.DEPLOY_ROLE,
        Duration.ofSeconds(30),
        "examples_dtap");
  }

  private static AgentMessage.Exit exit(Outcome outcome) {
    return new AgentMessage.Exit(STEP, 9, outcome, Optional.of("captured"));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
