package dev.deputy.builds;

import dev.deputy.pipeline.PipelineException.StepFailed;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.Optional;

/** What steps do with the texts they are given. */
final class Texts {
  private static final String BASE64 = "Base64";

  private Texts() {}

  /**
   * A file's content as a step's text: Base64 is the encoding of what is no text, as in Jenkins.
   */
  static String decode(byte[] content, Optional<String> encoding) {
    return encoding.filter(BASE64::equals).isPresent()
        ? Base64.getEncoder().encodeToString(content)
        : new String(content, charset(encoding));
  }

  static byte[] encode(String text, Optional<String> encoding) {
    if (encoding.filter(BASE64::equals).isEmpty()) {
      return text.getBytes(charset(encoding));
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new StepFailed("writeFile: the text is not Base64: " + e.getMessage());
    }
  }

  /** Output of processes is UTF-8, whatever else was asked for. */
  static void requireUtf8(StepContext step) {
    Optional<String> encoding = step.filledText("encoding");
    if (!charset(encoding).equals(StandardCharsets.UTF_8)) {
      throw new StepFailed(
          step.name() + ": encoding: \"" + encoding.orElse("") + "\" (expected: UTF-8)");
    }
  }

  private static Charset charset(Optional<String> name) {
    try {
      return name.map(Charset::forName).orElse(StandardCharsets.UTF_8);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new StepFailed("encoding: \"" + name.orElse("") + "\" (expected: a known one)");
    }
  }
}
