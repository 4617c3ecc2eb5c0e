package dev.deputy.sandbox;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A bucket and what is in it. Thread-safe. */
record S3Bucket(
    String name,
    String account,
    String region,
    Instant created,
    ConcurrentSkipListMap<String, Stored> objects,
    Map<String, Upload> uploads) {

  /**
   * One object.
   *
   * @param headers what a reader gets beside the content: its type, metadata and so on
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  record Stored(
      byte[] content,
      String tag,
      Instant changed,
      Map<String, String> headers,
      Map<String, String> tags) {
    Stored {
      headers = Map.copyOf(headers);
      tags = Map.copyOf(tags);
    }
  }

  /** An object that is being sent in parts. */
  record Upload(String key, Map<String, String> headers, Map<String, String> tags, Parts parts) {}

  /** The parts by their numbers. */
  static final class Parts {
    private final Map<Integer, Stored> byNumber = new TreeMap<>();

    synchronized void put(int number, Stored part) {
      byNumber.put(number, part);
    }

    synchronized Map<Integer, Stored> all() {
      return new TreeMap<>(byNumber);
    }
  }

  static S3Bucket fresh(String name, Call call) {
    return new S3Bucket(
        name,
        call.account(),
        call.region(),
        call.time(),
        new ConcurrentSkipListMap<>(),
        new ConcurrentHashMap<>());
  }

  String arn() {
    return "arn:aws:s3:::" + name;
  }
}
