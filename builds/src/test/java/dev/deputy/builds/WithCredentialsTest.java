package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.JobName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets reach the steps of a block, and nothing else. */
class WithCredentialsTest {
  private static final List<String> SECRETS =
      List.of(
          TestCredentials.PASSWORD,
          TestCredentials.TOKEN,
          "c2VjcmV0IGtleSBvZiBzZWNyZXRz",
          "file-secret-0815-4711");

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void credentials() {
    bench = new Bench(folder);
    bench.credentials = new TestCredentials();
  }

  /** Whatever a test did: nothing that is kept of the build has a secret in it. */
  @AfterEach
  void nothingThatIsKeptHoldsASecret() {
    var build = new BuildId(new JobName(Bench.JOB), 1);
    assertThat(bench.builds.journal(build).toString()).doesNotContain(SECRETS);
    assertThat(bench.builds.find(build).toString()).doesNotContain(SECRETS);
    assertThat(bench.log()).doesNotContain(SECRETS);
    assertThat(bench.events.toString()).doesNotContain(SECRETS);
    assertThat(bench.audit.records().toString()).doesNotContain(SECRETS);
  }

  private BuildOutcome run(String bindings, String body) {
    return bench.run("node { withCredentials([" + bindings + "]) { " + body + " } }");
  }

  private Path workspace() {
    return folder.resolve("agents/agent-0");
  }

  @Test
  void textIsAVariableThatTheLogHides() throws IOException {
    BuildOutcome outcome =
        run(
            "string(credentialsId: 'token', variable: 'TOKEN')",
            "sh 'printf %s \"$TOKEN\" > out; echo \"is $TOKEN\"'; echo \"has ${env.TOKEN.length()}"
                + " $TOKEN\"");

    assertThat(outcome.state()).isEqualTo(BuildState.SUCCESS);
    assertThat(workspace().resolve("out")).hasContent(TestCredentials.TOKEN);
    assertThat(bench.log())
        .contains("Masking supported pattern matches of $TOKEN", "is ****", "has 17 ****");
  }

  @Test
  void variableIsGoneAfterTheBlock() {
    bench.run(
        """
        withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) { echo 'in' }
        echo "after: ${env.TOKEN}"
        """);

    assertThat(bench.log()).contains("after: null");
  }

  @Test
  void userNameAndPasswordComeTogetherOrApart() throws IOException {
    run(
        "usernamePassword(credentialsId: 'login', usernameVariable: 'U', passwordVariable: 'P'),"
            + " usernameColonPassword(credentialsId: 'login', variable: 'UP')",
        "sh 'printf %s \"$U|$P|$UP\" > out; echo \"$UP\"'; echo U");

    String password = TestCredentials.PASSWORD;
    assertThat(workspace().resolve("out")).hasContent("ann|" + password + "|ann:" + password);
    assertThat(bench.log()).contains("Masking supported pattern matches of $P or $UP");
  }

  @Test
  void classNamesOfBindingsWorkLikeTheirSymbols() throws IOException {
    run(
        "[$class: 'UsernamePasswordMultiBinding', credentialsId: 'login', usernameVariable: 'U',"
            + " passwordVariable: 'P'], [$class: 'AmazonWebServicesCredentialsBinding',"
            + " credentialsId: 'cloud'], [$class: 'StringBinding', credentialsId: 'token',"
            + " variable: 'T']",
        "sh 'printf %s \"$U|$P|$AWS_ACCESS_KEY_ID|$AWS_SECRET_ACCESS_KEY|$T\" > out'");

    assertThat(workspace().resolve("out"))
        .hasContent(
            String.join(
                "|",
                "ann",
                TestCredentials.PASSWORD,
                "AKIA1",
                TestCredentials.TOKEN,
                TestCredentials.TOKEN));
  }

  @Test
  void filesAreTheStepsOwnAndGoneAfterTheBlock() throws IOException {
    run(
        "file(credentialsId: 'config', variable: 'CONFIG'), sshUserPrivateKey(credentialsId: 'key',"
            + " keyFileVariable: 'KEY', usernameVariable: 'WHO')",
        "sh 'ls -l \"$CONFIG\" | cut -c1-10 > mode; cat \"$CONFIG\" > config; cat \"$KEY\" > key;"
            + " echo \"$WHO\"; echo \"$CONFIG\"; cat \"$CONFIG\" \"$KEY\"; printf %s \"$CONFIG\" >"
            + " path'");

    assertThat(workspace().resolve("mode")).hasContent("-rw-------");
    assertThat(workspace().resolve("config")).hasContent(TestCredentials.FILE);
    assertThat(workspace().resolve("key")).hasContent(TestCredentials.KEY);
    String path = Files.readString(workspace().resolve("path"));
    assertThat(path).endsWith("/config.yml");
    assertThat(Path.of(path)).doesNotExist();
    assertThat(Path.of(path + "/../..").normalize()).doesNotExist();
    assertThat(bench.log()).doesNotContain(path);
  }

