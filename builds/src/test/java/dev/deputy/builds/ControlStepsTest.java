package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.BuildState;
import dev.deputy.core.JobName;
import dev.deputy.pipeline.Jenkinsfiles;
import dev.deputy.pipeline.ParsedJenkinsfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ControlStepsTest {
  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
  }

  private BuildState run(String code) {
    return bench.run("node('builder') {\n" + code + "\n}").state();
  }

  @Test
  void aLockIsTakenAndGivenBack() {
    assertThat(
            run(
                """
                lock(resource: 'printer', variable: 'P') { echo "with ${env.P}" }
                try { lock('printer') { error 'jam' } } catch (e) { }
                lock(label: 'printer', skipIfLocked: true) { echo 'still free' }
                """))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log())
        .contains("Trying to acquire lock on [Resource: printer]\n")
        .contains("Lock acquired on [Resource: printer]\n")
        .contains("with printer\n")
        .contains("Lock released on resource [Resource: printer]\n")
        .contains("still free\n");
  }

  @Test
  void parallelBranchesWaitForALock() {
    assertThat(
            run(
                """
                def inside = 0
                def most = 0
                def work = { lock('one') { inside++; most = Math.max(most, inside); sh 'true'; inside-- } }
                parallel a: work, b: work, c: work
                echo "most ${most}"
                """))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log()).contains("most 1\n").contains("is locked by shop#1, waiting...");
  }

  @Test
  void aLockThatIsTakenMayBeSkipped() {
    assertThat(run("lock('x') { lock(resource: 'x', skipIfLocked: true) { error 'no' } }"))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log()).contains("skipping execution...");
  }

  @Test
  void milestonesHaveNoPlaceInParallelBranches() {
    assertThat(run("parallel a: { milestone() }, b: { echo 'b' }")).isEqualTo(BuildState.FAILURE);
    assertThat(bench.log()).contains("Using a milestone step inside parallel is not allowed");
    assertThat(run("parallel a: { milestone(unsafe: true) }, b: { echo 'b' }"))
        .isEqualTo(BuildState.SUCCESS);
  }

  @Test
  void milestonesOnlyGrow() {
    assertThat(run("milestone(1); milestone(ordinal: 3, label: 'x'); milestone()"))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(run("milestone(2); milestone(2)")).isEqualTo(BuildState.FAILURE);
  }

  @Test
  void filesAreTouchedDigestedAndPrepended() {
    assertThat(
            run(
                """
                touch file: 'a/b', timestamp: 1000000000000
                writeFile file: 'c', text: 'abc'
                echo sha1('c')
                echo sha256(file: 'c')
                prependToFile file: 'c', content: '1'
                prependToFile file: 'new', content: '2'
                echo readFile('c') + readFile('new')
                echo "${findFiles(glob: 'a/b')[0].lastModified}"
                ws('other') { writeFile file: 'here', text: 'x'; echo "in ${pwd()}" }
                echo "${fileExists('here')} ${pwd(tmp: true) == env.WORKSPACE_TMP}"
                """))
        .as(bench.log())
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log())
        .contains("a9993e364706816aba3e25717850c26c9cd0d89d\n")
        .contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n")
        .contains("1abc2\n")
        .contains("1000000000000\n")
        .contains("false true\n");
  }

  @Test
  void inputsThatAskUnderOneIdAtTheSameTimeAreToldApart() {
    var both = new CountDownLatch(2);
    bench.answers =
        question -> {
          both.countDown();
          both.await();
          return new Answer.Approved(question.id(), Map.of());
        };
    assertThat(
            run(
                """
                def ask = { input id: 'go', message: 'Go?' }
                parallel a: ask, b: ask
                ask()
                """))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.questions)
        .extracting(Question::id)
        .containsExactlyInAnyOrder("go", "go-2", "go");
  }

  /** As in Jenkins, whose branches all begin before one of them can fail. */
  @Test
  void aBranchThatFailFastEndsBeforeItBeganBeginsAllTheSame() {
    assertThat(
            bench
                .run(
                    """
                    pipeline {
                      agent none
                      stages {
                        stage('both') {
                          failFast true
                          parallel {
                            stage('first') { steps { error 'at once' } }
                            stage('second') {
                              steps { sleep 3600; echo 'not reached' }
                              post { aborted { echo 'second was aborted' }; failure { echo 'no' } }
                            }
                          }
                        }
                      }
                    }
                    """)
                .state())
        .isEqualTo(BuildState.FAILURE);
    assertThat(bench.log().lines())
        .contains("[second] second was aborted", "ERROR: at once")
        .doesNotContain("[second] not reached", "[second] no");
  }

  @Test
  void aFileOfTheWorkspaceIsValidated() {
    assertThat(
            run(
                """
                writeFile file: 'good', text: "pipeline { agent any; stages { stage('a') { steps { echo 'x' } } } }"
                writeFile file: 'bad', text: "pipeline { agent any; stages { stage('a') { steps { ecko 'x' } } } }"
                writeFile file: 'scripted', text: "echo 'x'"
                echo "${['good', 'bad', 'scripted', 'missing'].collect { validateDeclarativePipeline(it) }}"
                """))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log())
        .contains("[true, false, false, false]\n")
        .contains("Declarative Pipeline file 'good' is valid.\n")
        .contains("bad:1:53: there is no step 'ecko'\n")
        .contains("Declarative Pipeline file 'scripted' does not contain the 'pipeline' step.\n")
        .contains("Declarative Pipeline file 'missing' does not exist.\n");
  }

  @Test
  void theOlderFormArchivesAndIsContentWithNothing() {
    assertThat(
            run(
                """
                writeFile file: 'a.txt', text: 'a'
                writeFile file: 'b.txt', text: 'b'
                archive includes: '*.txt', excludes: 'b.*'
                archive 'none'
                """))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.journal()).filteredOn(line -> line.endsWith("FINISHED archive")).hasSize(2);
    assertThat(bench.log()).contains("No artifacts found that match the file pattern \"none\"");
  }

  @Test
  void aToolIsFoundOnThePath() {
    assertThat(run("echo \"at ${tool('sh')}\"; tool 'no-such-tool'")).isEqualTo(BuildState.FAILURE);
    assertThat(bench.log())
        .contains("tool: \"no-such-tool\": the agent has no program 'no-such-tool'");
  }

  @Test
  void aToolWithoutATypeIsToldByItsName() {
    assertThat(
            run(
                """
                def path = env.PATH
                [mvn: 'm', java: 'j', cmake: 'c', django: 'd'].each { program, folder ->
                  writeFile file: "$folder/bin/$program", text: '#!/bin/sh'
                  sh "chmod +x $folder/bin/$program"
                  path = "${pwd()}/$folder/bin:$path"
                }
                withEnv(["PATH=$path"]) {
                  ['M3', 'Maven 3.9', 'jdk17', 'OpenJDK', 'CMake 3.20', 'Django'].each {
                    echo "$it: ${tool(it) - pwd()}"
                  }
                  echo "typed: ${tool(name: 'M3', type: 'jdk') - pwd()}"
                }
                """))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log())
        .contains("M3: /m\n", "Maven 3.9: /m\n", "jdk17: /j\n", "OpenJDK: /j\n")
        .contains("CMake 3.20: /c\n", "Django: /d\n", "typed: /j\n");
  }

  @Test
  void noticesAreNotSentAndSaySo() {
    assertThat(
            run(
                """
                mail to: 'a@example.org', subject: 'Done', body: 'x'
                emailext subject: 'Failed', body: 'x', recipientProviders: [developers(), requestor()]
                slackSend channel: '#builds', color: 'good', message: 'Hello'
                """))
        .as(bench.log())
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log())
        .contains("WARNING: mail: nothing is configured")
        .contains("to a@example.org: Done\n")
        .contains("to #builds: Hello\n");
  }

  @Test
  void requestsGoOutFromTheAgent() throws IOException {
    List<String> seen = new CopyOnWriteArrayList<>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-A")
                  + " "
                  + body);
          byte[] answer = "{\"ok\": true}\nmore".getBytes(StandardCharsets.UTF_8);
          boolean missing = exchange.getRequestURI().getPath().equals("/missing");
          exchange.sendResponseHeaders(missing ? 404 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      assertThat(
              run(
                  """
                  def r = httpRequest url: 'URL/a?b=c', httpMode: 'POST', contentType: 'APPLICATION_JSON',
                    requestBody: '{"q": "a\\\\"b"}', customHeaders: [[name: 'X-A', value: 'v', maskValue: true]], outputFile: 'out/answer'
                  echo "${r.status} ${r.content.readLines()[1]} ${readFile('out/answer').length()}"
                  echo "${httpRequest(url: 'URL/missing', validResponseCodes: '200:299,404', quiet: true).status}"
                  httpRequest 'URL/missing'
                  """
                      .replace("URL", url)))
          .isEqualTo(BuildState.FAILURE);
    } finally {
      server.stop(0);
    }
    assertThat(seen.getFirst()).isEqualTo("POST /a?b=c application/json v {\"q\": \"a\\\"b\"}");
    assertThat(bench.log())
        .contains("200 more 17\n")
        .contains("404\n")
        .contains("ERROR: Fail: Status code 404 is not in the accepted range: 100:399");
  }

  @Test
  void addressesThatAreNoneAreRefused() {
    assertThat(run("httpRequest 'file:///etc/passwd'")).isEqualTo(BuildState.FAILURE);
    assertThat(bench.log()).contains("(expected: GET or the like, and http(s)://…)");
  }

  @Test
  void retryAndCatchErrorGoOnAfterATimeoutInsideThem() {
    assertThat(
            run(
                """
                int n = 0
                retry(3) { n++; timeout(time: 100, unit: 'MILLISECONDS') { if (n < 3) sleep 3600 } }
                catchError(catchInterruptions: false) {
                  timeout(time: 100, unit: 'MILLISECONDS') { sleep 3600 }
                }
                echo "after ${n}"
                """))
        .isEqualTo(BuildState.ABORTED);
    assertThat(bench.log()).contains("after 3\n");
  }

  @Test
  void retryDoesNotHoldUpATimeoutAroundIt() {
    assertThat(
            run("timeout(time: 100, unit: 'MILLISECONDS') { retry(3) { echo 'try'; sleep 3600 } }"))
        .isEqualTo(BuildState.ABORTED);
    assertThat(bench.log()).containsOnlyOnce("Sleeping for");
  }

  @Test
  void retryWithConditionsIsAboutLostAgents() {
    assertThat(
            bench
                .run(
                    """
                    def n = 0
                    retry(count: 2, conditions: [agent(), nonresumable()]) {
                      node('builder') { n++; if (n == 1) { sh 'die' } }
                    }
                    echo "tries ${n}"
                    retry(count: 3, conditions: [agent()]) { n++; error 'own fault' }
                    """)
                .state())
        .isEqualTo(BuildState.FAILURE);
    assertThat(bench.log()).contains("tries 2\n").containsOnlyOnce("own fault\n");
  }

  @Test
  void aBlockThatPrintsNothingRunsOutOfActivity() {
    assertThat(run("timeout(time: 100, unit: 'MILLISECONDS', activity: true) { sleep 3600 }"))
        .isEqualTo(BuildState.ABORTED);
    assertThat(bench.log())
        .contains("without activity\n")
        .contains("Cancelling nested steps due to timeout\n");
  }

  /** One other job, {@code other}, which is this file. */
  private OtherJobs other(String text) {
    return new OtherJobs() {
      @Override
      public Optional<BuildRequest> request(
          BuildRequest from, String job, Map<String, String> parameters) {
        var parsed = (ParsedJenkinsfile.Valid) Jenkinsfiles.parse("Other", text, Steps.all());
        return job.equals("other")
            ? Optional.of(
                new BuildRequest(
                    new JobName("other"),
                    "Other",
                    text,
                    parsed,
                    from.source(),
                    from.cause(),
                    BuildParameters.declaredLater(parsed.pipeline().parameters(), parameters),
                    new AbortSignal()))
            : Optional.empty();
      }

      @Override
      public BuildRequest again(BuildRecord build, Origin origin) throws IOException {
        throw new IOException("nothing is made again here");
      }

      @Override
      public List<String> names() {
        return List.of("other");
      }
    };
  }

  private String logOfOther() {
    return bench.logs.text(new BuildId(new JobName("other"), 1));
  }

  @Test
  void anotherJobIsBuilt() {
    bench.others = other("properties([parameters([string(name: 'A')])])\necho \"got ${params.A}\"");
    assertThat(
            run(
                """
                def b = build job: 'other', parameters: [string(name: 'A', value: 'x')]
                echo "${b.number} ${b.result} ${b.buildVariables.A}"
                """))
        .as(bench.log())
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log())
        .contains("Scheduling project: other\n")
        .contains("Build other #1 completed: SUCCESS\n")
        .contains("1 SUCCESS x\n");
    assertThat(logOfOther()).contains("got x\n");
  }

  @Test
  void anotherJobIsToldWhichBuildStartedIt() {
    bench.others =
        other(
            """
            def cause = currentBuild.getBuildCauses()[0]
            echo "${cause.upstreamProject} ${cause.upstreamBuild} ${cause.userId}"
            """);
    assertThat(run("build 'other'; echo currentBuild.getBuildCauses()[0].userId"))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(logOfOther()).contains("shop 1 null\n");
    assertThat(bench.log()).contains("alice\n");
  }

  @Test
  void aFailedBuildFailsTheStepUnlessItMayFail() {
    bench.others = other("error 'broken'");
    assertThat(run("echo build(job: 'other', propagate: false).result\nbuild 'other'"))
        .isEqualTo(BuildState.FAILURE);
    assertThat(bench.log())
        .contains("FAILURE\n")
        .contains("other #2 completed with status FAILURE (propagate: false to ignore)");
  }

  @Test
  void aBuildThatNobodyWaitsForRunsToItsEnd() {
    bench.others = other("echo 'on its own'");
    assertThat(run("build job: 'other', wait: false")).isEqualTo(BuildState.SUCCESS);
    assertThat(logOfOther()).contains("on its own\n").contains("Finished: SUCCESS");
  }

  @Test
  void aTimeoutAbortsTheOtherBuildToo() {
    bench.others = other("sleep time: 1, unit: 'HOURS'");
    assertThat(run("timeout(time: 1, unit: 'SECONDS') { build 'other' }"))
        .isEqualTo(BuildState.ABORTED);
    assertThat(logOfOther())
        .contains("Aborted by the build that started it")
        .contains("Finished: ABORTED");
  }

  @Test
  void aJobThatDoesNotExistIsNamed() {
    bench.others = other("echo 'x'");
    assertThat(run("build 'none'")).isEqualTo(BuildState.FAILURE);
    assertThat(bench.log()).contains("ERROR: build: no such job: none (expected: one of [other])");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          "currentBuild.result = 'ABORTED'; error 'x'" | ERROR: x | ABORTED
          "throw new hudson.AbortException('m')" | ERROR: m | FAILURE
          "throw new RuntimeException('m')" | ERROR: java.lang.RuntimeException: m (Jenkinsfile:1:1) | FAILURE
          """)
  void theLastLineSaysWhatFailedWhateverTheResult(String code, String line, String result) {
    bench.run(code);
    assertThat(bench.log()).endsWith("\n" + line + "\nFinished: " + result + "\n");
  }

  @Test
  void aMissingFileIsCaughtByItsOwnType() {
    assertThat(
            run(
                """
                try { readFile 'none' } catch (java.nio.file.NoSuchFileException e) {
                  echo "missing ${e.message == env.WORKSPACE + '/none'} ${e instanceof IOException}"
                }
                try { readFile 'none' } catch (hudson.AbortException e) { echo 'not reached' }
                """))
        .isEqualTo(BuildState.FAILURE);
    assertThat(bench.log())
        .contains("missing true true\n")
        .contains("\nERROR: java.nio.file.NoSuchFileException: ")
        .doesNotContain("not reached\n");
  }

  @Test
  void catchErrorSaysWhenTheBuildGetsWorse() {
    assertThat(
            run(
                """
                catchError(buildResult: 'SUCCESS', message: 'noted') { error 'first' }
                warnError('warned') { error 'second' }
                catchError { null.trim() }
                catchError { error 'fourth' }
                """))
        .isEqualTo(BuildState.FAILURE);
    assertThat(bench.log().lines().filter(line -> !line.startsWith("[Pipeline]")).skip(2))
        .containsExactly(
            "ERROR: noted",
            "ERROR: first",
            "ERROR: warned",
            "ERROR: second",
            "Setting overall build result to UNSTABLE",
            "ERROR: java.lang.NullPointerException: Cannot invoke method trim() on null object"
                + " (Jenkinsfile:4:19)",
            "Setting overall build result to FAILURE",
            "ERROR: fourth",
            "Finished: FAILURE");
  }
}
