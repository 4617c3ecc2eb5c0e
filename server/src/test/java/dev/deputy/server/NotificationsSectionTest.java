package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.deputy.core.Credential.Value;
import dev.deputy.server.Configuration.Login;
import dev.deputy.server.Configuration.MailServer;
import dev.deputy.server.Configuration.Notifications;
import dev.deputy.server.Configuration.Slack;
import dev.deputy.server.Configuration.Tls;
import dev.deputy.server.Configuration.Webhook;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationsSectionTest {
  @TempDir Path folder;
  private ConfigurationFile file;

  @BeforeEach
  void start() {
    file = new ConfigurationFile(folder);
  }

  private Notifications with(String notifications) {
    return file.load(ConfigurationFile.VALID + "notifications:\n" + notifications.indent(2))
        .notifications();
  }

  @Test
  void everythingIsRead() {
    Notifications read =
        with(
            """
            mail:
              host: smtp.example.com
              from: Deputy <deputy@example.com>
              username: deputy
              password: {env: SMTP_PASSWORD}
            slack: {token: {file: secrets/slack}, channel: "#builds"}
            webhooks:
              - {name: board, url: 'https://board.example.com/in?x=1', events: [question, denied], secret: {env: KEY}}
              - {name: plain, url: 'http://127.0.0.1:8080/in'}
            """);
    assertThat(read.mail())
        .contains(
            new MailServer(
                "smtp.example.com",
                587,
                Tls.STARTTLS,
                "Deputy <deputy@example.com>",
                Optional.of(new Login("deputy", new Value.Environment("SMTP_PASSWORD")))));
    assertThat(read.slack())
        .contains(
            new Slack(
                new Value.File(folder.resolve("secrets/slack").toString()),
                Optional.of(URI.create("https://slack.com/api/")),
                Optional.of("#builds")));
    assertThat(read.webhooks())
        .containsExactly(
            new Webhook(
                "board",
                URI.create("https://board.example.com/in?x=1"),
                List.of("question", "denied"),
                Optional.of(new Value.Environment("KEY"))),
            new Webhook(
                "plain",
                URI.create("http://127.0.0.1:8080/in"),
                List.of("build-finished"),
                Optional.empty()));
  }

  @Test
  void nothingNeedsToBeThere() {
    assertThat(file.load(ConfigurationFile.VALID).notifications()).isEqualTo(Notifications.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          mail: {host: h}                                                        | from
          mail: {host: h, from: nobody}                                          | a mail address
          mail: {host: h, from: a@b, username: u}                                | username and password
          mail: {host: h, from: a@b, username: u, password: hunter2}             | secrets have no place
          mail: {host: h, from: a@b, tls: none, username: u, password: {env: P}} | in clear
          mail: {host: h, from: a@b, tls: ssl}                                   | one of starttls, implicit, none
          mail: {host: h, from: a@b, port: 0}                                    | 1 to 65535
          slack: {channel: x}                                                    | either webhook or token
          slack: {webhook: 'https://hooks.example.com/hunter2'}                  | secrets have no place
          slack: {webhook: {env: A, file: b}}                                    | either env or file
          webhooks: [{name: a, url: 'http://example.com/'}]                      | only this machine
          webhooks: [{name: a, url: 'https://u:hunter2@example.com/'}]           | user and password have no place
          webhooks: [{name: a, url: 'https://x.example.com/', events: [log]}]    | one of build-started
          webhooks: [{name: a, url: 'https://x/'}, {name: a, url: 'https://y/'}] | a name of its own
          mails: {}                                                              | did you mean mail?
          """)
  void whatIsWrongIsSaidAndNoSecretIsShown(String notifications, String said) {
    InvalidConfiguration refused =
        catchThrowableOfType(InvalidConfiguration.class, () -> with(notifications));
    assertThat(refused.getMessage()).contains(said).doesNotContain("hunter2");
  }
}