  @Test
  void filesAreGoneAlsoWhenTheBlockFails() throws IOException {
    BuildOutcome outcome =
        run(
            "file(credentialsId: 'config', variable: 'CONFIG')",
            "sh 'printf %s \"$CONFIG\" > path; exit 3'");

    assertThat(outcome.state()).isEqualTo(BuildState.FAILURE);
    assertThat(Path.of(Files.readString(workspace().resolve("path")))).doesNotExist();
  }

  @Test
  void unknownIdIsToldInJenkinsWordsWithTheNearest() {
    BuildOutcome outcome = run("string(credentialsId: 'tokem', variable: 'T')", "echo 'x'");

    assertThat(outcome.state()).isEqualTo(BuildState.FAILURE);
    assertThat(bench.log())
        .contains("ERROR: Could not find credentials entry with ID 'tokem'; did you mean 'token'?");
  }

  @Test
  void credentialOfAnotherKindIsRefused() {
    run("string(credentialsId: 'login', variable: 'T')", "echo 'x'");

    assertThat(bench.log())
        .contains(
            "Credentials 'login' is of type 'Username with password' where 'Secret text' was"
                + " expected");
  }

  @Test
  void environmentCredentialsGiveWhatTheKindGives() throws IOException {
    run(
        "[$class: 'EnvironmentCredentials', credentialsId: 'login', variable: 'A'],"
            + " [$class: 'EnvironmentCredentials', credentialsId: 'token', variable: 'B'],"
            + " [$class: 'EnvironmentCredentials', credentialsId: 'config', variable: 'C']",
        "sh 'printf %s \"$A|$A_USR|$A_PSW|$B|\" > out; cat \"$C\" >> out'");

    String password = TestCredentials.PASSWORD;
    assertThat(workspace().resolve("out"))
        .hasContent(
            "ann:"
                + password
                + "|ann|"
                + password
                + "|"
                + TestCredentials.TOKEN
                + "|"
                + TestCredentials.FILE);
  }

  @Test
  void interpolationIsWarnedOfAndStillHidden() {
    run("string(credentialsId: 'token', variable: 'TOKEN')", "sh \"test -n '$TOKEN'\"");

    assertThat(bench.log())
        .contains("using Groovy String interpolation", "variable(s): [TOKEN]", "+ test -n ****");
  }

  @Test
  void secretInAnErrorIsHidden() {
    run("string(credentialsId: 'token', variable: 'TOKEN')", "error \"bad token $TOKEN\"");

    assertThat(bench.log()).contains("ERROR: bad token ****");
  }

  @Test
  void whatOnlyTheAgentMayReadNeverComesToTheController() throws IOException {
    Path programs = Files.createDirectories(folder.resolve("programs"));
    Path aws = programs.resolve("aws");
    Files.writeString(
        aws,
        "#!/bin/sh\ncase \"$*\" in *json*) echo '{\"user\":\"x\",\"password\":\""
            + TestCredentials.PASSWORD.replace("'", "'\\''")
            + "\"}' ;; *ssm*) echo parameter-s3cret ;; *) echo '"
            + TestCredentials.TOKEN
            + "' ;; esac\n");
    Files.setPosixFilePermissions(aws, PosixFilePermissions.fromString("rwxr-xr-x"));

    BuildOutcome outcome =
        bench.run(
            "node { withEnv(['PATH+X="
                + programs
                + "']) { withCredentials([string(credentialsId:"
                + " 'far', variable: 'FAR'), string(credentialsId: 'field', variable: 'FIELD'),"
                + " string(credentialsId: 'parameter', variable: 'P')]) {"
                + " echo \"seen: $FAR\"; sh 'set +x; printf %s \"$FAR|$FIELD|$P\" > out' } } }");

    assertThat(outcome.state()).as(bench.log()).isEqualTo(BuildState.SUCCESS);
    assertThat(workspace().resolve("out"))
        .hasContent(TestCredentials.TOKEN + "|" + TestCredentials.PASSWORD + "|parameter-s3cret");
    assertThat(bench.log()).contains("seen: ****");
  }

  @Test
  void dockerCertificatesAreRefusedWithWhatToDoInstead() {
    run("dockerCert(credentialsId: 'x', variable: 'Y')", "echo 'x'");

    assertThat(bench.log()).contains("dockerCert is not supported", "docker.withRegistry");
  }

  @Test
  void textNeedsNoAgentButFilesDo() {
    bench.run("withCredentials([file(credentialsId: 'config', variable: 'C')]) { echo 'x' }");

    assertThat(bench.log()).contains("requires a node context", "'withCredentials'");
  }
}
