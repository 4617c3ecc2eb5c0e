package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All secrets that must not appear in output; they only grow. Safe for use by many threads. */
final class Secrets {
  /** A step that prints ever new secrets is still masked, but they are not all remembered. */
  private static final int MAX_SEEN = 2000;

  private static final List<byte[]> KEYS =
      Stream.of(
              List.of("secret", "access", "key"),
              List.of("session", "token"),
              List.of("security", "token"))
          .flatMap(Secrets::spellings)
          .map(key -> key.getBytes(US_ASCII))
          .toList();
  private static final Patterns.Signs SIGNS =
      new Patterns.Signs(
          KEYS,
          bytes("ASIA", "AKIA"),
          bytes("SECRET", "Secret", "secret", "TOKEN", "Token", "token"),
          // How AWS's tokens begin today, in Base64.
          bytes("IQoJb3JpZ2luX2Vj", "FwoGZXIvYXdz", "FQoGZXIvYXdz"));

  /** Variables whose value is a secret. */
  private static final List<String> VARIABLES =
      List.of(
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_SECURITY_TOKEN",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN");

  private static final int SHORTEST = 8;

  private final Set<String> known = new LinkedHashSet<>(); // guarded by this; bytes as Latin-1
  private int seen; // guarded by this
  private volatile Patterns patterns = new Patterns(List.of(), SIGNS);

  /** What to find at this moment. */
  Patterns patterns() {
    return patterns;
  }

  /** Masks the secret parts from now on. */
  void learn(AwsCredentials credentials) {
    learn(credentials.secretAccessKey(), credentials.sessionToken());
  }

  /** Masks the values of an environment's variables that hold secrets by their name. */
  void learnFrom(Map<String, String> environment) {
    VARIABLES.stream()
        .map(environment::get)
        .filter(value -> value != null && value.length() >= SHORTEST)
        .forEach(value -> learn(value));
  }

  /** Masks these texts from now on, also as a shell quotes them in its trace. */
  synchronized void learn(String... secrets) {
    boolean grown = false;
    for (String secret : secrets) {
      for (String form : forms(secret)) {
        grown |= add(form.getBytes(UTF_8));
      }
    }
    if (grown) {
      rebuild();
    }
  }

  /** Masks bytes that were seen as the value of a secret. */
  synchronized void learnSeen(byte[] secret) {
    if (seen < MAX_SEEN && add(secret)) {
      seen++;
      rebuild();
    }
  }

  /**
   * What looks like a secret in a text; masked from now on.
   *
   * @return in the order of their appearance
   */
  List<String> recognise(byte[] text) {
    Secrets found = new Secrets();
    try {
      Masker masker = new Masker(found, (bytes, from, length) -> {});
      masker.accept(text, text.length);
      masker.finish();
    } catch (IOException e) {
      throw new IllegalStateException("nothing is written", e);
    }
    List<String> secrets =
        found.known().stream()
            .map(secret -> new String(secret.getBytes(ISO_8859_1), UTF_8))
            .toList();
    learn(secrets.toArray(String[]::new));
    return secrets;
  }

  private synchronized Set<String> known() {
    return new LinkedHashSet<>(known);
  }

  private static List<byte[]> bytes(String... words) {
    return Stream.of(words).map(word -> word.getBytes(US_ASCII)).toList();
  }

  private boolean add(byte[] secret) {
    return secret.length > 0 && known.add(new String(secret, ISO_8859_1));
  }

  private void rebuild() {
    patterns =
        new Patterns(known.stream().map(secret -> secret.getBytes(ISO_8859_1)).toList(), SIGNS);
  }

  /** {@code sh -x} prints a single quote in quoted text in one of two ways. */
  private static Set<String> forms(String secret) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(secret);
    forms.add(secret.replace("'", "'\\''"));
    forms.add(secret.replace("'", "'\"'\"'"));
    return forms;
  }

  /** {@code SecretAccessKey, secretAccessKey, secret_access_key, SECRET_…, secret-…, Secret-…}. */
  private static Stream<String> spellings(List<String> words) {
    List<String> capitals =
        words.stream().map(word -> (char) (word.charAt(0) - 32) + word.substring(1)).toList();
    String pascal = String.join("", capitals);
    String snake = String.join("_", words);
    return Stream.of(
        pascal,
        (char) (pascal.charAt(0) + 32) + pascal.substring(1),
        snake,
        snake.toUpperCase(Locale.ROOT),
        String.join("-", words),
        String.join("-", capitals));
  }
}
