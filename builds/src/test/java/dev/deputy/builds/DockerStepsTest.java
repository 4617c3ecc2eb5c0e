package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.access.Grants;
import dev.deputy.core.BuildState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a program called docker that writes down how it is called, and runs what exec is given.
 */
class DockerStepsTest {
  private static final String FAKE =
      """
      #!/bin/sh
      printf '%s\\n' "$*" >> FOLDER/calls
      case $1 in
        inspect) exit 1 ;;
        login) cat > FOLDER/password; echo '{"auths":{}}' > "$DOCKER_CONFIG/config.json" ;;
        exec)
          while :; do case $1 in deputy-*) break ;; esac; shift; done
          shift
          exec "$@" ;;
        run) echo c0ffee ;;
        port) echo 0.0.0.0:32768 ;;
      esac
      """;

  @TempDir Path folder;
  private Bench bench;
  private Path programs;

  @BeforeEach
  void fakeDocker() throws IOException {
    bench = new Bench(folder, new Grants(List.of(Bench.grant("local", "local", Optional.empty()))));
    bench.local = true;
    bench.credentials = new TestCredentials();
    programs = Files.createDirectories(folder.resolve("programs"));
    Path docker = programs.resolve("docker");
    Files.writeString(docker, FAKE.replace("FOLDER", folder.toString()));
    assertThat(docker.toFile().setExecutable(true)).isTrue();
  }

  private void expectSuccess(String body) {
    BuildOutcome outcome =
        bench.run("node { withEnv(['PATH+D=" + programs + "']) { " + body + " } }");
    assertThat(outcome.state()).as(bench.log()).isEqualTo(BuildState.SUCCESS);
  }

  private String calls() throws IOException {
    return Files.readString(folder.resolve("calls"));
  }

  @Test
  void blockInsideOfAnImageRunsItsScriptsThereAndLeavesNoContainer() throws IOException {
    expectSuccess(
        "docker.image('maven:3.9').inside('-v \"/a b:/m2\" -u root') { sh 'echo in here > out';"
            + " def x = sh(script: 'printf here', returnStdout: true); echo \"got $x\" }");

    assertThat(folder.resolve("agents/agent-0/out")).hasContent("in here");
    assertThat(bench.log()).contains("[Pipeline] withDockerContainer", "got here");
    assertThat(calls().lines())
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("run --detach --tty --name deputy-")
                .contains("-v /a b:/m2 -u root", "maven:3.9 cat"))
        .anySatisfy(line -> assertThat(line).startsWith("pull maven:3.9"))
        .anySatisfy(line -> assertThat(line).startsWith("exec --workdir "))
        .last()
        .asString()
        .startsWith("rm --force --volumes deputy-");
  }

  @Test
  void containerIsRemovedAlsoWhenTheBlockFails() throws IOException {
    BuildOutcome outcome =
        bench.run(
            "node { withEnv(['PATH+D="
                + programs
                + "']) { docker.image('x').inside { sh 'exit 4' }"
                + " } }");

    assertThat(outcome.state()).isEqualTo(BuildState.FAILURE);
    assertThat(bench.log()).contains("script returned exit code 4");
    assertThat(calls().lines()).last().asString().startsWith("rm --force --volumes deputy-");
  }

  @Test
  void variablesGoInByNameAndSecretsAreInNoArgument() throws IOException {
    expectSuccess(
        "withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) {"
            + " docker.image('x').inside { sh 'printf %s \"$TOKEN\" > out' } }");

    assertThat(folder.resolve("agents/agent-0/out")).hasContent(TestCredentials.TOKEN);
    assertThat(calls()).contains("--env TOKEN").doesNotContain(TestCredentials.TOKEN);
  }

  @Test
  void imagesAreBuiltTaggedAndPushedToARegistryWithASignIn() throws IOException {
    expectSuccess(
        "docker.withRegistry('https://registry.example.com', 'login') { def image ="
            + " docker.build('shop/web:1', '-f Dockerfile .'); image.push(); image.push('latest');"
            + " echo \"is ${image.id} ${image.imageName()}\" }");

    assertThat(folder.resolve("password")).hasContent(TestCredentials.PASSWORD);
    assertThat(calls().lines())
        .contains(
            "login --username ann --password-stdin https://registry.example.com",
            "build -t shop/web:1 -f Dockerfile .",
            "push registry.example.com/shop/web:1",
            "push registry.example.com/shop/web:latest");
    assertThat(calls()).doesNotContain("pa55");
    assertThat(bench.log())
        .contains("is shop/web:1 registry.example.com/shop/web:1")
        .doesNotContain("pa55");
    assertThat(folder.resolve("agents/agent-0@tmp/secretFiles")).isEmptyDirectory();
  }

  @Test
  void containerBesideTheBlockIsStoppedAfterIt() throws IOException {
    expectSuccess(
        "docker.image('mysql:8').withRun('-e X=1 -p 3306') { c -> echo \"runs ${c.id}"
            + " ${c.port(3306)}\" }");

    assertThat(bench.log()).contains("runs c0ffee 0.0.0.0:32768");
    assertThat(calls().lines())
        .contains("run -d -e X=1 -p 3306 mysql:8", "rm --force --volumes c0ffee");
  }

  @Test
  void imageIsBuiltFromADockerfileForTheBlock() throws IOException {
    expectSuccess(
        "withDockerContainer(image: '', dockerfile: 'Dockerfile.ci', dir: 'build',"
            + " additionalBuildArgs: '--build-arg V=1') { sh 'true' }");

    assertThat(calls()).contains("-t deputy-", "--build-arg V=1 -f build/Dockerfile.ci build");
  }

  @Test
  void otherServersAndOddNamesAreRefused() {
    bench.run("node { docker.withServer('tcp://x') { } }");
    assertThat(bench.log()).contains("docker.withServer is not supported");
    Bench other = new Bench(folder);
    other.run("node { docker.image('--privileged').inside { } }");
    assertThat(other.log()).contains("does not allow Docker");
  }

  @Test
  void templateThatDoesNotAllowDockerIsNamed() {
    Bench strict = new Bench(folder);

    BuildOutcome outcome = strict.run("node { docker.image('x').inside { sh 'true' } }");

    assertThat(outcome.state()).isEqualTo(BuildState.FAILURE);
    assertThat(strict.log())
        .contains(
            "agent template builder does not allow Docker (expected: a template with docker: true");
  }
}
