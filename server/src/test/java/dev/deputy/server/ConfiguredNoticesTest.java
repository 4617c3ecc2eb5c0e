package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.deputy.core.Credential;
import dev.deputy.core.CredentialStore;
import dev.deputy.core.JobName;
import dev.deputy.core.Notices.ChatMessage;
import dev.deputy.core.Notices.Layout;
import dev.deputy.core.Notices.Mail;
import dev.deputy.core.Notices.Posted;
import dev.deputy.core.Notices.Recipients;
import dev.deputy.core.Notices.Room;
import dev.deputy.server.Configuration.Login;
import dev.deputy.server.Configuration.MailServer;
import dev.deputy.server.Configuration.Notifications;
import dev.deputy.server.Configuration.Slack;
import dev.deputy.server.Configuration.Tls;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real exchanges with a mail server and an HTTP server of this machine. */
@Timeout(60)
class ConfiguredNoticesTest {
  private final GreenMail mails =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();
  private HttpServer http;
  private volatile int status = 200;
  private volatile String answer = "{\"ok\":true}";

  @BeforeEach
  void start() throws IOException {
    mails.start();
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String authorization = exchange.getRequestHeaders().getFirst("Authorization");
          posted.add(exchange.getRequestURI() + " " + authorization + " " + body);
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    http.start();
  }

  @AfterEach
  void stop() {
    mails.stop();
    http.stop(0);
  }

