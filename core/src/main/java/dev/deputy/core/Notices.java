package dev.deputy.core;

import java.io.IOException;
import java.util.List;
import java.util.Map;
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
        public Optional<Posted> send(Notice notice) throws IOException {
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
   * @param color {@code good}, {@code warning}, {@code danger} or {@code #rrggbb}; empty for none
   */
  record ChatMessage(Room room, Optional<String> color, String text, Layout layout)
      implements Notice {
    /** A text for a room, and nothing else. */
    public ChatMessage(Optional<String> channel, Optional<String> color, String text) {
      this(
          new Room(channel, Optional.empty(), Optional.empty(), false),
          color,
          text,
          new Layout(List.of(), List.of()));
    }
  }

  /**
   * Where in a chat a message goes.
   *
   * @param channel empty: the configured one
   * @param thread the timestamp of the message that it answers
   * @param replaces the timestamp of the message that it takes the place of
   * @param broadcast whether an answer is shown in the channel as well
   */
  record Room(
      Optional<String> channel,
      Optional<String> thread,
      Optional<String> replaces,
      boolean broadcast) {}

  /** Parts of a message, as the chat's own JSON has them; values of JSON. */
  record Layout(List<Map<String, Object>> attachments, List<Map<String, Object>> blocks) {
    public Layout {
      attachments = List.copyOf(attachments);
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * A message as the chat knows it from now on.
   *
   * @param channel the id of its channel
   * @param timestamp which message of the channel it is
   */
  record Posted(String channel, String timestamp) {}

  /** Whether the configuration says how to send such a notice. */
  boolean sends(Notice notice);

  /**
   * Sends it once.
   *
   * @return which message it became; empty where the other side does not say
   * @throws IOException when the other side did not take it, in words for the log: never with a
   *     secret in it
   */
  Optional<Posted> send(Notice notice) throws IOException;
}
