package dev.deputy.builds;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hides a build's secrets in everything that is written down of it: the controller's own line of
 * defence behind the agent's. A secret of several lines is hidden line by line. Thread-safe.
 */
final class Masks {
  private static final byte[] STARS = "****".getBytes(StandardCharsets.UTF_8);

  /** Longest first, so that a secret within another one does not uncover the rest of it. */
  private volatile List<byte[]> secrets = List.of();

  Masks(Collection<String> secrets) {
    add(secrets);
  }

  /** Hides these too from now on; blank ones are no secrets. */
  synchronized void add(Collection<String> more) {
    var texts = new LinkedHashSet<String>();
    secrets.forEach(secret -> texts.add(new String(secret, StandardCharsets.UTF_8)));
    for (String secret : more) {
      secret.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(texts::add);
    }
    var sorted = new ArrayList<byte[]>();
    texts.forEach(text -> sorted.add(text.getBytes(StandardCharsets.UTF_8)));
    sorted.sort(Comparator.comparingInt((byte[] secret) -> secret.length).reversed());
    secrets = List.copyOf(sorted);
  }

  /** How many bytes at the end of a cut text could be the beginning of a secret. */
  int overlap() {
    return secrets.isEmpty() ? 0 : secrets.getFirst().length - 1;
  }

  String hide(String text) {
    if (secrets.isEmpty()) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new String(hide(bytes, 0, bytes.length), StandardCharsets.UTF_8);
  }

  /**
   * The bytes without secrets; the given array itself where it is all of the range and holds none.
   */
  byte[] hide(byte[] bytes, int offset, int length) {
    List<byte[]> patterns = secrets;
    int end = offset + length;
    ByteArrayOutputStream hidden = null;
    int kept = offset;
    for (int at = offset; at < end; ) {
      int found = match(patterns, bytes, at, end);
      if (found == 0) {
        at++;
        continue;
      }
      if (hidden == null) {
        hidden = new ByteArrayOutputStream(length);
      }
      hidden.write(bytes, kept, at - kept);
      hidden.write(STARS, 0, STARS.length);
      at += found;
      kept = at;
    }
    if (hidden == null) {
      return offset == 0 && length == bytes.length ? bytes : Arrays.copyOfRange(bytes, offset, end);
    }
    hidden.write(bytes, kept, end - kept);
    return hidden.toByteArray();
  }

  /**
   * The same of all texts in maps and lists, of their keys as well.
   *
   * @param value a tree, as JSON has it
   */
  @Nullable Object hideAll(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var hidden = new LinkedHashMap<Object, @Nullable Object>();
        map.forEach((key, item) -> hidden.put(hide(String.valueOf(key)), hideAll(item)));
        yield hidden;
      }
      case List<?> list -> {
        var hidden = new ArrayList<@Nullable Object>();
        list.forEach(item -> hidden.add(hideAll(item)));
        yield hidden;
      }
      case String text -> hide(text);
      case null, default -> value;
    };
  }

  /** A value with a reference in place of each secret: see {@link References}. */
  @Nullable Object refer(@Nullable Object value) {
    return secrets.isEmpty() ? value : References.refer(value, secrets());
  }

  /**
   * The value with its secrets again.
   *
   * @throws Diverged where the build does not know a secret that is referred to
   */
  @Nullable Object resolve(@Nullable Object value) {
    return References.resolve(value, this::secrets);
  }

  /** What is hidden, for agents to hide it too. */
  List<String> secrets() {
    return secrets.stream().map(secret -> new String(secret, StandardCharsets.UTF_8)).toList();
  }

  boolean isEmpty() {
    return secrets.isEmpty();
  }

  private static int match(List<byte[]> patterns, byte[] bytes, int at, int end) {
    for (byte[] pattern : patterns) {
      if (at + pattern.length <= end
          && Arrays.equals(bytes, at, at + pattern.length, pattern, 0, pattern.length)) {
        return pattern.length;
      }
    }
    return 0;
  }
}
