package dev.deputy.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** A log group with its streams. Thread-safe. */
final class LogGroup {
  /** An event's place in its stream: by time, then by arrival. */
  record Position(long timestamp, long sequence) implements Comparable<Position> {
    static final Position START = new Position(0, 0);

    @Override
    public int compareTo(Position other) {
      int byTime = Long.compare(timestamp, other.timestamp);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  /** One line, with its times in milliseconds. */
  record Event(Position position, String message, long ingested) {}

  /** A log stream. */
  static final class Stream {
    private final String name;
    private final long created;
    private final NavigableMap<Position, Event> events = new ConcurrentSkipListMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private volatile long ingested;

    private Stream(String name, long created) {
      this.name = name;
      this.created = created;
    }

    String name() {
      return name;
    }

    /** When it was made, in milliseconds. */
    long created() {
      return created;
    }

    /** When the last event arrived, in milliseconds; 0 if none did. */
    long ingested() {
      return ingested;
    }

    NavigableMap<Position, Event> events() {
      return events;
    }

    void add(long timestamp, String message, long now) {
      var position = new Position(timestamp, sequence.incrementAndGet());
      events.put(position, new Event(position, message, now));
      ingested = now;
    }
  }

  private final String name;
  private final long created;
  private final Map<String, String> tags;
  private final ConcurrentSkipListMap<String, Stream> streams = new ConcurrentSkipListMap<>();
  private volatile OptionalLong retentionDays = OptionalLong.empty();

  LogGroup(String name, Instant created, Map<String, String> tags) {
    this.name = name;
    this.created = created.toEpochMilli();
    this.tags = Map.copyOf(tags);
  }

  String name() {
    return name;
  }

  long created() {
    return created;
  }

  Map<String, String> tags() {
    return tags;
  }

  NavigableMap<String, Stream> streams() {
    return streams;
  }

  /** Adds a stream, unless its name is taken. */
  boolean add(String stream, Instant now) {
    return streams.putIfAbsent(stream, new Stream(stream, now.toEpochMilli())) == null;
  }

  /** How long events are kept; empty: for ever. */
  OptionalLong retentionDays() {
    return retentionDays;
  }

  void retain(OptionalLong days) {
    retentionDays = days;
  }

  /** Events before this time, in milliseconds, are gone. */
  long horizon(Instant now) {
    OptionalLong days = retentionDays;
    return days.isEmpty() ? 0 : now.minus(Duration.ofDays(days.getAsLong())).toEpochMilli();
  }
}
