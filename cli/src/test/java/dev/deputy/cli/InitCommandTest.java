package dev.deputy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.AgentTemplate;
import dev.deputy.server.Configuration;
import dev.deputy.server.ConfigurationLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitCommandTest {
  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  private int init(String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "init";
    arguments[1] = folder.resolve("new").toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return Deputy.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
  }

  private Configuration configuration() throws Exception {
    Path file = folder.resolve("new/deputy.yaml");
    return ConfigurationLoader.load(file.toString(), file);
  }

  @Test
  void filesAreValid() throws Exception {
    assertThat(init()).isZero();
    Configuration configuration = configuration();
    assertThat(configuration.agents())
        .extracting(AgentTemplate::labels)
        .first()
        .asString()
        .isEqualTo("[AgentAccountDevelopment]");
    assertThat(PipelineFile.read(folder.resolve("new/Jenkinsfile")).problems()).isEmpty();
  }

  @Test
  void accountsAndRegionAreThoseThatWereGiven() throws Exception {
    assertThat(
            init(
                "--tooling",
                "123456789012",
                "--account",
                "test=222222222222",
                "--account",
                "production=444444444444",
                "--region",
                "eu-central-1"))
        .isZero();
    assertThat(configuration().accounts().values())
        .extracting(account -> account.name() + " " + account.id() + " " + account.region())
        .containsExactly(
            "tooling 123456789012 eu-central-1",
            "test 222222222222 eu-central-1",
            "production 444444444444 eu-central-1");
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Files.createDirectories(folder.resolve("new"));
    Path mine = Files.writeString(folder.resolve("new/Jenkinsfile"), "mine");
    assertThat(init()).isEqualTo(64);
    assertThat(err.toString()).isEqualTo(mine + " is there already; nothing was written\n");
    assertThat(folder.resolve("new")).isDirectoryNotContaining("glob:**deputy.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"test=12", "te st=222222222222", "tooling=222222222222", "test=000000000000"})
  void wrongAccountsAreRefusedBeforeAnythingIsWritten(String account) {
    assertThat(init("--account", account)).isEqualTo(64);
    assertThat(err.toString()).startsWith("--account: ");
    assertThat(folder.resolve("new")).doesNotExist();
  }
}
