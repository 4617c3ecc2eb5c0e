package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.JobName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReportStepsTest {
  private static final String REPORTS =
      """
      writeFile file: 'out/TEST-a.xml', text: '<testsuite name="s"><testcase name="a" classname="C"/><testcase name="b" classname="C"><failure message="no"/></testcase></testsuite>'
      writeFile file: 'out/TEST-b.xml', text: '<testsuite name="t"><testcase name="c"><skipped/></testcase></testsuite>'
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

  private Path kept(String path) {
    return bench.stores.folder(new BuildId(new JobName(Bench.JOB), 1)).resolve(path);
  }

  @Test
  void failedTestsMakeABuildUnstable() {
    assertThat(
            run(
                REPORTS
                    + """
                    def s = junit testResults: 'out/*.xml', skipPublishingChecks: true
                    echo "${s.totalCount} ${s.passCount} ${s.failCount} ${s.skipCount}"
                    """))
        .isEqualTo(BuildState.UNSTABLE);
    assertThat(bench.log()).contains("Recording test results\n").contains("3 1 1 1\n");
    assertThat(kept("tests"))
        .isDirectoryContaining(file -> file.getFileName().toString().endsWith(".json"));
  }

  @Test
  void theStageIsMarkedAsWell() {
    bench.run(
        "node('builder') { stage('T') {\n"
            + REPORTS
            + "junit 'out/*.xml' }\n stage('U') { echo 'x' } }");
    assertThat(bench.events(BuildEvent.StageFinished.class))
        .map(e -> e.stage().name() + " " + e.state())
        .containsExactly("T UNSTABLE", "U SUCCESS");
  }

  @Test
  void failedTestsMayBeOnlyCounted() {
    assertThat(run(REPORTS + "junit testResults: 'out/*.xml', skipMarkingBuildUnstable: true"))
        .isEqualTo(BuildState.SUCCESS);
  }

  @Test
  void reportsThatAreNotThereFailUnlessTheyMayBeMissing() {
    assertThat(run("junit '**/none.xml'")).isEqualTo(BuildState.FAILURE);
    assertThat(bench.log())
        .contains("ERROR: No test report files were found. Configuration error?\n");
  }

  @Test
  void reportsMayBeMissing() {
    assertThat(run("junit allowEmptyResults: true, testResults: '**/none.xml'"))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log()).contains("No test report files were found. Configuration error?\n");
  }

  @Test
  void aBrokenReportFailsTheStep() {
    assertThat(run("writeFile file: 'a.xml', text: '<oops'\njunit 'a.xml'"))
        .isEqualTo(BuildState.FAILURE);
    assertThat(bench.log()).contains("ERROR: junit: no test report: a.xml");
  }

  @Test
  void oldClassNamesStandForSteps() {
    assertThat(
            run(
                REPORTS
                    + """
                    step([$class: 'JUnitResultArchiver', testResults: 'out/*.xml'])
                    step([$class: 'ArtifactArchiver', artifacts: 'out/*-a.xml', fingerprint: true])
                    wrap([$class: 'AnsiColorBuildWrapper', colorMapName: 'xterm']) { echo 'colours' }
                    wrap([$class: 'BuildUser']) { echo "by ${env.BUILD_USER_ID}" }
                    step([$class: 'WsCleanup'])
                    """))
        .isEqualTo(BuildState.UNSTABLE);
    assertThat(bench.log()).contains("colours\n").contains("by alice\n");
    assertThat(kept("artifacts/out/TEST-a.xml")).exists();
  }

  @Test
  void anUnknownClassNameIsNamed() {
    assertThat(run("def c = 'Nothing'; step([$class: c])")).isEqualTo(BuildState.FAILURE);
    assertThat(bench.log()).contains("step: Nothing (expected: one of [ArtifactArchiver, ");
  }

  @Test
  void aReportIsKeptWithTheBuild() throws IOException {
    assertThat(
            run(
                """
                writeFile file: 'site/index.html', text: '<h1>hi'
                writeFile file: 'site/css/a.css', text: 'a'
                publishHTML([allowMissing: false, alwaysLinkToLastBuild: true, keepAll: true, reportDir: 'site', reportFiles: 'index.html', reportName: 'Site'])
                publishHTML target: [reportDir: 'none', reportFiles: 'index.html', reportName: '../../up', allowMissing: true]
                """))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(Files.readString(kept("htmlreports/Site/index.html"))).isEqualTo("<h1>hi");
    assertThat(kept("htmlreports/Site/css/a.css")).exists();
    assertThat(bench.log()).contains("[htmlpublisher] Archiving HTML reports...\n");
  }

  @Test
  void aReportThatIsNotThereFails() {
    assertThat(run("publishHTML(target: [reportDir: 'none', reportFiles: 'i.html'])"))
        .isEqualTo(BuildState.FAILURE);
    assertThat(bench.log()).contains("ERROR: publishHTML: Specified HTML directory 'none'");
  }

  @Test
  void propertiesDeclareParameters() {
    assertThat(
            run(
                """
                properties([
                  parameters([string(name: 'A', defaultValue: 'x'), booleanParam(name: 'B', defaultValue: true),
                    choice(name: 'C', choices: ['one', 'two'])]),
                  buildDiscarder(logRotator(numToKeepStr: '5')), disableConcurrentBuilds(),
                  pipelineTriggers([cron('H 4 * * *')])])
                echo "${params.A} ${params.B} ${params.C} ${params.D}"
                """))
        .as(bench.log())
        .isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log())
        .contains("x true one null\n")
        .contains(
            "WARNING: properties: without effect here: buildDiscarder, disableConcurrentBuilds,"
                + " pipelineTriggers\n");
  }
}
