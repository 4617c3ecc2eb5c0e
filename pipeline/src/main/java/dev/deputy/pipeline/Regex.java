package dev.deputy.pipeline;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions under the run's budget: every character that the matcher looks at is an
 * operation, so that a pattern that would take for ever runs out of budget instead.
 */
final class Regex {
  /** How often counted repetitions inside each other may repeat in total. */
  private static final long REPETITIONS = 10_000;

  /** How much of an expression a message repeats. */
  private static final int SHOWN = 80;

  private static final Pattern COUNTED = Pattern.compile("\\{(\\d+)(?:,(\\d*))?}");

  private Regex() {}

  static Pattern compile(String expression) {
    Matcher counted = COUNTED.matcher(expression);
    long product = 1;
    while (counted.find()) {
      String most = counted.group(2);
      String number = most == null || most.isEmpty() ? counted.group(1) : most;
      product =
          number.length() > 5 ? REPETITIONS + 1 : product * Math.max(1, Integer.parseInt(number));
      if (product > REPETITIONS) {
        throw ScriptError.of(
            Type.ILLEGAL_ARGUMENT, "regular expression repeats too often: " + shown(expression));
      }
    }
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException broken) {
      throw ScriptError.of(Type.PATTERN_SYNTAX, broken.getMessage());
    } catch (StackOverflowError _) {
      throw ScriptError.of(Type.ILLEGAL_ARGUMENT, "regular expression nests too deeply");
    }
  }

  private static String shown(String expression) {
    return expression.length() <= SHOWN ? expression : expression.substring(0, SHOWN) + "…";
  }

  /** A matcher to be used through {@link #find} and {@link #matches} only. */
  static Matcher matcher(Pattern pattern, String text, Budget budget) {
    return pattern.matcher(new Counted(text, 0, text.length(), budget));
  }

  static boolean find(Matcher matcher) {
    try {
      return matcher.find();
    } catch (StackOverflowError _) {
      throw tooComplex(matcher);
    }
  }

  static boolean matches(Matcher matcher) {
    try {
      return matcher.matches();
    } catch (StackOverflowError _) {
      throw tooComplex(matcher);
    }
  }

  static boolean lookingAt(Matcher matcher) {
    try {
      return matcher.lookingAt();
    } catch (StackOverflowError _) {
      throw tooComplex(matcher);
    }
  }

  private static ScriptError tooComplex(Matcher matcher) {
    return ScriptError.of(
        Type.ILLEGAL_ARGUMENT,
        "regular expression is too complex for this text: " + shown(matcher.pattern().pattern()));
  }

  /** A text that charges for looking at it. */
  private record Counted(String text, int start, int end, Budget budget) implements CharSequence {
    @Override
    public int length() {
      return end - start;
    }

    @Override
    public char charAt(int index) {
      budget.operation();
      return text.charAt(start + index);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return text.substring(start + from, start + to);
    }

    @Override
    public String toString() {
      return text.substring(start, end);
    }
  }
}
