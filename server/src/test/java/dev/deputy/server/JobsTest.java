package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.access.AccessDecision;
import dev.deputy.access.AccessPolicy;
import dev.deputy.access.AccessRequest;
import dev.deputy.core.Cause;
import dev.deputy.core.JobName;
import dev.deputy.core.TemplateName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which job a file is, and that a file which no job lists gets nothing. */
class JobsTest {
  private static final String JOBS =
      """
      jobs:
        - {name: shop, script: Jenkinsfile}
        - {name: teams/cart, script: services/cart/ci.groovy}
        - {name: a/b, script: elsewhere/Jenkinsfile}
        - {name: _/a/b, script: elsewhere/other}
      """;

  @TempDir Path folder;
  private Configuration configuration;
  private Jobs jobs;

  @BeforeEach
  void start() {
    configuration =
        new ConfigurationFile(folder).load("jobs:\n  - {name: shop, script: Jenkinsfile}\n", JOBS);
    jobs = new Jobs(configuration);
  }

  private String job(String path) {
    return jobs.of(folder.resolve(path)).value();
  }

  @ParameterizedTest
  @CsvSource({
    "Jenkinsfile, shop",
    "services/cart/ci.groovy, teams/cart",
    "services/../Jenkinsfile, shop",
    "./services/./cart/ci.groovy, teams/cart",
  })
  void fileThatAJobListsIsThatJob(String path, String name) {
    assertThat(job(path)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "services/cart/Jenkinsfile, services/cart",
    "services/cart/nightly.Jenkinsfile, services/cart/nightly.Jenkinsfile",
    "ci/build.groovy, ci/build.groovy",
    "jenkinsfile, jenkinsfile",
    ".github/Jenkinsfile, _github",
    "with space/ü/Jenkinsfile, with_space/_",
    "-rf/*/Jenkinsfile, _rf/_",
    "a%2Fb/..%2F/Jenkinsfile, a_2Fb/_._2F",
  })
  void otherFileIsNamedByItsPath(String path, String name) {
    assertThat(job(path)).isEqualTo(name);
  }

  @Test
  void fileWithThePathOfAListedNameIsNotThatJob() {
    assertThat(job("shop/Jenkinsfile")).isEqualTo("_/shop");
    assertThat(job("teams/cart/Jenkinsfile")).isEqualTo("_/teams/cart");
    assertThat(job("teams/cart")).isEqualTo("_/teams/cart");
  }

  @Test
  void noListedNameCanBeTakenByAnyPath() {
    assertThat(job("a/b/Jenkinsfile")).isEqualTo("_/_/a/b");
    assertThat(job("_/a/b/Jenkinsfile")).isEqualTo("_/_/a/b");
  }

  @Test
  void nameIsComparedAsItIsWritten() {
    assertThat(job("Shop/Jenkinsfile")).isEqualTo("Shop");
  }

  @Test
  void fileOutsideOfTheConfigurationsFolderIsNamedByItsWholePath() {
    assertThat(jobs.of(Path.of("/srv/ci/Jenkinsfile")).value()).isEqualTo("srv/ci");
    assertThat(jobs.of(Path.of("/Jenkinsfile")).value()).isEqualTo("Jenkinsfile");
    assertThat(jobs.of(Path.of("/shop/Jenkinsfile")).value()).isEqualTo("_/shop");
  }

  @Test
  void longPathKeepsItsEnd() {
    assertThat(job("d/".repeat(200) + "end/Jenkinsfile")).hasSize(200).endsWith("/d/d/end");
    assertThat(job("a" + "-".repeat(250))).hasSize(200).startsWith("_--");
  }

  @Test
  void pathOfTheConfigurationMayBeWrittenInAnyWay() {
    Configuration roundabout =
        new Configuration(
            folder.resolve("x/../deputy.yaml"),
            configuration.accounts(),
            configuration.cloud(),
            configuration.agents(),
            configuration.jobs(),
            configuration.grants(),
            configuration.caps(),
            configuration.credentials(),
            configuration.libraries(),
            configuration.notifications());
    assertThat(new Jobs(roundabout).of(folder.resolve("Jenkinsfile")).value()).isEqualTo("shop");
    assertThat(new Jobs(roundabout).of(folder.resolve("x/Jenkinsfile")).value()).isEqualTo("x");
  }

  @Test
  void patternsNeverGrantAnythingToAJobThatIsNotListed() {
    AccessPolicy everything =
        request -> new AccessDecision.Granted(configuration.grants().getFirst(), List.of());
    AccessPolicy policy = jobs.only(everything);
    assertThat(policy.decide(request("shop"))).isInstanceOf(AccessDecision.Granted.class);
    assertThat(policy.decide(request("services/cart")))
        .isEqualTo(
            new AccessDecision.Denied(
                "job services/cart may not use agent template builder: the job is not listed under"
                    + " jobs in "
                    + configuration.file()
                    + ", and grants apply to listed jobs only. List it, and add a grant that names"
                    + " it in jobs and builder in agents; whether it should have one is for the"
                    + " owner of the template to decide."));
  }

  @Test
  void listedJobStillNeedsItsGrant() {
    AccessDecision denied = new AccessDecision.Denied("no grant");
    assertThat(jobs.only(_ -> denied).decide(request("shop"))).isEqualTo(denied);
  }

  private static AccessRequest request(String job) {
    return new AccessRequest(
        new JobName(job),
        Optional.of("main"),
        new Cause.Person("ann"),
        new TemplateName("builder"),
        "hash",
        "commit",
        List.of());
  }
}
