package dev.deputy.agent;

import static dev.deputy.agent.RunningAgent.script;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.Isolation;
import dev.deputy.protocol.Outcome;
import dev.deputy.protocol.RequestId;
import dev.deputy.protocol.StepId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepProcessTest {
  @TempDir Path folder;
  private FakeController controller;
  private FakeAws aws;
  private AgentMessage.Ready ready;

  @BeforeEach
  void open() throws Exception {
    assertThat(folder.toFile().setExecutable(true, false)).isTrue();
    controller = new FakeController();
    aws = new FakeAws();
    RunningAgent.start(controller, aws, folder);
    ready = controller.await(AgentMessage.Ready.class);
  }

  @AfterEach
  void close() throws Exception {
    assertThat(controller.complaints()).isEmpty();
    controller.send(new ControllerMessage.Stop());
    controller.await(AgentMessage.Bye.class);
    controller.stop();
    aws.close();
  }

  @Test
  void cancelEndsGrandchildrenInTheirOwnSessionsToo() throws Exception {
    controller.send(
        script(
            "one",
            """
            set +x
            (sleep 1001 & echo pid $!)
            setsid sh -c 'echo pid $$; exec sleep 1002' &
            (trap '' TERM; sh -c 'echo pid $$; exec sleep 1003') &
            sleep 1004
            """));
    controller.awaitLines("one", "pid ", 3);
    List<Long> pids = pids("one");

    controller.send(new ControllerMessage.Cancel(new StepId("one")));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Cancelled());
    assertThat(pids).hasSize(3).noneMatch(StepProcessTest::isAlive);
  }

  @Test
  void programsOfAPipelinesOwnPathNeverRunAsTheAgent() throws Exception {
    assumeTrue(
        controller.await(AgentMessage.Register.class).isolation() == Isolation.USER,
        "the agent is not root");
    controller.send(
        script(
            "trap",
            """
            mkdir trap
            for program in setpriv setsid sh env; do
              printf '#!/bin/sh\\nid -u >> %s/who\\nexec /usr/bin/%s "$@"\\n' "$PWD" $program > trap/$program
            done
            chmod 755 trap/*
            touch who; chmod 666 who
            """));
    assertThat(controller.awaitExit("trap").outcome()).isEqualTo(new Outcome.Exited(0));

    controller.send(
        script(
            "entered",
            "cat who",
            Map.of("PATH", ready.workspace() + "/trap:/usr/bin:/bin"),
            Optional.empty()));

    assertThat(controller.awaitExit("entered").outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(controller.output("entered").lines()).contains("10001").doesNotContain("0");
  }

  @Test
  void environmentReachesTheScriptAsItIs() throws Exception {
    String odd = "it's \"quoted\" $HOME `id`\n  second line \\n";

    controller.send(
        script(
            "one",
            "set +x\nprintf '%s' \"$ODD\"",
            Map.of("ODD", odd, "UID", "5", "not.a.name", "x"),
            Optional.empty()));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(controller.output("one")).contains(odd);
  }

  @Test
  void variableFromAFileReachesTheScriptAndIsMasked() throws Exception {
    String path = ready.temporary() + "/secretFiles/1/TOKEN";
    controller.send(
        new ControllerMessage.WriteFile(
            new RequestId("w"), path, ByteBuffer.wrap("fr0m-a-file".getBytes(UTF_8)), true));
    controller.await(AgentMessage.FileState.class);

    controller.send(
        new ControllerMessage.Start(
            new StepId("one"),
            "set +x\nstat -c %a \""
                + path
                + "\" \"$(dirname "
                + path
                + ")\"\n"
                + "test \"$TOKEN\" = fr0m-a-file\necho \"has $TOKEN\"",
            Map.of("TOKEN", "****"),
            "",
            Optional.empty(),
            false,
            List.of(),
            List.of(),
            Map.of("TOKEN", path)));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(controller.output("one").lines())
        .contains("600", "700", "has ****")
        .noneMatch(line -> line.contains("fr0m"));
  }

  @Test
  void variableFromAFileOutsideOfTheWorkspaceIsRefused() throws Exception {
    controller.send(
        new ControllerMessage.Start(
            new StepId("one"),
            "true",
            Map.of(),
            "",
            Optional.empty(),
            false,
            List.of(),
            List.of(),
            Map.of("TOKEN", "/etc/passwd")));

    assertThat(controller.awaitExit("one").outcome())
        .isInstanceOfSatisfying(
            Outcome.NotStarted.class,
            outcome -> assertThat(outcome.reason()).contains("outside of the workspace"));
  }

  @Test
  void stepThatIgnoresBeingAskedIsEndedAfterTheGrace() throws Exception {
    controller.send(
        script("one", "set +x\ntrap '' TERM\necho pid $$\nwhile true; do sleep 1; done\n"));
    controller.awaitLines("one", "pid ", 1);

    controller.send(new ControllerMessage.Cancel(new StepId("one")));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Cancelled());
    assertThat(pids("one")).noneMatch(StepProcessTest::isAlive);
  }

  @Test
  void stepMayCleanUpWhenItIsCancelled() throws Exception {
    controller.send(
        script(
            "one",
            """
            set +x
            trap 'echo cleaned; exit 1' TERM
            echo begun
            while true; do sleep 0.1; done
            """));
    controller.awaitOutput("one", "begun\n");

    controller.send(new ControllerMessage.Cancel(new StepId("one")));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Cancelled());
    assertThat(controller.output("one")).contains("cleaned\n");
  }

  @Test
  void stepIsEndedAfterItsTime() throws Exception {
    controller.send(script("one", "sleep 1000\n", Map.of(), Optional.of(Duration.ofMillis(200))));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.TimedOut());
  }

  @Test
  void stepEndsWithItsScriptAlthoughAServerStaysInTheBackground() throws Exception {
    controller.send(
        script("one", "set +x\nsh -c 'while :; do echo tick; sleep 0.2; done' &\necho pid $!\n"));
    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
    long server = pids("one").get(0);

    controller.send(script("two", "kill -0 " + server + '\n'));
    assertThat(controller.awaitExit("two").outcome()).isEqualTo(new Outcome.Exited(0));

    controller.send(new ControllerMessage.Stop());
    controller.await(AgentMessage.Bye.class);
    assertThat(isAlive(server)).isFalse();
  }

  @Test
  void signalOfSomebodyElseIsAnExitStatus() throws Exception {
    controller.send(script("one", "kill -KILL $$\n"));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(137));
  }

  @Test
  void everyByteOfALongOutputArrives() throws Exception {
    controller.send(script("one", "#!/bin/sh\nhead -c 20000000 /dev/zero\nseq 100000\n"));

    controller.awaitExit("one");
    assertThat(controller.length("one")).isEqualTo(20_000_000 + 588_895);
  }

  @Test
  void folderOfAStepIsMadeAndMayBeAnywhere() throws Exception {
    controller.send(in("one", "new/folder", "pwd\n"));
    controller.awaitExit("one");
    controller.send(script("two", "ln -s / root\n"));
    controller.awaitExit("two");
    controller.send(in("three", "root/etc", "pwd\n"));
    controller.awaitExit("three");
    controller.send(in("four", "/usr", "pwd; env\n"));
    controller.awaitExit("four");

    assertThat(controller.output("one")).endsWith(ready.workspace() + "/new/folder\n");
    assertThat(controller.output("three")).endsWith("\n/etc\n");
    assertThat(controller.output("four").lines())
        .contains("/usr")
        .noneMatch(line -> line.contains("OLDPWD"));
  }

  @Test
  void stepDoesNotComeIntoFoldersThatItsAccountIsKeptFrom() throws Exception {
    assumeTrue(
        controller.await(AgentMessage.Register.class).isolation() == Isolation.USER,
        "the agent is not root");
    Path open = Files.createDirectories(folder.resolve("closed/open"));
    Files.setPosixFilePermissions(folder.resolve("closed"), fromString("rwx------"));
    Files.setPosixFilePermissions(open, fromString("rwxrwxrwx"));

    controller.send(in("one", open.toString(), "pwd\n"));
    controller.send(script("two", "ln -s " + open + " link\n"));
    controller.awaitExit("two");
    controller.send(in("three", "link", "pwd\n"));

    for (String step : List.of("one", "three")) {
      assertThat(controller.awaitExit(step).outcome()).isInstanceOf(Outcome.NotStarted.class);
      assertThat(controller.output(step)).isEmpty();
    }
  }

  @Test
  void impossibleEnvironmentIsSaid() throws Exception {
    controller.send(script("one", "true\n", Map.of("A=B", "c"), Optional.empty()));

    assertThat(controller.awaitExit("one").outcome()).isInstanceOf(Outcome.NotStarted.class);
  }

  @Test
  void neitherScriptNorEnvironmentIsOnACommandLine() throws Exception {
    controller.send(
        script(
            "one",
            "set +x\n: script-text-marker\ncat /proc/[0-9]*/cmdline | tr '\\0' ' '; echo end\n",
            Map.of("SECRET", "value-text-marker"),
            Optional.empty()));

    controller.awaitOutput("one", "end\n");
    assertThat(controller.output("one"))
        .contains("one.sh")
        .doesNotContain("script-text-marker", "value-text-marker");
  }

  @Test
  void stepCannotReachTheAgent() throws Exception {
    assumeTrue(Programs.root(), "the agent is not root: isolation none");
    long agent = ProcessHandle.current().pid();
    String probe =
        "set +xe\nid -u\nid -G\ncat /proc/"
            + agent
            + "/environ\ngrep -E 'NoNewPrivs|Cap(Eff|Prm|Bnd)' /proc/self/status\n"
            + "ls "
            + folder
            + "/agent/control\nkill -0 "
            + agent
            + "\ntouch "
            + folder
            + "/agent/scripts/x\necho more >> \"$0\"; echo done\n";

    controller.send(script("one", probe));

    controller.awaitOutput("one", "done\n");
    assertThat(controller.await(AgentMessage.Register.class).isolation()).isEqualTo(Isolation.USER);
    assertThat(controller.output("one"))
        .contains("10001\n10001\n")
        .containsPattern("environ: Permission denied")
        .containsPattern("CapPrm:\\s+0+\nCapEff:\\s+0+\nCapBnd:\\s+0+\nNoNewPrivs:\\s+1\n")
        .containsPattern("control'?: Permission denied")
        .containsPattern("kill.*not permitted")
        .containsPattern("touch: .*Permission denied")
        .containsPattern("(?i)one.sh: permission denied");
  }

  @Test
  void workspaceBelongsToTheStep() throws Exception {
    controller.send(script("one", "echo x > file\ncd\necho y > file\nls -A $WORKSPACE_TMP\n"));

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(Path.of(ready.workspace(), "file")).hasContent("x");
    assertThat(Path.of(ready.temporary(), "file")).hasContent("y");
    if (Programs.root()) {
      assertThat(Files.getAttribute(Path.of(ready.workspace(), "file"), "unix:uid"))
          .isEqualTo(10001);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'echo', 'sh,-xe'",
    "'', 'sh,-xe'",
    "'#!\n', 'sh,-xe'",
    "'#!/bin/sh\necho', '/bin/sh'",
    "'#! /bin/bash -e -u \r\necho', '/bin/bash,-e -u'",
    "'#!/usr/bin/env python3\n', '/usr/bin/env,python3'"
  })
  void interpreterIsReadAsTheKernelDoes(String script, String interpreter) {
    assertThat(Step.interpreter(script.translateEscapes()))
        .isEqualTo(List.of(interpreter.split(",", -1)));
  }

  private static ControllerMessage.Start in(String step, String dir, String script) {
    return new ControllerMessage.Start(
        new StepId(step), script, Map.of(), dir, Optional.empty(), false, List.of());
  }

  private List<Long> pids(String step) {
    return controller
        .output(step)
        .lines()
        .filter(line -> line.startsWith("pid "))
        .map(line -> Long.parseLong(line.substring(4)))
        .toList();
  }

  /** Waits a little for the kernel; one that nobody has asked about yet is not alive. */
  private static boolean isAlive(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      try {
        process.get().onExit().get(2, TimeUnit.SECONDS);
      } catch (Exception e) {
        return hasCommand(pid);
      }
    }
    return false;
  }

  private static boolean hasCommand(long pid) {
    try {
      return !Files.readString(Path.of("/proc/" + pid + "/cmdline")).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }
}
