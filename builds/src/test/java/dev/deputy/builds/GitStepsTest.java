package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.access.Grants;
import dev.deputy.core.BuildState;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories that the agent's git program checks out. */
class GitStepsTest {
  @TempDir Path folder;
  private Bench bench;
  private Path remote;

  @BeforeEach
  void repositoryWithTwoBranchesAndATag() throws Exception {
    bench = new Bench(folder, new Grants(List.of(Bench.grant("local", "local", Optional.empty()))));
    bench.local = true;
    bench.credentials = new TestCredentials();
    remote = Files.createDirectories(folder.resolve("remote"));
    git("init", "-q", "-b", "main", ".");
    commit("file", "one");
    git("tag", "v1");
    git("checkout", "-q", "-b", "feature/x");
    commit("feature", "x");
    git("checkout", "-q", "main");
    commit("file", "two");
  }

  private void commit(String file, String content) throws Exception {
    Files.writeString(remote.resolve(file), content);
    git("add", "-A");
    git("commit", "-q", "-m", "says " + content);
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=Ann", "-c", "user.email=ann@example.com"));
    command.addAll(List.of(arguments));
    Process git =
        new ProcessBuilder(command).directory(remote.toFile()).redirectErrorStream(true).start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor()).as(said).isZero();
    return said.strip();
  }

  private BuildOutcome run(String body) {
    return bench.run("node { " + body.replaceAll("\\bURL\\b", "'" + remote + "'") + " }");
  }

  private void expectSuccess(String body) {
    BuildOutcome outcome = run(body);
    assertThat(outcome.state()).as(bench.log()).isEqualTo(BuildState.SUCCESS);
  }

  private String gitScm(String more) {
    return "checkout([$class: 'GitSCM', userRemoteConfigs: [[url: URL]], " + more + "])";
  }

  private Path workspace() {
    return folder.resolve("agents/agent-0");
  }

  @Test
  void gitChecksOutABranchOnALocalOne() {
    expectSuccess(
        "def r = git(url: URL, branch: 'main'); sh 'git rev-parse --abbrev-ref HEAD'; echo"
            + " \"${r.GIT_BRANCH} ${r.GIT_LOCAL_BRANCH} ${r.GIT_COMMIT.length()} ${r.GIT_URL =="
            + " URL}\"");

    assertThat(workspace().resolve("file")).hasContent("two");
    assertThat(bench.log())
        .contains("\nmain\n", "origin/main main 40 true", "Commit message: \"says two\"");
  }

  @Test
  void scmTakesBranchesTagsCommitsAndPatterns() throws Exception {
    String first = git("rev-parse", "v1");
    expectSuccess(
        gitScm("branches: [[name: '*/feature/x']]")
            + "; sh 'cat feature'; "
            + gitScm("branches: [[name: 'refs/tags/v1']]")
            + "; sh 'cat file'; "
            + gitScm("branches: [[name: '" + first + "']]")
            + "; sh 'git rev-parse HEAD'; "
            + gitScm("branches: [[name: '*/feat*/x']]")
            + "; sh 'git status --porcelain'; "
            + "def r = "
            + gitScm("branches: [[name: 'nowhere'], [name: 'origin/main']]")
            + "; echo \"last ${r.GIT_BRANCH}\"");

    assertThat(bench.log()).contains("\nx\n", "\none\n", "\n" + first + "\n", "last origin/main");
  }

  @Test
  void branchMayNameAVariable() {
    expectSuccess("withEnv(['B=feature/x']) { " + gitScm("branches: [[name: '*/$B']]") + " }");

    assertThat(workspace().resolve("feature")).exists();
  }

  @Test
  void unknownBranchFailsInJenkinsWords() {
    BuildOutcome outcome = run(gitScm("branches: [[name: 'nowhere']]"));

    assertThat(outcome.state()).isEqualTo(BuildState.FAILURE);
    assertThat(bench.log()).contains("Couldn't find any revision to build");
  }

  @Test
  void extensionsDoWhatTheyDoInJenkins() {
    expectSuccess(
        "sh 'mkdir -p sub && touch sub/stale'; "
            + gitScm(
                "branches: [[name: 'main']], extensions: [[$class: 'RelativeTargetDirectory',"
                    + " relativeTargetDir: 'sub'], [$class: 'CloneOption', shallow: true, depth: 1,"
                    + " noTags: true, reference: '', timeout: 5], [$class: 'LocalBranch',"
                    + " localBranch: '**'], [$class: 'CleanCheckout'], [$class: 'WipeWorkspace'],"
                    + " [$class: 'PruneStaleBranch'], [$class: 'UserIdentity', name: 'Bob', email:"
                    + " 'bob@example.com'], [$class: 'Unheard']]")
            + "; dir('sub') { sh 'ls; git rev-parse --abbrev-ref HEAD; git config user.name; git"
            + " tag'}");

    assertThat(workspace().resolve("sub/file")).hasContent("two");
    assertThat(workspace().resolve("sub/stale")).doesNotExist();
    assertThat(bench.log())
        .contains(
            "\nmain\n",
            "\nBob\n",
            "WARNING: the git extension Unheard is not supported and has no effect")
        .doesNotContain("\nv1\n");
  }

  @Test
  void symbolsOfExtensionsWorkToo() {
    expectSuccess(
        "checkout scmGit(branches: [[name: 'main']], extensions: [cloneOption(shallow: true, depth:"
            + " 1), cleanBeforeCheckout(), localBranch('work')], userRemoteConfigs: [[url: URL]]);"
            + " sh 'git rev-parse --abbrev-ref HEAD; git rev-list --count HEAD'");

    assertThat(bench.log()).contains("\nwork\n");
  }

  @Test
  void mergeBeforeTheBuildMerges() {
    expectSuccess(
        gitScm(
            "branches: [[name: 'feature/x']], extensions: [[$class: 'UserIdentity', name: 'B',"
                + " email: 'b@x'], [$class: 'PreBuildMerge', options: [mergeRemote: 'origin',"
                + " mergeTarget: 'main']]]"));

    assertThat(workspace().resolve("feature")).exists();
    assertThat(workspace().resolve("file")).hasContent("two");
  }

  @Test
  void secondCheckoutFollowsTheBranch() throws Exception {
    expectSuccess(
        "git url: URL, branch: 'main'\nsh 'cd "
            + remote
            + " && echo three > file && git -c"
            + " user.name=A -c user.email=a@x commit -qam three'\ngit url: URL, branch: 'main'\n"
            + "sh 'cat file; git status --porcelain'");

    assertThat(bench.log()).contains("\nthree\n", "Fetching changes from the remote");
  }

  @Test
  void missingCredentialIsWarnedAboutAndAnOpenRepositoryStillFetched() {
    expectSuccess("git url: URL, branch: 'main', credentialsId: 'nobody'");

    assertThat(bench.log()).contains("Warning: CredentialId \"nobody\" could not be found.");
  }

  @Test
  void credentialsAreInNoArgumentAndNoFileAfterwards() throws IOException {
    Path programs = Files.createDirectories(folder.resolve("programs"));
    Path fake = programs.resolve("git");
    Files.writeString(
        fake,
        "#!/bin/sh\n{ echo \"$@\"; case \"$*\" in *fetch*) echo \"u=$($GIT_ASKPASS Username)"
            + " p=$($GIT_ASKPASS Password)\" > "
            + folder
            + "/asked; tr '\\0' ' ' </proc/$$/cmdline ;;"
            + " esac; } >> "
            + folder
            + "/calls\nexec "
            + "/usr/bin/git \"$@\"\n");
    fake.toFile().setExecutable(true);
    expectSuccess(
        "withEnv(['PATH+F="
            + programs
            + "']) { git url: URL, branch: 'main', credentialsId: 'login' }");

    assertThat(folder.resolve("asked")).hasContent("u=ann p=" + TestCredentials.PASSWORD);
    assertThat(Files.readString(folder.resolve("calls"))).doesNotContain("pa55").contains("fetch");
    assertThat(bench.log()).doesNotContain("pa55").contains("using credential login");
    assertThat(folder.resolve("agents/agent-0@tmp/secretFiles")).isEmptyDirectory();
    assertThat(Files.readString(workspace().resolve(".git/config"))).doesNotContain("pa55");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--upload-pack=touch /tmp/x",
        "-oProxyCommand=x",
        "ext::sh -c touch% /tmp/x",
        "fd::17",
        "ssh://-oProxyCommand=x/y",
        "https://ann:pa55@example.com/x",
        "gopher://example.com/x",
        "https://example.com/\nx",
        "",
        "x::y"
      })
  void addressesThatGitWouldTakeForSomethingElseAreRefused(String url) {
    Assertions.assertThatThrownBy(() -> GitAddress.require("git", url, true))
        .isInstanceOf(StepFailed.class)
        .hasMessageNotContaining("pa55");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/x.git",
        "git@github.com:org/repo.git",
        "ssh://git@example.com:2222/x.git",
        "git://example.com/x",
        "https://token@example.com/x"
      })
  void addressesOfServersAreTaken(String url) {
    assertThat(GitAddress.require("git", url, false)).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc", "file:///etc", "../other", "FILE:///etc"})
  void filesOfTheMachineAreFetchedFromOnlyUnderLocal(String url) {
    assertThat(GitAddress.require("git", url, true)).isEqualTo(url);
    Assertions.assertThatThrownBy(() -> GitAddress.require("git", url, false))
        .hasMessageContaining("deputy run --local");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--upload-pack=x", "-b", "a b", "a..b", "a\nb", ":^(?!x).*", "x~1"})
  void branchesThatGitWouldTakeForSomethingElseAreRefused(String branch) {
    Assertions.assertThatThrownBy(() -> GitAddress.requireRevision("git", branch))
        .isInstanceOf(StepFailed.class);
  }

  @Test
  void hostileSubmoduleCanNotRunAProgram() throws Exception {
    Files.writeString(
        remote.resolve(".gitmodules"),
        "[submodule \"x\"]\n\tpath = x\n\turl = ext::sh -c touch% " + folder + "/pwned\n");
    git("update-index", "--add", "--cacheinfo", "160000," + git("rev-parse", "HEAD") + ",x");
    git("add", ".gitmodules");
    git("commit", "-q", "-m", "hostile");

    BuildOutcome outcome =
        run(gitScm("branches: [[name: 'main']], extensions: [[$class: 'SubmoduleOption']]"));

    assertThat(outcome.state()).isEqualTo(BuildState.FAILURE);
    assertThat(folder.resolve("pwned")).doesNotExist();
  }
}
