package dev.deputy.systemtests;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.Arrays;
import java.util.Base64;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * Writes down every random value that this JVM draws. Whatever secret the sandbox or the controller
 * issues, it is one of these values, so that none can be forgotten. Real randomness all the same.
 */
final class RecordedRandomness extends Provider {
  private static final String NAME = "RecordedRandomness";

  /** Shorter values are ids, nonces of protocols and the like; no secret of ours is. */
  private static final int SHORTEST_SECRET = 24;

  private static final Queue<byte[]> DRAWN = new ConcurrentLinkedQueue<>();

  private RecordedRandomness() {
    super(NAME, "1", "records what it gives");
    put("SecureRandom." + NAME, Source.class.getName());
  }

  /** Records from now on; must come before the first class that keeps a source of randomness. */
  static void begin() {
    Security.insertProviderAt(new RecordedRandomness(), 1);
  }

  static void end() {
    Security.removeProvider(NAME);
  }

  /**
   * All values that may be secrets, in the spelling that tokens have.
   *
   * @param published values in that spelling that are no secrets
   */
  static Set<String> secrets(Set<String> published) {
    return DRAWN.stream()
        .map(Base64.getUrlEncoder().withoutPadding()::encodeToString)
        .filter(value -> !published.contains(value))
        .collect(Collectors.toSet());
  }

  /** Whether a value in any spelling of Base64 is one of those that were drawn. */
  static boolean drew(String value) {
    byte[] bytes = Base64.getUrlDecoder().decode(value.replace('+', '-').replace('/', '_'));
    return DRAWN.stream().anyMatch(drawn -> Arrays.equals(drawn, bytes));
  }

  /** Made by the JDK, by name. */
  public static final class Source extends SecureRandomSpi {
    private static final long serialVersionUID = 1;

    private final SecureRandom system;

    public Source() throws NoSuchAlgorithmException {
      system = SecureRandom.getInstance("NativePRNGNonBlocking");
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      system.setSeed(seed);
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      system.nextBytes(bytes);
      if (bytes.length >= SHORTEST_SECRET) {
        DRAWN.add(bytes.clone());
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      return system.generateSeed(count);
    }
  }
}
