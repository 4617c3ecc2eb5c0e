package dev.deputy.agent;

import static dev.deputy.agent.RunningAgent.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.IdentityProof;
import dev.deputy.protocol.Outcome;
import dev.deputy.protocol.StepId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
  @TempDir Path folder;
  private FakeController controller;
  private FakeAws aws;

  @BeforeEach
  void open() throws Exception {
    assertThat(folder.toFile().setExecutable(true, false)).isTrue();
    controller = new FakeController();
    aws = new FakeAws();
  }

  @AfterEach
  void close() throws Exception {
    assertThat(controller.complaints()).isEmpty();
    assertThat(aws.complaints).isEmpty();
    controller.send(new ControllerMessage.Stop());
    controller.stop();
    aws.close();
  }

  @Test
  void identityIsProvenForThisControllerNonceAndKey() throws Exception {
    RunningAgent.start(controller, aws, folder);

    AgentMessage.Register register = controller.await(AgentMessage.Register.class);
    Map<String, String> headers = register.signedHeaders();
    assertThat(headers)
        .containsEntry(IdentityProof.SERVER_HEADER, FakeController.SERVER_ID)
        .containsEntry(IdentityProof.NONCE_HEADER, "nonce-1")
        .containsEntry(IdentityProof.KEY_HEADER, register.publicKey());
    String authorization = String.valueOf(headers.get("authorization"));
    String names = authorization.replaceFirst(".*SignedHeaders=([^,]*),.*", "$1");
    assertThat(Arrays.asList(names.split(";", -1))).containsAll(IdentityProof.SIGNED_HEADERS);
    assertThat(FakeAws.signedByTask(aws.sts(), headers, IdentityProof.BODY)).isTrue();
    controller.await(AgentMessage.Ready.class); // makes no more files that nobody would remove
  }

  @Test
  void scriptRunsTracedAndItsStatusComesAfterItsOutput() throws Exception {
    RunningAgent.start(controller, aws, folder);
    controller.await(AgentMessage.Ready.class);

    controller.send(script("one", "echo hello\necho problem >&2\nexit 3\n"));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(3));
    assertThat(controller.output("one"))
        .isEqualTo("+ echo hello\nhello\n+ echo problem\nproblem\n+ exit 3\n");
  }

  @Test
  void scriptEndsAtItsFirstFailure() throws Exception {
    RunningAgent.start(controller, aws, folder);
    controller.await(AgentMessage.Ready.class);

    controller.send(script("one", "false\necho not reached\n"));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(1));
    assertThat(controller.output("one")).isEqualTo("+ false\n");
  }

  @Test
  void scriptWithItsOwnInterpreterIsRunByIt() throws Exception {
    RunningAgent.start(controller, aws, folder);
    controller.await(AgentMessage.Ready.class);

    controller.send(script("one", "#!/usr/bin/env -S awk -f\nBEGIN { print 6 * 7 }\n"));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(controller.output("one")).isEqualTo("42\n");
  }

  @Test
  void outputIsLiveAndNotHeldBackUntilTheEnd() throws Exception {
    RunningAgent.start(controller, aws, folder);
    AgentMessage.Ready ready = controller.await(AgentMessage.Ready.class);

    controller.send(script("one", "echo first\nuntil test -e go; do sleep 0.05; done\n"));
    controller.awaitOutput("one", "first\n");

    assertThat(controller.heard(AgentMessage.Exit.class)).isEmpty();
    Files.createFile(Path.of(ready.workspace(), "go"));
    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
  }

  @Test
  void capturedOutputGoesIntoTheExitAndErrorsIntoTheLog() throws Exception {
    RunningAgent.start(controller, aws, folder);
    controller.await(AgentMessage.Ready.class);

    controller.send(
        new ControllerMessage.Start(
            new StepId("one"),
            "#!/bin/sh\necho result; echo problem >&2; echo the-mask",
            Map.of(),
            "",
            Optional.empty(),
            true,
            List.of("the-mask")));

    assertThat(controller.awaitExit("one").captured()).contains("result\n****\n");
    assertThat(controller.output("one"))
        .isEqualTo(
            "problem\n"
                + "WARNING: there are secrets in the captured output; the pipeline gets **** in"
                + " their place\n");
  }

  @Test
  void repeatedOrderIsAnsweredAndNotRunAgain() throws Exception {
    RunningAgent.start(controller, aws, folder);
    controller.await(AgentMessage.Ready.class);
    ControllerMessage.Start order = script("one", "echo ran >> log\n");
    controller.send(order);
    controller.awaitExit("one");

    controller.send(order);
    controller.send(script("two", "cat log\n"));

    controller.awaitExit("two");
    assertThat(controller.output("two")).isEqualTo("+ cat log\nran\n");
    assertThat(controller.heard(AgentMessage.Exit.class))
        .filteredOn(exit -> exit.step().value().equals("one"))
        .hasSize(2)
        .containsOnly(controller.awaitExit("one"));
  }

  @Test
  void attemptOfAnAgentBeforeIsNeverRunAgain() throws Exception {
    AgentFolder before = AgentFolder.make(folder.resolve("agent"));
    assertThat(new Attempts(before.control()).begin(new StepId("one"))).isTrue();
    RunningAgent.start(controller, aws, folder);
    AgentMessage.Ready ready = controller.await(AgentMessage.Ready.class);

    controller.send(script("one", "touch it-ran\n"));

    assertThat(controller.awaitExit("one").outcome()).isInstanceOf(Outcome.Unknown.class);
    assertThat(Path.of(ready.workspace(), "it-ran")).doesNotExist();
  }

  @Test
  void resultOfAnAgentBeforeIsRepeated() throws Exception {
    AgentFolder before = AgentFolder.make(folder.resolve("agent"));
    Attempts attempts = new Attempts(before.control());
    StepId step = new StepId("one");
    attempts.begin(step);
    Files.writeString(attempts.spool(step), "what it said\n");
    attempts.end(new AgentMessage.Exit(step, 9, new Outcome.Exited(4), Optional.empty()));
    RunningAgent.start(controller, aws, folder);
    controller.await(AgentMessage.Ready.class);

    controller.send(script("one", "echo again\n"));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(4));
    assertThat(controller.output("one")).isEqualTo("what it said\n");
  }

  @Test
  void reconnectionSendsExactlyWhatIsNotAcknowledged() throws Exception {
    RunningAgent.start(controller, aws, folder);
    AgentMessage.Ready ready = controller.await(AgentMessage.Ready.class);
    controller.send(
        script(
            "one",
            """
            #!/bin/sh
            echo before
            until test -e go; do sleep 0.05; done
            seq 20000
            until test -e end; do sleep 0.05; done
            """));
    controller.awaitOutput("one", "before\n");
    int framesBefore = controller.frames().size();

    controller.acknowledging(false);
    Files.createFile(Path.of(ready.workspace(), "go"));
    controller.awaitFrames(framesBefore + 3);
    controller.cut();
    controller.acknowledging(true);
    Files.createFile(Path.of(ready.workspace(), "end"));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(controller.output("one")).startsWith("before\n1\n").endsWith("\n19999\n20000\n");
    long acknowledgedBefore = controller.frames().get(framesBefore - 1).seq();
    assertThat(controller.frames().subList(framesBefore, controller.frames().size()))
        .allSatisfy(frame -> assertThat(frame.seq()).isGreaterThan(acknowledgedBefore));
    assertThat(controller.heard(AgentMessage.Resume.class)).hasSize(1);
  }

  @Test
  void stepThatEndsWithoutConnectionIsReportedAfterIt() throws Exception {
    RunningAgent.start(controller, aws, folder);
    AgentMessage.Ready ready = controller.await(AgentMessage.Ready.class);
    controller.send(
        script("one", "echo before\nuntil test -e go; do sleep 0.05; done\ntouch done\n"));
    controller.awaitOutput("one", "before\n");

    controller.accepting(false);
    controller.cut();
    Files.createFile(Path.of(ready.workspace(), "go"));
    controller.awaitConnections(3);
    controller.accepting(true);

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(controller.output("one")).endsWith("+ touch done\n");
  }

  @Test
  void refusedAgentEnds() throws Exception {
    controller.refusing("the launch is not waiting");

    RunningAgent agent = RunningAgent.start(controller, aws, folder);

    assertThat(agent.awaitStatus()).isEqualTo(1);
    assertThat(controller.heard(AgentMessage.Ready.class)).isEmpty();
  }

  @Test
  void agentThatCannotConnectGivesUp() throws Exception {
    controller.accepting(false);

    RunningAgent agent =
        RunningAgent.start(
            RunningAgent.config(controller.address(), aws, folder, Duration.ofSeconds(1)));

    assertThat(agent.awaitStatus()).isEqualTo(75);
  }

  @Test
  void stoppedAgentEndsItsStepsAndRemovesItsFolder() throws Exception {
    RunningAgent agent = RunningAgent.start(controller, aws, folder);
    controller.await(AgentMessage.Ready.class);
    controller.send(script("one", "echo begun\nsleep 1000\n"));
    controller.awaitOutput("one", "begun");

    controller.send(new ControllerMessage.Stop());

    assertThat(agent.awaitStatus()).isZero();
    controller.await(AgentMessage.Bye.class);
    assertThat(folder.resolve("agent")).doesNotExist();
  }

  @Test
  void unknownMessageBreaksTheConnectionAndTheSessionGoesOn() throws Exception {
    RunningAgent.start(controller, aws, folder);
    controller.await(AgentMessage.Ready.class);

    controller.sendText("{\"type\":\"selfDestruct\"}");
    controller.await(AgentMessage.Resume.class);
    controller.send(script("one", "echo alive\n"));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
  }
}
