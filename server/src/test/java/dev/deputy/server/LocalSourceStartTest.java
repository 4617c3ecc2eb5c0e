package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What looking at a checkout costs and leaves behind in a process of its own. */
class LocalSourceStartTest {
  @TempDir Path folder;

  /** Started by the test in a JVM of its own. */
  static final class Look {
    private Look() {}

    /** Prints the branch of a file's checkout. */
    public static void main(String[] arguments) throws IOException {
      LocalSource source = LocalSource.of(Path.of(arguments[0]));
      PrintStream out = System.out;
      out.println(source.source().branch().orElseThrow());
    }
  }

  @Test
  void neitherTheHomeIsWrittenNorTheGitProgramAsked() throws IOException, InterruptedException {
    GitCheckout checkout = GitCheckout.init(folder.resolve("checkout"));
    Path jenkinsfile = checkout.write("Jenkinsfile", "pipeline {}");
    checkout.commitAll();
    Path home = Files.createDirectory(folder.resolve("home"));
    Path programs = Files.createDirectory(folder.resolve("bin"));
    Path asked = folder.resolve("asked");
    Path git = Files.writeString(programs.resolve("git"), "#!/bin/sh\ntouch '" + asked + "'\n");
    assertThat(git.toFile().setExecutable(true)).isTrue();

    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Duser.home=" + home,
            "-cp",
            System.getProperty("java.class.path"),
            Look.class.getName(),
            jenkinsfile.toString());
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME",
                home.toString(),
                "PATH",
                programs.toString(),
                "XDG_CONFIG_HOME",
                home.resolve("xdg").toString()));
    Process look = builder.redirectErrorStream(true).start();
    String printed = new String(look.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(look.waitFor()).as(printed).isZero();
    assertThat(printed).endsWith("main\n");
    assertThat(asked).doesNotExist();
    try (Stream<Path> written = Files.list(home)) {
      assertThat(written).isEmpty();
    }
  }
}
