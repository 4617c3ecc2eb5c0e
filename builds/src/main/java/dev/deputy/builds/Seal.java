package dev.deputy.builds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what a journal has to keep of a run: a script may print, and a file may hold, secrets
 * that nobody declared. AES-256-GCM with a key of the controller's own, in a file that only its
 * user can read and that no copy of the database has. A sealed text opens only in its place.
 * Thread-safe.
 */
final class Seal {
  private static final String KEY_FILE = "journal.key";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  private Seal(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /** The seal of a controller with this folder, which gets a key where it has none. */
  static Seal in(Path folder) {
    try {
      Path file = folder.resolve(KEY_FILE);
      if (!Files.exists(file)) {
        make(folder, file);
      }
      byte[] key = Files.readAllBytes(file);
      if (key.length != KEY_BYTES) {
        throw new IOException(file + " is no key (expected: " + KEY_BYTES + " bytes)");
      }
      return new Seal(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whoever comes first makes it, whole. */
  private static void make(Path folder, Path file) throws IOException {
    Files.createDirectories(folder);
    Path part =
        Files.createTempFile(
            folder,
            KEY_FILE,
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      byte[] key = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(key);
      Files.write(part, key);
      Files.createLink(file, part);
    } catch (FileAlreadyExistsException _) {
      // somebody else's is as good
    } catch (UnsupportedOperationException _) {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * @param place where it stands, which it can not be moved from
   */
  String close(String place, String text) {
    try {
      byte[] nonce = new byte[NONCE_BYTES];
      random.nextBytes(nonce);
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
      return Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /**
   * @throws Diverged when it was sealed with another key or in another place, or was changed
   */
  String open(String place, String sealed) {
    try {
      byte[] all = Base64.getDecoder().decode(sealed);
      if (all.length < NONCE_BYTES) {
        throw new IllegalArgumentException("too short");
      }
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE_BYTES), place)
              .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
      return new String(text, StandardCharsets.UTF_8);
    } catch (AEADBadTagException | IllegalArgumentException _) {
      throw new Diverged("an entry of the journal does not open with this controller's key");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
