package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every script has: its binding, the environment, the build; and strings that are lazy. */
class GlobalsTest {
  private final RecordingHost host = new RecordingHost();

  private List<String> echoed(String source) {
    Outcome outcome = Pipelines.run(source, host);
    assertThat(outcome.error()).isEmpty();
    return host.log.stream()
        .filter(line -> line.strip().startsWith("echo("))
        .map(line -> line.strip().replaceFirst("^echo\\(message=(.*)\\)$", "$1"))
        .toList();
  }

  @Test
  void variablesWithoutDeclarationAreTheScripts() {
    assertThat(
            echoed(
                """
                shared = 1
                def local = 2
                def f() { shared++; shared }
                echo "${f()} ${binding.hasVariable('shared')} ${binding.hasVariable('local')}"
                binding.setVariable('other', 5)
                echo "${other} ${getBinding().getVariable('other')} ${binding.variables.other}"
                """))
        .containsExactly("2 true false", "5 5 5");
    assertThat(Pipelines.run("def local = 2\ndef f() { local }\nf()", host).error().orElseThrow())
        .contains(
            "groovy.lang.MissingPropertyException: No such property: local for class:"
                + " WorkflowScript");
  }

  @Test
  void theEnvironmentIsAMapOnDemand() {
    host.with("A", "1");
    assertThat(
            echoed(
                """
                echo "${env.getEnvironment().containsKey('A')} ${env['A']} ${env.getProperty('A')}"
                params.each { k, v -> echo "$k=$v" }
                """))
        .containsExactly("true 1 1");
  }

  @Test
  void theBuildKnowsItsCausesAndChanges() {
    assertThat(
            echoed(
                """
                echo "${currentBuild.getBuildCauses()[0].shortDescription} ${currentBuild.buildCauses.size()}"
                echo "${currentBuild.getBuildCauses('hudson.model.Cause\\$UserIdCause').size()} ${currentBuild.getBuildCauses('x')}"
                echo "${currentBuild.changeSets} ${currentBuild.getNumber()} ${currentBuild.upstreamBuilds}"
                """))
        .containsExactly("Started by user alice 1", "1 []", "[] 7 []");
  }

  @Test
  void mapsInTheirPlaceHaveGettersLikeJenkinsObjects() {
    assertThat(
            echoed(
                """
                def pom = [modelVersion: '4.0.0', version: '1', parent: [artifactId: 'p', version: '7']]
                pom.setVersion('2')
                echo "${pom.version} ${pom.getVersion()} ${pom.getParent().getVersion()} ${pom.getName()}"
                echo "${currentBuild.getBuildCauses()[0].getUserId()}"
                try { [a: 1].getVersion() } catch (e) { echo 'no such method' }
                try { [version: 1].setVersion(2) } catch (e) { echo 'no such method' }
                """))
        .containsExactly("2 2 7 null", "alice", "no such method", "no such method");
  }

  @Test
  void causesSayWhoOrWhichBuildItWas() {
    host.causes.add(new StartCause.Upstream("team/app", 12));
    host.causes.add(new StartCause.Other("timer"));
    assertThat(
            echoed(
                """
                def causes = currentBuild.getBuildCauses()
                echo "${causes[0]}"
                echo "${currentBuild.getBuildCauses('hudson.model.Cause\\$UpstreamCause')*.upstreamBuild}"
                echo "${causes[1].shortDescription}, ${causes[1].upstreamProject}, ${causes[1].upstreamUrl}"
                echo "${causes[2].shortDescription}"
                """))
        .containsExactly(
            "[_class:hudson.model.Cause$UserIdCause, shortDescription:Started by user alice,"
                + " userId:alice, userName:alice]",
            "[12]",
            "Started by upstream project \"team/app\" build number 12, team/app,"
                + " job/team/job/app/",
            "Started by timer");
  }

  @Test
  void whatShowsItselfFailsItsBuildOnly() {
    assertThat(Pipelines.run("def s\ns = \"${-> s}\"\necho s", host).error().orElseThrow())
        .contains("nested too deeply");
    assertThat(
            Pipelines.run(
                    """
                    class A { def me() { [this] }
                     String toString() { "${me()}" } }
                    echo "${new A()}\"\
                    """,
                    host)
                .error()
                .orElseThrow())
        .contains("deep");
  }

  @Test
  void closuresInStringsAreAskedEachTime() {
    assertThat(
            echoed(
                """
                def n = 1
                def s = "n is ${-> n}"
                echo s
                n = 2
                echo s
                echo s.toUpperCase() + "${s == 'n is 2'}"
                echo sprintf('%03d|%s', 7, 'x')
                printf('%s-%s', 'a', 'b')
                try { null.trim() } catch (e) { echo "${e.class.simpleName} ${e.getClass().getName()}" }
                """))
        .containsExactly(
            "n is 1",
            "n is 2",
            "N IS 2true",
            "007|x",
            "a-b",
            "NullPointerException java.lang.NullPointerException");
  }

  @Test
  void aClassIsItsName() {
    assertThat(
            echoed(
                """
                class Own extends Exception { }
                for (c in [{ throw new hudson.AbortException('x') }, { throw new Own() }, { null.trim() }]) {
                  try { c() } catch (e) { echo "${e.getClass()} | ${e.class.name} ${e.class.simpleName}" }
                }
                def e = new hudson.AbortException('x')
                echo "${e.class == hudson.AbortException} ${e.class == Exception} ${e.class.toString()}"
                echo "${[1].class} ${[1].getClass()} ${[a: 1].getClass()} ${[class: 5].class} ${'x'?.class}"
                echo "${null?.class} ${[].getClass() == ArrayList} ${1.class == Integer} ${String.simpleName}"
                def k = e.class
                echo k.name + k.getSimpleName() + hudson.AbortException.class.name
                """))
        .containsExactly(
            "class hudson.AbortException | hudson.AbortException AbortException",
            "class Own | Own Own",
            "class java.lang.NullPointerException | java.lang.NullPointerException"
                + " NullPointerException",
            "true false class hudson.AbortException",
            "class java.util.ArrayList class java.util.ArrayList class java.util.LinkedHashMap 5"
                + " class java.lang.String",
            "null true true String",
            "hudson.AbortExceptionAbortExceptionhudson.AbortException");
  }
}
