package dev.deputy.server;

import dev.deputy.core.Credential;
import dev.deputy.core.CredentialStore;
import dev.deputy.core.Notices;
import dev.deputy.server.Configuration.Notifications;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Notices by what the configuration names; each secret is read when it is used. */
final class ConfiguredNotices implements Notices {
  private final Notifications configured;
  private final CredentialStore secrets;
  private final SlackClient slack = new SlackClient();

  /**
   * @param secrets reads their values
   */
  ConfiguredNotices(Notifications configured, CredentialStore secrets) {
    this.configured = configured;
    this.secrets = secrets;
  }

  @Override
  public boolean sends(Notice notice) {
    return switch (notice) {
      case Mail _ -> configured.mail().isPresent();
      case ChatMessage _ -> configured.slack().isPresent();
    };
  }

  @Override
  public Optional<Posted> send(Notice notice) throws IOException {
    return switch (notice) {
      case Mail mail -> {
        Configuration.MailServer server = configured.mail().orElseThrow(ConfiguredNotices::missing);
        String password = server.login().isPresent() ? secret(server.login().get().password()) : "";
        new MailTransport(server, password).send(mail);
        yield Optional.empty();
      }
      case ChatMessage message -> {
        Configuration.Slack to = configured.slack().orElseThrow(ConfiguredNotices::missing);
        yield slack.send(to, secret(to.secret()), message);
      }
    };
  }

  private String secret(Credential.Value value) throws IOException {
    return new String(secrets.read(value), StandardCharsets.UTF_8).strip();
  }

  private static IOException missing() {
    return new IOException("nothing is configured to send this with");
  }
}
