package dev.deputy.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts a task's output into log events, one a line, and hands them on in groups: whatever has come
 * since the last group goes as soon as there is nothing more to read at once.
 */
final class TaskOutput {
  /** A longer line becomes several events, as with Docker's log drivers. */
  static final int MAX_LINE_BYTES = 16 * 1024;

  /** CloudWatch Logs takes 1 MiB and 10,000 events at once, and counts 26 bytes more for each. */
  private static final int MAX_GROUP_BYTES = 512 * 1024;

  private static final int EVENT_OVERHEAD = 26;
  private static final int MAX_GROUP = 5000;

  /** One line, without its end, and when it was read, in milliseconds since the epoch. */
  record Event(long timestamp, String message) {}

  private final InstantSource clock;
  private final Consumer<List<Event>> sink;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<Event> group = new ArrayList<>();
  private int groupBytes;

  TaskOutput(InstantSource clock, Consumer<List<Event>> sink) {
    this.clock = clock;
    this.sink = sink;
  }

  /** Reads to the end; all that was read has been handed on when this returns. */
  void drain(InputStream output) {
    byte[] buffer = new byte[8192];
    try {
      for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
        for (int i = 0; i < n; i++) {
          take(buffer[i]);
        }
        if (output.available() == 0) {
          flush();
        }
      }
    } catch (IOException _) {
      // closed from our side, or the pipe broke: what has been read is what there is
    }
    if (line.size() > 0) {
      endLine();
    }
    flush();
  }

  private void take(byte b) {
    if (b == '\n') {
      endLine();
      return;
    }
    boolean startsCharacter = (b & 0xC0) != 0x80;
    if (line.size() >= MAX_LINE_BYTES && startsCharacter) {
      endLine();
    }
    line.write(b);
  }

  private void endLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    String message = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    if (!message.isEmpty()) {
      group.add(new Event(clock.millis(), message));
      groupBytes += line.size() + EVENT_OVERHEAD;
    }
    line.reset();
    if (groupBytes >= MAX_GROUP_BYTES || group.size() >= MAX_GROUP) {
      flush();
    }
  }

  private void flush() {
    if (!group.isEmpty()) {
      sink.accept(List.copyOf(group));
      group.clear();
      groupBytes = 0;
    }
  }
}
