package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskerTest {
  private static final String KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXAMPLEKEY";
  private static final String SECRET = KEY.substring(0, 40);
  private static final String TOKEN =
      "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3Qt".repeat(9) + "==";
  private static final String ID = "ASIAIOSFODNN7EXAMPLE";

  private final Secrets secrets = new Secrets();

  @Test
  void textWithoutSecretsPassesUnchanged() {
    assertThat(mask("+ echo hello\nhello\n")).isEqualTo("+ echo hello\nhello\n");
  }

  @Test
  void knownSecretIsReplaced() {
    secrets.learn("hunter2-and-more");

    assertThat(mask("password hunter2-and-more!\n")).isEqualTo("password ****!\n");
  }

  @Test
  void longestOfOverlappingSecretsIsReplaced() {
    secrets.learn("abcdef", "abcdefgh", "ghij");

    assertThat(mask("xabcdefghijx abcdefg")).isEqualTo("x****x ****g");
  }

  @Test
  void secretIsReplacedAlsoAsAShellQuotesIt() {
    secrets.learn("it's-a-secret");

    assertThat(mask("+ echo 'it'\"'\"'s-a-secret' 'it'\\''s-a-secret'\n"))
        .isEqualTo("+ echo '****' '****'\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"AccessKeyId\": \"" + "%1$s" + "\",\n \"SecretAccessKey\": \"%2$s\",\n",
        "{\"SecretAccessKey\":\"%2$s\",\"SessionToken\":\"%3$s\"}",
        "+ CREDS='{\"Credentials\": {\"SecretAccessKey\": \"%2$s\", \"SessionToken\":"
            + " \"%3$s\"}}'\n",
        "+ CREDS=\"{\\\"SecretAccessKey\\\": \\\"%2$s\\\",\\n"
            + " \\\"SessionToken\\\": \\\"%3$s\\\"}\"\n",
        "+ export AWS_SECRET_ACCESS_KEY=%2$s\n+ export AWS_SESSION_TOKEN=%3$s\n",
        "+ export 'AWS_SECRET_ACCESS_KEY=%2$s'\n",
        "aws_secret_access_key = %2$s\naws_session_token=%3$s\n",
        "+ aws configure set aws_secret_access_key %2$s\n",
        "<SecretAccessKey>%2$s</SecretAccessKey><SessionToken>%3$s</SessionToken>",
        "||  SecretAccessKey |  %2$s  ||\n||  SessionToken  |  %3$s  ||\n",
        "CREDENTIALS\t%1$s\t2026-01-01T00:00:00+00:00\t%2$s\t%3$s\n",
        "%1$s\t%2$s\t%3$s\n",
        "%1$s\n%2$s\n%3$s\n",
        "+ set -- %1$s %2$s %3$s\n",
        "secretAccessKey: '%2$s',\n sessionToken: '%3$s'",
        "X-Amz-Security-Token: %3$s\r\n",
        "+ SECRET=%2$s\n+ TOKEN=%3$s\n",
        "+ echo 'token is' %3$s\n",
        "-backend-config=secret_key=%2$s\n",
        "secret_key: %2$s\n",
        "my.secret => %2$s,",
        "AccessKeyId: %1$s\nSecretAccessKey: %2$s\nSessionToken: %3$s\n"
      })
  void awsShapedSecretIsReplaced(String shape) {
    String masked = mask(String.format(shape, ID, SECRET, TOKEN));

    assertThat(masked).doesNotContain(SECRET).doesNotContain(TOKEN.substring(0, 20));
    assertThat(masked).contains("****");
  }

  @Test
  void sessionTokenIsReplacedWhereverItStands() {
    assertThat(mask("it is " + TOKEN + "\n")).isEqualTo("it is IQoJb3JpZ2luX2Vj****\n");
  }

  @Test
  void valuesOfVariablesThatHoldSecretsAreReplaced() {
    secrets.learnFrom(
        Map.of(
            "AWS_SECRET_ACCESS_KEY", SECRET, "AWS_SESSION_TOKEN", "abcdefgh", "HOME", "/home/x"));

    assertThat(mask("it is " + SECRET + " of abcdefgh in /home/x\n"))
        .isEqualTo("it is **** of **** in /home/x\n");
  }

  @Test
  void secretsInAFileAreRecognisedAndMaskedFromThenOn() {
    String file = "{\"AccessKeyId\": \"" + ID + "\",\n\"SecretAccessKey\": \"" + SECRET + "\"}\n";

    assertThat(secrets.recognise(file.getBytes(UTF_8))).containsExactly(SECRET);
    assertThat(secrets.recognise("nothing special\n".getBytes(UTF_8))).isEmpty();
    assertThat(mask("it is " + SECRET + "\n")).isEqualTo("it is ****\n");
  }

  @Test
  void namesAndCommitsBesideTheWordTokenPassUnchanged() {
    String line = "token of build=4711 at 3f30d5bb4a9a4dd6b2a68868b90d88103f30d5bb, secret=short\n";
    assertThat(mask(line)).isEqualTo(line);
  }

  @Test
  void onlyTheValueOfAnAwsShapeIsReplaced() {
    assertThat(mask("{\"SecretAccessKey\": \"" + SECRET + "\", \"AccessKeyId\": \"" + ID + "\"}"))
        .isEqualTo("{\"SecretAccessKey\": \"****\", \"AccessKeyId\": \"" + ID + "\"}");
  }

  @Test
  void valueSeenInAShapeIsReplacedEverywhereAfterwards() {
    assertThat(mask("SecretAccessKey: " + SECRET + "\nand " + SECRET + " again x" + SECRET + "x\n"))
        .isEqualTo("SecretAccessKey: ****\nand **** again x****x\n");
  }

  @Test
  void valueSeenInOneStepIsReplacedInAnother() {
    mask("export AWS_SESSION_TOKEN=" + TOKEN + "\n");

    assertThat(mask(TOKEN + '\n')).isEqualTo("****\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+ unset AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_ACCESS_KEY_ID\n",
        "Set AWS_SESSION_TOKEN before you call this programme\n",
        "missing AWS_SECRET_ACCESS_KEY:\nstopping now\n",
        "aws_session_token=$TOKEN\n",
        "--query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]'\n",
        "commit 0123456789abcdef0123456789abcdef01234567\n",
        "ASIAIOSFODNN7EXAMPLE 0123456789abcdef0123456789abcdef01234567\n",
        "SecretAccessKey=short\n",
        "ASIA is a continent\n"
      })
  void textThatOnlyMentionsSecretsPassesUnchanged(String text) {
    assertThat(mask(text)).isEqualTo(text);
  }

  @Test
  void promptIsReleasedBeforeItsLineEnds() throws IOException {
    secrets.learn("top-secret-text");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Masker masker = new Masker(secrets, out::write);

    accept(masker, "Continue? [y/N] ");

    assertThat(out.toString(UTF_8)).isEqualTo("Continue? [y/N] ");
  }

  @Test
  void beginningOfASecretWaitsHoweverLongItTakes() throws IOException {
    secrets.learn("top-secret-text");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Masker masker = new Masker(secrets, out::write);

    accept(masker, "a top-secret");
    assertThat(out.toString(UTF_8)).isEqualTo("a ");
    accept(masker, "-text b.");
    assertThat(out.toString(UTF_8)).isEqualTo("a **** b.");
  }

  @Test
  void beginningOfASecretIsReleasedWhenItTurnsOutToBeNone() throws IOException {
    secrets.learn("top-secret-text");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Masker masker = new Masker(secrets, out::write);

    accept(masker, "a top-secret");
    masker.finish();

    assertThat(out.toString(UTF_8)).isEqualTo("a top-secret");
  }

  @Test
  void secretLearntWhileItsBeginningWaitsIsReplaced() throws IOException {
    secrets.learn("prefix-one");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Masker masker = new Masker(secrets, out::write);

    accept(masker, "prefix-");
    secrets.learn("prefix-two");
    accept(masker, "two!");
    masker.finish();

    assertThat(out.toString(UTF_8)).isEqualTo("****!");
  }

  @Test
  void valueThatNeverEndsIsReplacedWithoutBeingKept() {
    String endless = "A1b2".repeat(100_000);

    assertThat(mask("SecretAccessKey=" + endless + " end\n"))
        .isEqualTo("SecretAccessKey=**** end\n");
  }

  @Property
  void secretsNeverPassHoweverTheStreamIsCut(
      @ForAll @Size(min = 1, max = 6)
          List<@CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 8) String> known,
      @ForAll @CharRange(from = 'a', to = 'd') @StringLength(max = 200) String text,
      @ForAll long seed) {
    Secrets book = new Secrets();
    book.learn(known.toArray(new String[0]));

    String masked = mask(book, text, new Random(seed));

    assertThat(masked).isEqualTo(reference(known, text));
  }

  /** Marks every byte of every occurrence; runs of marked bytes become one mask. */
  private static String reference(List<String> known, String text) {
    boolean[] marked = new boolean[text.length()];
    for (String secret : known) {
      for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
        Arrays.fill(marked, at, at + secret.length(), true);
      }
    }
    StringBuilder masked = new StringBuilder();
    for (int i = 0; i < marked.length; i++) {
      if (!marked[i]) {
        masked.append(text.charAt(i));
      } else if (i == 0 || !marked[i - 1]) {
        masked.append("****");
      }
    }
    return masked.toString();
  }

  @Property(tries = 300)
  void awsShapesAreReplacedHoweverTheStreamIsCut(
      @ForAll @IntRange(max = 4) int shape, @ForAll long seed) {
    Random random = new Random(seed);
    String secret = value(random, 40);
    String token = value(random, 100 + random.nextInt(1500));
    String text =
        List.of(
                "{\n  \"AccessKeyId\": \""
                    + ID
                    + "\",\n  \"SecretAccessKey\": \"%s\",\n  \"SessionToken\": \"%s\"\n}",
                "+ export AWS_SECRET_ACCESS_KEY=%s\n+ export AWS_SESSION_TOKEN=%s\n",
                "CREDENTIALS\t" + ID + "\t2026-11-22T10:00:00Z\t%s\t%s\n",
                ID + "\n%s\n%s\n",
                "aws_secret_access_key=%s\naws_session_token=%s\nmore\n")
            .get(shape);
    String whole =
        "before\n" + String.format(text, secret, token) + secret + ' ' + token + "\nafter";

    String masked = mask(new Secrets(), whole, random);

    assertThat(masked)
        .isEqualTo("before\n" + String.format(text, "****", "****") + "**** ****\nafter");
  }

  @Property
  void anyBytesPassUnchangedWhereNothingIsSecret(
      @ForAll @NotEmpty byte[] bytes, @ForAll long seed) {
    Secrets book = new Secrets();
    book.learn("a-secret-that-is-not-there-at-all");
    String text = new String(bytes, ISO_8859_1);

    assertThat(mask(book, text, new Random(seed))).isEqualTo(text);
  }

  private static String value(Random random, int length) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    StringBuilder value = new StringBuilder("Zz+");
    while (value.length() < length) {
      value.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return value.toString();
  }

  private String mask(String text) {
    return mask(secrets, text, new Random(text.hashCode()));
  }

  private static String mask(Secrets secrets, String text, Random cuts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Masker masker = new Masker(secrets, out::write);
    byte[] bytes = text.getBytes(ISO_8859_1);
    int at = 0;
    try {
      while (at < bytes.length) {
        int length = Math.min(bytes.length - at, 1 + cuts.nextInt(1 << cuts.nextInt(10)));
        masker.accept(Arrays.copyOfRange(bytes, at, at + length), length);
        at += length;
      }
      masker.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(ISO_8859_1);
  }

  private static void accept(Masker masker, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    masker.accept(bytes, bytes.length);
  }
}