  private String web() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/";
  }

  /** Has one secret. */
  static CredentialStore secret(String text) {
    return new CredentialStore() {
      @Override
      public Optional<Credential> find(JobName job, String id) {
        return Optional.empty();
      }

      @Override
      public List<String> ids(JobName job) {
        return List.of();
      }

      @Override
      public byte[] read(Credential.Value value) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
    };
  }

  private ConfiguredNotices mailing(Tls tls, Optional<Login> login) {
    var server =
        new MailServer(
            "127.0.0.1", mails.getSmtp().getPort(), tls, "Deputy <deputy@example.org>", login);
    return new ConfiguredNotices(
        new Notifications(Optional.of(server), Optional.empty(), List.of()), secret("pass-0815\n"));
  }

  private ConfiguredNotices chatting(String secret, Optional<URI> api) {
    var slack = new Slack(new Credential.Value.Environment("X"), api, Optional.of("#builds"));
    return new ConfiguredNotices(
        new Notifications(Optional.empty(), Optional.of(slack), List.of()), secret(secret));
  }

  private static Mail mail(String to, String subject) {
    return new Mail(
        new Recipients(List.of(to), List.of("cc@example.org"), List.of("bcc@example.org")),
        Optional.empty(),
        Optional.of("team@example.org"),
        subject,
        "Grüße\n.\nall is well",
        false);
  }

  @Test
  void aMailArrivesWithAllThatItHas() throws Exception {
    mailing(Tls.NONE, Optional.empty()).send(mail("ann@example.org", "Büild done"));
    assertThat(mails.getReceivedMessages()).as("one for each recipient").hasSize(3);
    MimeMessage message = mails.getReceivedMessages()[0];
    assertThat(message.getSubject()).isEqualTo("Büild done");
    assertThat(message.getFrom())
        .extracting(Address::toString)
        .containsExactly("Deputy <deputy@example.org>");
    assertThat(message.getRecipients(RecipientType.TO))
        .extracting(Address::toString)
        .containsExactly("ann@example.org");
    assertThat(message.getRecipients(RecipientType.BCC)).isNull();
    assertThat(message.getReplyTo())
        .extracting(Address::toString)
        .containsExactly("team@example.org");
    assertThat(message.getContent().toString().replace("\r\n", "\n").strip())
        .isEqualTo("Grüße\n.\nall is well");
  }

  @Test
  void aLoginIsUsed() throws Exception {
    mails.setUser("deputy@example.org", "deputy", "pass-0815");
    var login = new Login("deputy", new Credential.Value.Environment("X"));
    mailing(Tls.NONE, Optional.of(login)).send(mail("ann@example.org", "x"));
    assertThat(mails.getReceivedMessages()).isNotEmpty();
    mails.getUserManager().setAuthRequired(true);
    var wrong = new Login("deputy", new Credential.Value.Environment("X"));
    mails.setUser("deputy@example.org", "deputy", "another");
    assertThatThrownBy(
            () -> mailing(Tls.NONE, Optional.of(wrong)).send(mail("ann@example.org", "x")))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("pass-0815");
  }

  @Test
  void aServerWithoutEncryptionIsNotTalkedToInClear() {
    assertThatThrownBy(
            () -> mailing(Tls.STARTTLS, Optional.empty()).send(mail("ann@example.org", "x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("STARTTLS");
    assertThat(mails.getReceivedMessages()).isEmpty();
  }

  @Test
  void aSubjectAddsNoHeader() throws Exception {
    mailing(Tls.NONE, Optional.empty())
        .send(mail("ann@example.org", "x\r\nX-Evil: yes\r\n\r\nbody"));
    MimeMessage message = mails.getReceivedMessages()[0];
    assertThat(message.getHeader("X-Evil")).isNull();
    assertThat(message.getSubject()).isEqualTo("x X-Evil: yes  body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "a@b@c", "ann@example.org\r\nBcc: eve@example.org", "", "@x"})
  void whatIsNoAddressIsRefused(String address) {
    assertThatThrownBy(() -> mailing(Tls.NONE, Optional.empty()).send(mail(address, "x")))
        .isInstanceOf(IOException.class);
    assertThat(mails.getReceivedMessages()).isEmpty();
  }

  @Test
  void anIncomingWebhookGetsTheMessage() throws Exception {
    var message = new ChatMessage(Optional.of("#other"), Optional.of("good"), "done \"well\"");
    chatting(web() + "services/T1/hook-0815", Optional.empty()).send(message);
    assertThat(posted.take())
        .startsWith("/services/T1/hook-0815 null {\"channel\":\"#other\",\"attachments\":[{")
        .contains("\"text\":\"done \\\"well\\\"\"")
        .contains("\"color\":\"good\"");
  }

  @Test
  void theApiGetsTheTokenAndTheUsualChannel() throws Exception {
    var notices = chatting("xoxb-0815", Optional.of(URI.create(web() + "api/")));
    notices.send(new ChatMessage(Optional.empty(), Optional.empty(), "done"));
    assertThat(posted.take())
        .isEqualTo(
            "/api/chat.postMessage Bearer xoxb-0815 {\"channel\":\"#builds\",\"text\":\"done\"}");
    answer = "{\"ok\":false,\"error\":\"channel_not_found\"}";
    assertThatThrownBy(
            () -> notices.send(new ChatMessage(Optional.empty(), Optional.empty(), "done")))
        .isInstanceOf(IOException.class)
        .hasMessage("Slack answered: channel_not_found");
  }

  @Test
  void aThreadIsAnsweredAndAMessageReplaced() throws Exception {
    answer = "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"17.5\"}";
    var notices = chatting("xoxb-0815", Optional.of(URI.create(web() + "api/")));
    var none = new Layout(List.of(), List.of());
    var thread = new Room(Optional.of("C1"), Optional.of("17.4"), Optional.empty(), true);
    assertThat(notices.send(new ChatMessage(thread, Optional.empty(), "x", none)))
        .contains(new Posted("C1", "17.5"));
    assertThat(posted.take())
        .startsWith("/api/chat.postMessage")
        .endsWith(
            "{\"channel\":\"C1\",\"thread_ts\":\"17.4\",\"reply_broadcast\":true,\"text\":\"x\"}");
    var replaced = new Room(Optional.of("C1"), Optional.empty(), Optional.of("17.4"), false);
    var block = new Layout(List.of(), List.of(Map.of("type", "divider")));
    notices.send(new ChatMessage(replaced, Optional.of("good"), "x", block));
    assertThat(posted.take())
        .startsWith("/api/chat.update")
        .endsWith(
            "{\"channel\":\"C1\",\"ts\":\"17.4\",\"text\":\"x\",\"blocks\":[{\"type\":\"divider\"}]}");
  }

  /** The JDK repeats the header that it refuses. */
  @ParameterizedTest
  @ValueSource(strings = {"xoxb\nhook-0815", "xoxb hook-0815", "hook-0815\u0000", "", "hook-0815ü"})
  void whatIsNoTokenIsNotShown(String token) {
    var message = new ChatMessage(Optional.empty(), Optional.empty(), "done");
    assertThatThrownBy(() -> chatting(token, Optional.of(URI.create(web() + "api/"))).send(message))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected: one line")
        .hasMessageNotContaining("hook-0815")
        .hasNoCause();
    assertThat(posted).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hooks.slack.com/hook-0815",
        "slack:hook-0815",
        "https:///hook-0815",
        "http://example.org/hook-0815",
        "https://user:hook-0815@example.org/",
        "not an address hook-0815",
        ""
      })
  void whatIsNoWebhookIsNotShown(String address) {
    var message = new ChatMessage(Optional.empty(), Optional.empty(), "done");
    assertThatThrownBy(() -> chatting(address, Optional.empty()).send(message))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected: https://")
        .hasMessageNotContaining("hook-0815")
        .hasNoCause();
  }

  /** Headers at once, and then a byte now and then for ever. */
  @Test
  void anAnswerThatNeverEndsIsNotWaitedFor() throws Exception {
    var done = new CountDownLatch(1);
    http.createContext(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          done.countDown();
          // never closed
        });
    var slack =
        new Slack(new Credential.Value.Environment("X"), Optional.empty(), Optional.empty());
    var message = new ChatMessage(Optional.empty(), Optional.empty(), "done");
    assertThatThrownBy(
            () -> new SlackClient(Duration.ofMillis(300)).send(slack, web() + "slow", message))
        .hasMessage("Slack can not be reached: HttpTimeoutException");
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void namesOfSendersAreEncoded() throws Exception {
    var mail =
        new Mail(
            new Recipients(List.of("Jörg <ann@example.org>"), List.of(), List.of()),
            Optional.of("Büro <b@example.org>"),
            Optional.of("Zoë <z@example.org>"),
            "x",
            "x",
            false);
    mailing(Tls.NONE, Optional.empty()).send(mail);
    MimeMessage message = mails.getReceivedMessages()[0];
    assertThat(message.getHeader("From")[0]).isEqualTo("=?UTF-8?Q?B=C3=BCro?= <b@example.org>");
    assertThat(message.getHeader("Reply-To")[0]).contains("=?UTF-8?").isASCII();
    assertThat(message.getHeader("To")[0]).contains("=?UTF-8?").isASCII();
  }

  @Test
  void aFailureDoesNotShowTheWebhook() {
    status = 404;
    var message = new ChatMessage(Optional.empty(), Optional.empty(), "done");
    assertThatThrownBy(() -> chatting(web() + "hook-0815", Optional.empty()).send(message))
        .hasMessage("Slack answered with status 404");
    assertThatThrownBy(
            () -> chatting("http://127.0.0.1:1/hook-0815", Optional.empty()).send(message))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("hook-0815");
  }
}
