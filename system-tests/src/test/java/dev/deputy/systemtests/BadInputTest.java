package dev.deputy.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.systemtests.DeputyProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest {
  @TempDir private Path folder;

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cluster: jenkins-agent-cluster | clutser: jenkins-agent-cluster | unknown key "clutser"
          id: "111111111111"             | id: 111111111111               | the number 111111111111
          id: "111111111111"             | id: "11111111111"              | a string of 12 digits
          - name: development            | - name: builder                | "builder"
          account: development           | account: developmnet           | "developmnet"
          agents: [classic]              | agents: [clasic]               | "clasic"
          """)
  void faultOfTheConfigurationIsRefusedWithItsPlace(String right, String wrong, String found)
      throws Exception {
    Path checkout = ExampleCheckout.in(folder);
    Path file = checkout.resolve("deputy.yaml");
    String good = Files.readString(file);
    assertThat(good).contains(right);
    Files.writeString(file, good.replaceFirst(java.util.regex.Pattern.quote(right), wrong));

    Result result = DeputyProcess.run(checkout, "run", "examples/dtap/Jenkinsfile");

    assertThat(result.status()).as(result.text()).isEqualTo(65);
    assertThat(result.text())
        .containsPattern("deputy\\.yaml:[0-9]+:[0-9]+: ")
        .contains("expected")
        .contains(found)
        .contains("^");
  }

  @Test
  void syntaxErrorOfAJenkinsfileIsShownWithItsPlaceAndNothingIsLaunched() throws Exception {
    Path checkout = ExampleCheckout.in(folder);
    Files.writeString(
        checkout.resolve("Broken.jenkinsfile"),
        "pipeline {\n  agent any\n  stages {\n    stage('x') { steps { echo 'a' }\n  }\n}\n");

    Result result = DeputyProcess.run(checkout, "run", "Broken.jenkinsfile");

    assertThat(result.status()).as(result.text()).isEqualTo(65);
    assertThat(result.text())
        .containsPattern("Broken\\.jenkinsfile:[0-9]+:[0-9]+: ")
        .contains("^")
        .contains("hint: ");
  }

  @Test
  void missingFileAndUnknownOptionAreToldApart() throws Exception {
    Path checkout = ExampleCheckout.in(folder);

    assertThat(DeputyProcess.run(checkout, "run", "nowhere/Jenkinsfile").status()).isEqualTo(65);
    assertThat(DeputyProcess.run(checkout, "run", "--no-such-option").status()).isEqualTo(64);
  }
}
