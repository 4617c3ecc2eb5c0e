package dev.deputy.server;

import dev.deputy.core.Notices.Mail;
import dev.deputy.server.Configuration.MailServer;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Properties;

/**
 * Sends mails by SMTP.
 *
 * @param password of the server's login; empty where there is none
 */
record MailTransport(MailServer server, String password) {
  private static final String SECONDS_20 = "20000";

  /**
   * Returns once the server took it.
   *
   * @throws IOException when it did not, or an address is none
   */
  void send(Mail mail) throws IOException {
    try {
      Transport.send(message(mail));
    } catch (MessagingException e) {
      Throwable cause = e.getNextException() == null ? e : e.getNextException();
      String at = server.host() + ":" + server.port();
      throw new IOException(at + ": " + String.valueOf(cause.getMessage()).strip(), e);
    }
  }

  private MimeMessage message(Mail mail) throws MessagingException, IOException {
    var message = new MimeMessage(session());
    message.setFrom(address(mail.from().orElse(server.from())));
    for (String address : mail.recipients().to()) {
      message.addRecipient(RecipientType.TO, address(address));
    }
    for (String address : mail.recipients().cc()) {
      message.addRecipient(RecipientType.CC, address(address));
    }
    for (String address : mail.recipients().bcc()) {
      message.addRecipient(RecipientType.BCC, address(address));
    }
    if (mail.replyTo().isPresent()) {
      message.setReplyTo(List.of(address(mail.replyTo().get())).toArray(InternetAddress[]::new));
    }
    message.setSubject(mail.subject().replaceAll("\\R", " "), StandardCharsets.UTF_8.name());
    message.setText(mail.body(), StandardCharsets.UTF_8.name(), mail.html() ? "html" : "plain");
    message.setHeader(
        "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC)));
    return message;
  }

  private static InternetAddress address(String text) throws IOException {
    try {
      var address = new InternetAddress(text, true);
      address.validate();
      if (address.getPersonal() != null) {
        address.setPersonal(address.getPersonal(), StandardCharsets.UTF_8.name()); // encoded
      }
      return address;
    } catch (AddressException e) {
      throw new IOException("\"" + text + "\" is not a mail address", e);
    }
  }

  private Session session() {
    var properties = new Properties();
    properties.put("mail.transport.protocol", "smtp");
    properties.put("mail.smtp.host", server.host());
    properties.put("mail.smtp.port", Integer.toString(server.port()));
    properties.put("mail.smtp.connectiontimeout", SECONDS_20);
    properties.put("mail.smtp.timeout", SECONDS_20);
    properties.put("mail.smtp.writetimeout", SECONDS_20);
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    switch (server.tls()) {
      case STARTTLS -> {
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", "true");
      }
      case IMPLICIT -> properties.put("mail.smtp.ssl.enable", "true");
      case NONE -> {
        // nothing to add
      }
    }
    if (server.login().isEmpty()) {
      return Session.getInstance(properties);
    }
    properties.put("mail.smtp.auth", "true");
    String username = server.login().get().username();
    return Session.getInstance(
        properties,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(username, password);
          }
        });
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "MailTransport[" + server.host() + ":" + server.port() + "]";
  }
}
