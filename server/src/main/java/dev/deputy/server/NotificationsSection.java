package dev.deputy.server;

import dev.deputy.core.Credential.Value;
import dev.deputy.server.Configuration.Login;
import dev.deputy.server.Configuration.MailServer;
import dev.deputy.server.Configuration.Notifications;
import dev.deputy.server.Configuration.Slack;
import dev.deputy.server.Configuration.Tls;
import dev.deputy.server.Configuration.Webhook;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code notifications}: a mail server, a Slack, and systems that are told of events. */
final class NotificationsSection {
  static final List<String> KEYS = List.of("mail", "slack", "webhooks");
  static final List<String> EVENTS =
      List.of(
          "build-started",
          "stage-started",
          "stage-finished",
          "question",
          "denied",
          "build-finished");

  private static final List<String> MAIL =
      List.of("host", "port", "tls", "from", "username", "password");
  private static final List<String> SLACK = List.of("webhook", "token", "api", "channel");
  private static final List<String> WEBHOOK = List.of("name", "url", "events", "secret");
  private static final URI SLACK_API = URI.create("https://slack.com/api/");
  private static final int LAST_PORT = 65_535;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final Form<String> NAME =
      Form.matching("letters, digits, '_', '.' or '-'", "[A-Za-z0-9_.-]{1,100}");
  private static final Form<String> HOST =
      Form.matching("the name or address of a host", "[A-Za-z0-9_.:-]{1,253}");
  private static final Form<String> ADDRESS =
      Form.matching("a mail address", "[^\\s<>]+@[^\\s<>]+|[^<>@]* <[^\\s<>]+@[^\\s<>]+>");
  private static final Form<Tls> TLS =
      Form.oneOf("starttls", "implicit", "none")
          .then(word -> Tls.valueOf(word.toUpperCase(Locale.ROOT)));
  private static final Form<URI> URL =
      Form.text("an address: https, without user and password").then(NotificationsSection::url);
  private static final Form<String> EVENT = Form.oneOf(EVENTS.toArray(String[]::new));

  private final Path folder;
  private final Map<String, Integer> lines = new HashMap<>();

  /**
   * @param folder that the file lies in
   */
  NotificationsSection(Path folder) {
    this.folder = folder;
  }

  Notifications read(YamlMapping m) {
    m.allow(KEYS);
    List<Webhook> webhooks = new ArrayList<>();
    m.mappings("webhooks").forEach(each -> webhook(each).ifPresent(webhooks::add));
    return new Notifications(
        m.optionalMapping("mail").flatMap(this::mail),
        m.optionalMapping("slack").flatMap(this::slack),
        webhooks);
  }

  private Optional<MailServer> mail(YamlMapping m) {
    m.allow(MAIL);
    Optional<String> host = m.required("host", HOST);
    Tls tls = m.optional("tls", TLS).orElse(Tls.STARTTLS);
    int usual =
        switch (tls) {
          case STARTTLS -> 587;
          case IMPLICIT -> 465;
          case NONE -> 25;
        };
    Optional<Integer> port = m.integer("port", 1, LAST_PORT, usual);
    Optional<String> from = m.required("from", ADDRESS);
    Optional<Login> login = login(m);
    if (login.isPresent() && tls == Tls.NONE && host.filter(LOOPBACK::contains).isEmpty()) {
      m.problem(
          "tls",
          "starttls or implicit",
          "none",
          "a password must not go over the network in clear");
    }
    return host.flatMap(h -> port.flatMap(p -> from.map(f -> new MailServer(h, p, tls, f, login))));
  }

  private Optional<Login> login(YamlMapping m) {
    if (m.has("username") != m.has("password")) {
      m.problem(
          m.has("username") ? "username" : "password",
          "username and password",
          "one of them",
          "give both or neither");
      return Optional.empty();
    }
    Optional<Value> password = secret(m, "password");
    return m.optional("username", Form.text("a user's name"))
        .flatMap(name -> password.map(value -> new Login(name, value)));
  }

  private Optional<Slack> slack(YamlMapping m) {
    m.allow(SLACK);
    if (m.has("webhook") == m.has("token")) {
      m.problem(
          "webhook",
          "either webhook or token",
          m.has("webhook") ? "both" : "neither",
          "an incoming webhook has an address, an app has a token");
      return Optional.empty();
    }
    Optional<String> channel = m.optional("channel", Form.text("the name of a channel"));
    Optional<URI> api = m.optional("api", URL);
    return m.has("webhook")
        ? secret(m, "webhook").map(value -> new Slack(value, Optional.empty(), channel))
        : secret(m, "token")
            .map(value -> new Slack(value, Optional.of(api.orElse(SLACK_API)), channel));
  }

  private Optional<Webhook> webhook(YamlMapping m) {
    m.allow(WEBHOOK);
    Optional<String> name = m.required("name", NAME);
    name.ifPresent(known -> m.once("name", known, lines));
    Optional<URI> url = m.required("url", URL);
    List<String> events = m.optionalList("events", EVENT);
    Optional<Value> secret = secret(m, "secret");
    return name.flatMap(n ->
        url.map(
            u -> new Webhook(n, u, events.isEmpty() ? List.of("build-finished") : events, secret)));
  }

  /** Where the controller reads a secret; absent: empty. */
  private Optional<Value> secret(YamlMapping m, String key) {
    if (m.has(key) && m.peek(key).isPresent()) {
      m.problem(
          key,
          "where the value is",
          "a value written out",
          "secrets have no place in this file: write {env: NAME} or {file: PATH}");
      return Optional.empty();
    }
    return m.optionalMapping(key).flatMap(place -> CredentialsSection.onController(place, folder));
  }

  /**
   * An address to send to.
   *
   * @throws Form.Rejected with words of its own alone, for an address may hold a secret
   */
  static URI url(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new Form.Rejected("it is not an address", e);
    }
    if (url.getHost() == null || url.getUserInfo() != null) {
      throw new Form.Rejected("user and password have no place in this file");
    }
    boolean plain = "http".equals(url.getScheme()) && LOOPBACK.contains(url.getHost());
    if (!"https".equals(url.getScheme()) && !plain) {
      throw new Form.Rejected("only this machine is spoken to in clear");
    }
    return url;
  }
}
