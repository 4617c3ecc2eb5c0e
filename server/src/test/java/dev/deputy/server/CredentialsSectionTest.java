package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.deputy.core.Credential;
import dev.deputy.core.Credential.Value;
import dev.deputy.core.JobName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsSectionTest {
  private static final JobName SHOP = new JobName("shop");

  @TempDir Path folder;
  private ConfigurationFile file;

  @BeforeEach
  void start() {
    file = new ConfigurationFile(folder);
  }

  private Configuration with(String credentials) {
    return file.load(ConfigurationFile.VALID + "credentials:\n" + credentials.indent(2));
  }

  private ConfiguredCredentials store(String credentials) {
    return new ConfiguredCredentials(with(credentials), Map.of("TOKEN", "t0ken"), false);
  }

  @Test
  void everyWayToNameAValueIsRead() {
    Configuration configuration =
        with(
            """
            - {id: a, kind: string, secret: {env: TOKEN}}
            - {id: b, kind: usernamePassword, username: ann, password: {file: secrets/password}}
            - {id: c, kind: string, secret: {secretsManager: 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:x', field: token}}
            - {id: d, kind: file, content: {parameter: /shop/config}, fileName: config.json, jobs: [shop]}
            """);

    assertThat(configuration.credentials())
        .extracting(scoped -> scoped.credential().values())
        .containsExactly(
            Map.of("secret", new Value.Environment("TOKEN")),
            Map.of(
                "username",
                new Value.Plain("ann"),
                "password",
                new Value.File(folder.resolve("secrets/password").toString())),
            Map.of(
                "secret",
                new Value.SecretsManager(
                    "arn:aws:secretsmanager:eu-west-1:000000000000:secret:x",
                    Optional.of("token"))),
            Map.of("content", new Value.Parameter("/shop/config")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{id: a, kind: string, secret: hunter2}",
        "{id: a, kind: string, secret: 5555hunter2}",
        "{id: a, kind: usernamePassword, username: ann, password: 'hunter2'}",
        "{id: a, kind: string, secret: [hunter2]}",
        "{id: a, kind: string, secret: {env: 'hunter2 '}}"
      })
  void secretThatIsWrittenOutIsRefusedAndNotShown(String credential) {
    InvalidConfiguration refused =
        catchThrowableOfType(InvalidConfiguration.class, () -> with("- " + credential + "\n"));

    assertThat(refused.problems()).isNotEmpty();
    assertThat(refused.problems().toString()).doesNotContain("hunter2");
    assertThat(refused.problems().getFirst().format()).doesNotContain("hunter2");
    assertThat(String.valueOf(refused.getMessage())).doesNotContain("hunter2");
  }

  @Test
  void writtenOutSecretIsToldWhatToWriteInstead() {
    InvalidConfiguration refused =
        catchThrowableOfType(
            InvalidConfiguration.class, () -> with("- {id: a, kind: string, secret: x}\n"));

    assertThat(refused.problems().getFirst().message())
        .contains("secrets have no place in this file", "{env: NAME}", "{secretsManager: ARN}");
  }

  @Test
  void credentialIsForNoJobThatItDoesNotName() {
    String named = "- {id: a, kind: string, secret: {env: TOKEN}, jobs: [shop, 'team/**']}\n";

    assertThat(store("- {id: a, kind: string, secret: {env: TOKEN}}\n").find(SHOP, "a")).isEmpty();
    assertThat(store(named).find(SHOP, "a")).map(Credential::id).contains("a");
    assertThat(store(named).find(new JobName("team/x/y"), "a")).isPresent();
    assertThat(store(named).find(new JobName("other"), "a")).isEmpty();
    assertThat(store(named).ids(new JobName("other"))).isEmpty();
    assertThat(
            new ConfiguredCredentials(with(named), Map.of(), true).find(new JobName("other"), "a"))
        .isPresent();
  }

  @Test
  void fileThatOthersCanReadIsRefused() throws IOException {
    ConfiguredCredentials store = store("- {id: a, kind: string, secret: {env: TOKEN}}\n");
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> store.read(new Value.File(folder.resolve("secret").toString())))
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining("s3cret");

    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    assertThat(store.read(new Value.File(folder.resolve("secret").toString())))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("s3cret");
  }

  @Test
  void valueThatIsNotThereIsNamedByItsPlace() {
    ConfiguredCredentials store = store("- {id: a, kind: string, secret: {env: TOKEN}}\n");

    assertThatThrownBy(() -> store.read(new Value.Environment("MISSING")))
        .hasMessageContaining("MISSING of the controller is not set");
    assertThatThrownBy(() -> store.read(new Value.File(folder.resolve("missing").toString())))
        .hasMessageContaining("missing is not there");
    assertThatThrownBy(() -> store.read(new Value.Parameter("/x"))).hasMessageContaining("agents");
  }
}
