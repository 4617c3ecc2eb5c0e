package dev.deputy.core;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How builds tell people. Where it goes is the configuration's to say: a pipeline names people and
 * rooms, never hosts. Thread-safe; sending blocks until the other side took it.
 */
public interface Notices {
  /** Sends nothing. */
  Notices NONE =
      new Notices() {
        @Override
        public boolean sends(Notice notice) {
          return false;
        }

        @Override
        public void send(Notice notice) throws IOException {
          throw new IOException("nothing is configured to send this with");
        }
      };

  /** Something to tell. */
  sealed interface Notice {}

  /**
   * A mail, to one address at least.
   *
   * @param from empty: the configured sender
   * @param html whether the body is HTML; otherwise it is plain text
   */
  record Mail(
      Recipients recipients,
      Optional<String> from,
      Optional<String> replyTo,
      String subject,
      String body,
      boolean html)
      implements Notice {}

  /** Addresses of a mail. */
  record Recipients(List<String> to, List<String> cc, List<String> bcc) {
    public Recipients {
      to = List.copyOf(to);
      cc = List.copyOf(cc);
      bcc = List.copyOf(bcc);
    }

    public boolean isEmpty() {
      return to.isEmpty() && cc.isEmpty() && bcc.isEmpty();
    }
  }

  /**
   * A message to a room of a chat.
   *
   * @param channel empty: the configured one
   * @param color {@code good}, {@code warning}, {@code danger} or {@code #rrggbb}; empty for none
   */
  record ChatMessage(Optional<String> channel, Optional<String> color, String text)
      implements Notice {}

  /** Whether the configuration says how to send such a notice. */
  boolean sends(Notice notice);

  /**
   * Sends it once.
   *
   * @throws IOException when the other side did not take it, in words for the log
   */
  void send(Notice notice) throws IOException;
}
