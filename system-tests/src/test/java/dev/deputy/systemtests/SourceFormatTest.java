package dev.deputy.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceFormatTest {
  private static final int LONGEST_FILE = 600;

  @Test
  void everySourceIsFormattedAsGoogleJavaFormatDoes() {
    assertThat(Checkout.javaSources().parallelStream().filter(file -> !formatted(file)))
        .as("sources that google-java-format would change")
        .isEmpty();
  }

  @Test
  void noSourceIsTooLongToSayOneThing() {
    assertThat(Checkout.javaSources().stream().filter(file -> lines(file).size() > LONGEST_FILE))
        .as("sources of more than %s lines", LONGEST_FILE)
        .isEmpty();
  }

  private static boolean formatted(Path file) {
    try {
      String source = String.join("\n", lines(file)) + "\n";
      return new Formatter().formatSourceAndFixImports(source).equals(source);
    } catch (FormatterException e) {
      throw new AssertionError(file + " does not parse", e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new AssertionError(file + " can not be read", e);
    }
  }
}
