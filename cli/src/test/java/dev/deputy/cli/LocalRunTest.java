package dev.deputy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --local}: real files on this machine, through the command. */
class LocalRunTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 6];
    System.arraycopy(
        new String[] {
          "run",
          "--local",
          "--state",
          folder.resolve("state").toString(),
          "--log-dir",
          folder.resolve("logs").toString()
        },
        0,
        all,
        0,
        6);
    System.arraycopy(arguments, 0, all, 6, arguments.length);
    return Deputy.commandLine().execute(all);
  }

  private String log(Path pipeline) throws IOException {
    String name = pipeline.toString().substring(1).replaceAll("[^A-Za-z0-9_.+-]+", "_");
    return Files.readString(folder.resolve("logs").resolve(name + ".log"));
  }

  @Test
  void anyLabelIsServedAndFilesTravelBetweenAgents() throws IOException {
    Path pipeline =
        file(
            "Jenkinsfile",
            """
            node('linux && !(windows || mac)') {
              writeFile file: 'out/a.txt', text: 'from the first'
              stash name: 'files', includes: 'out/**'
              echo "labels ${env.NODE_LABELS}"
              first = pwd()
              node {
                unstash 'files'
                echo readFile('out/a.txt')
                sh 'echo status; exit 0'
                echo "own workspace: ${first != pwd()}"
              }
            }
            """);
    assertThat(run(pipeline.toString())).isZero();
    assertThat(log(pipeline))
        .contains("labels linux windows mac", "from the first", "+ echo status", "\nstatus\n")
        .contains("own workspace: true", "Finished: SUCCESS");
  }

  @Test
  void brokenFileIsReportedAndTheOthersRun() throws IOException {
    Path broken = file("broken.groovy", "pipeline { agent any }\n");
    Path good = file("good.groovy", "echo 'still here'\n");
    assertThat(run(broken.toString(), good.toString())).isEqualTo(65);
    assertThat(log(good)).contains("still here");
    assertThat(log(broken)).contains("broken.groovy:1:1", "stages");
  }

  @Test
  void worstResultCounts() throws IOException {
    Path unstable = file("unstable.groovy", "unstable 'so so'\n");
    Path failing = file("failing.groovy", "node { sh 'exit 4' }\n");
    Path good = file("good.groovy", "echo 'fine'\n");
    assertThat(run(unstable.toString(), good.toString())).isEqualTo(2);
    assertThat(run(failing.toString(), unstable.toString(), good.toString())).isEqualTo(1);
    assertThat(log(failing)).contains("script returned exit code 4");
  }

  @Test
  void filesThatWouldShareALogFileGetOneEach() {
    LogFolder logs = LogFolder.open(folder.resolve("logs"));
    assertThat(List.of(logs.reserve(Path.of("a/b")), logs.reserve(Path.of("a_b"))))
        .containsExactly(folder.resolve("logs/a_b.log"), folder.resolve("logs/a_b-2.log"));
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    Path pipeline =
        file("Jenkinsfile", "node { sh 'setsid sleep 1000 & echo $! > ../../../pid' }\n");
    assertThat(run(pipeline.toString())).isZero();
    long pid = Long.parseLong(Files.readString(folder.resolve("state/agents/pid")).strip());
    assertThat(commandLine(pid)).isEmpty();
    try (var left = Files.list(folder.resolve("state/agents"))) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("pid");
    }
  }

  /** Empty also for a process that has ended and that nobody has asked about yet. */
  private static String commandLine(long pid) throws IOException {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    } catch (NoSuchFileException _) {
      return "";
    }
  }

  @Test
  void localAndEndpointExcludeEachOther() throws IOException {
    Path pipeline = file("Jenkinsfile", "echo 'x'\n");
    assertThat(run("--endpoint-url", "http://127.0.0.1:1", pipeline.toString())).isEqualTo(64);
  }
}
