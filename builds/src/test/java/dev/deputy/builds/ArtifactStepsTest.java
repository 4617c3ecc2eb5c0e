package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.access.AccessDecision;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.JobName;
import dev.deputy.core.Source;
import dev.deputy.pipeline.Jenkinsfiles;
import dev.deputy.pipeline.ParsedJenkinsfile;
import dev.deputy.testkit.InMemorySource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ArtifactStepsTest {
  private static final String KEPT =
      """
      writeFile file: 'out/a.txt', text: "a${env.BUILD_NUMBER}"
      writeFile file: 'out/deep/b.txt', text: 'b'
      archiveArtifacts 'out/**'
      deleteDir()
      """;

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
  }

  private BuildState run(String code) {
    return bench.run("node('builder') {\n" + code + "\n}").state();
  }

  private String log(int build) {
    return bench.logs.text(new BuildId(new JobName(Bench.JOB), build));
  }

  @Test
  void artifactsOfThisBuildComeBackUnderOtherNames() {
    assertThat(
            run(
                KEPT
                    + """
                    sh 'mkdir lib'
                    def paths = unarchive mapping: ['out/a.txt': 'lib', 'out/deep/b.txt': 'x/c.txt', 'out/': '.']
                    echo paths.collect { it - pwd() }.join(' ')
                    sh 'find . -type f | sort'
                    """))
        .as(bench.log())
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log())
        .contains("/lib/a.txt /x/c.txt /out/a.txt /out/deep/b.txt\n")
        .contains("./lib/a.txt\n./out/a.txt\n./out/deep/b.txt\n./x/c.txt\n");
  }

  @Test
  void artifactsThatAreNotThereCanNotComeBack() {
    assertThat(run("unarchive mapping: ['none': 'x']")).isEqualTo(BuildState.FAILURE);
    assertThat(bench.log()).contains("ERROR: no artifacts to unarchive in none");
  }

  @Test
  void artifactsAreCopiedFromTheBuildThatIsSelected() {
    run(KEPT);
    run(KEPT + "unstable 'hm'");
    run(KEPT + "error 'no'");
    assertThat(
            run(
                """
                def copied = { selector ->
                  sh 'rm -rf x'
                  copyArtifacts projectName: 'shop', selector: selector, filter: '**/a.txt', target: 'x', flatten: true
                  readFile 'x/a.txt'
                }
                echo copied(null)
                echo copied(lastSuccessful())
                echo copied(lastSuccessful(stable: true))
                echo copied(lastCompleted())
                echo copied(specific('3'))
                echo copied([$class: 'SpecificBuildSelector', buildNumber: 'lastStableBuild'])
                echo copied(permalink('lastFailedBuild'))
                step([$class: 'CopyArtifact', projectName: '/shop', includeBuildNumberInTargetPath: true])
                sh 'cat 2/out/deep/b.txt'
                """))
        .as(() -> log(4))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(log(4).lines().filter(line -> line.matches("a\\d")))
        .containsExactly("a2", "a2", "a1", "a3", "a3", "a1", "a3");
    assertThat(log(4)).contains("Copied 2 artifacts from \"/shop\" build number 2\n");
  }

  @Test
  void whatIsNotThereFailsUnlessItMayBeMissing() {
    assertThat(
            run(
                """
                copyArtifacts projectName: 'shop', optional: true
                copyArtifacts projectName: 'shop', selector: upstream(), optional: true
                copyArtifacts projectName: 'shop', selector: specific('1'), filter: '*.x', optional: true
                copyArtifacts projectName: 'other/job'
                """))
        .isEqualTo(BuildState.FAILURE);
    assertThat(bench.log())
        .contains("Unable to find a build for artifact copy from: shop (there is none, or ")
        .contains("Failed to copy artifacts from \"shop\" with filter: *.x\n")
        .contains("ERROR: Unable to find a build for artifact copy from: other/job (");
  }

  private static final String NAMES =
      """
      pipeline {
        agent { label 'builder' }
        options { copyArtifactPermission('web, deploy/*') }
        stages { stage('S') { steps { writeFile file: 'a.txt', text: 'a'; archiveArtifacts 'a.txt' } } }
      }
      """;

  /** Any job may have an agent there. */
  private World world() {
    Path at = folder.resolve("world");
    var granted =
        new AccessDecision.Granted(Bench.grant("all", "builder", Optional.empty()), List.of());
    return new World(at, new Bench(at, _ -> granted));
  }

  /** A build of a fork must not read what a protected job has made. */
  @ParameterizedTest
  @CsvSource({
    "shop/web, SUCCESS",
    "web, SUCCESS",
    "shop/deploy/prod, SUCCESS",
    "deploy/prod, SUCCESS",
    "shop/PR-1, FAILURE",
    "web2, FAILURE",
    "shop/web/x, FAILURE"
  })
  void onlyJobsThatTheFileNamesMayCopy(String reader, BuildState end) {
    World world = world();
    assertThat(world.life().run("shop/main", NAMES).orElseThrow().state())
        .isEqualTo(BuildState.SUCCESS);
    String copies =
        "node('builder') { copyArtifacts projectName: 'shop/main'; echo readFile('a.txt') }";
    assertThat(world.life().run(reader, copies).orElseThrow().state())
        .as(() -> world.log(World.build(reader, 1)))
        .isEqualTo(end);
    assertThat(world.log(World.build(reader, 1)).contains("does not let this job copy"))
        .isEqualTo(end == BuildState.FAILURE);
  }

  /** A job builds all its branches, and files with edits, which are of no branch. */
  @Test
  void branchesDoNotHaveEachOthersArtifacts() {
    World world = world();
    String keeps =
        "node('builder') { writeFile file: 'a.txt', text: env.BRANCH_NAME ?: 'edits';"
            + " archiveArtifacts 'a.txt' }";
    String copies =
        """
        node('builder') {
          copyArtifacts projectName: env.JOB_NAME, selector: lastSuccessful()
          echo "has ${readFile('a.txt')}"
        }
        """;
    Source main = InMemorySource.onMain(Map.of());
    Source edits = new InMemorySource(Map.of(), Optional.empty(), Optional.empty());
    for (Source source : List.of(main, edits)) {
      world.source = source;
      assertThat(world.life().run("shop", keeps).orElseThrow().state())
          .isEqualTo(BuildState.SUCCESS);
    }
    world.source = main;
    assertThat(world.life().run("shop", copies).orElseThrow().state())
        .isEqualTo(BuildState.SUCCESS);
    assertThat(world.log(World.build("shop", 3))).contains("has main\n");
    world.source = edits;
    assertThat(world.life().run("shop", copies).orElseThrow().state())
        .isEqualTo(BuildState.SUCCESS);
    assertThat(world.log(World.build("shop", 4))).contains("has edits\n");
  }

  @Test
  void withoutNamesOnlyTheJobItselfAndWhomItStartsMayCopy() {
    World world = world();
    world.jobs.put(
        "child",
        """
        node('builder') {
          copyArtifacts projectName: 'parent', selector: upstream()
          archiveArtifacts 'a.txt'
        }
        """);
    String parent =
        """
        node('builder') {
          writeFile file: 'a.txt', text: 'a'
          archiveArtifacts 'a.txt'
          def child = build 'child'
          copyArtifacts projectName: 'child', selector: specific("${child.number}"), target: 'x'
          copyArtifacts projectName: env.JOB_NAME, selector: specific(env.BUILD_NUMBER)
          properties([copyArtifactPermission('later')])
        }
        """;
    assertThat(world.life().run("parent", parent).orElseThrow().state())
        .as(() -> world.log(World.build("parent", 1)) + world.log(World.build("child", 1)))
        .isEqualTo(BuildState.SUCCESS);
    for (String reader : List.of("child", "other", "later")) {
      String copies = "node('builder') { copyArtifacts 'parent' }";
      assertThat(world.life().run(reader, copies).orElseThrow().state())
          .as(reader)
          .isEqualTo(reader.equals("later") ? BuildState.SUCCESS : BuildState.FAILURE);
    }
  }

  @Test
  void noSelectorLeadsOutOfTheBuilds() {
    assertThat(run("copyArtifacts projectName: '../../etc'")).isEqualTo(BuildState.FAILURE);
    assertThat(bench.log()).contains("ERROR: copyArtifacts: projectName: job: ");
  }

  @Test
  void aSelectorThatDoesNotExistIsRefusedBeforeAnythingRuns() {
    assertThat(
            Jenkinsfiles.parse(
                "Jenkinsfile",
                """
                pipeline {
                  agent any
                  stages { stage('S') { steps {
                    copyArtifacts projectName: 'x', selector: [$class: 'WorkspaceSelector']
                  } } }
                }
                """,
                Steps.all()))
        .isInstanceOf(ParsedJenkinsfile.Invalid.class);
  }

  @Test
  void digestsOfFilesAreKeptWithoutTheFiles() {
    assertThat(
            run(
                """
                writeFile file: "it's a.txt", text: 'a'
                writeFile file: 'b.log', text: 'b'
                fingerprint targets: '**', excludes: '*.log'
                fingerprint 'none'
                """))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.builds.journal(new BuildId(new JobName(Bench.JOB), 1)))
        .filteredOn(entry -> entry.name().equals("fingerprint"))
        .map(entry -> entry.detail().orElse(""))
        .anySatisfy(detail ->
            assertThat(detail).contains("it's a.txt", Digests.hex("a")).doesNotContain("b.log"));
  }

  @Test
  void nodesAreLabelsThatAgentsCanHave() {
    assertThat(
            bench
                .run("echo \"${nodesByLabel('builder && linux')} ${nodesByLabel('windows')}\"")
                .state())
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log())
        .contains("Found a total of 1 nodes with the 'builder && linux' label\n")
        .contains("[builder && linux] []\n");
  }

  @Test
  void whatABlockPrintsIsInAFileToo() {
    assertThat(
            run(
                """
                echo 'before'
                tee('logs/all.txt') {
                  tee('inner.txt') { sh 'set +x; printf "no end"' }
                  parallel a: { echo 'in a' }, b: { echo 'in b' }
                }
                try {
                  tee('logs/all.txt') { echo 'again'; error 'broken' }
                } catch (e) { echo 'after' }
                echo "all " + readFile('logs/all.txt').readLines().findAll { !it.startsWith('+') }.sort()
                echo "inner " + readFile('inner.txt').readLines().findAll { !it.startsWith('+') }
                """))
        .as(bench.log())
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log())
        .contains("all [[a] in a, [b] in b, again, no end]\n")
        .contains("inner [no end]\n");
  }

  @Test
  void powerShellRunsWhereItIs() {
    assertThat(
            run(
                """
                echo "status ${pwsh(script: 'exit 3', returnStatus: true)}"
                writeFile file: 'bin/pwsh', text: '#!/bin/sh\\necho "with $1"; exit 7'
                sh 'chmod +x bin/pwsh'
                withEnv(["PATH=${pwd()}/bin:${env.PATH}"]) { pwsh 'Get-Date' }
                """))
        .isEqualTo(BuildState.FAILURE);
    assertThat(bench.log())
        .contains("pwsh: the agent has no program 'pwsh'")
        .contains("status 127\n")
        .contains("with -NoLogo\n")
        .contains("ERROR: script returned exit code 7\n");
  }
}
