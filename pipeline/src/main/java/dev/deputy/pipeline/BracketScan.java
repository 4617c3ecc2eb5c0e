package dev.deputy.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A look at the brackets and quotes of a file without parsing it, in one pass and constant stack:
 * how deep they nest (before the parser is let near it), and, where the parser gave up, which one
 * was never closed.
 */
final class BracketScan {
  /**
   * Where a bracket or string began.
   *
   * @param indentation of its line
   */
  record Opened(String token, int line, int column, int indentation) {}

  /**
   * A bracket, and the place of its partner that was probably meant for another one.
   *
   * @param line of the closing bracket
   * @param column of the closing bracket
   */
  record Early(Opened opened, int line, int column) {}

  /** Groovy's parser takes quadratic time for type arguments that nest. */
  private static final int MAX_ANGLES = 50;

  private final String text;
  private final Deque<Opened> open = new ArrayDeque<>();
  private int index;
  private int line = 1;
  private int lineStart;
  private int code;
  private int closers;
  private char previous = '\n';
  private int angles;
  private @Nullable Opened tooDeep;
  private @Nullable Opened mismatch;
  private @Nullable Opened closedTooFarLeft;
  private @Nullable Early closedTooEarly;
  private boolean stray;

  private BracketScan(String text) {
    this.text = text;
  }

  static BracketScan of(String text, int depth) {
    BracketScan scan = new BracketScan(text);
    scan.run(depth);
    return scan;
  }

  /** The bracket that goes beyond the allowed depth. */
  Optional<Opened> tooDeep() {
    return Optional.ofNullable(tooDeep);
  }

  /**
   * The innermost bracket or string that was open where the first closing bracket did not fit, or
   * at the end of the file.
   */
  Optional<Opened> unclosed() {
    return Optional.ofNullable(mismatch != null ? mismatch : open.peek());
  }

  /**
   * The first brace whose partner stands further left than the line that opened it: where a closing
   * brace was forgotten, and that of an outer block closed the inner one.
   */
  Optional<Opened> closedTooFarLeft() {
    return Optional.ofNullable(closedTooFarLeft);
  }

  /**
   * Where there is a closing bracket too many: the first that stands further right than the line of
   * its partner, or behind other things in its line, so that it was meant for another one.
   */
  Optional<Early> closedTooEarly() {
    return stray ? Optional.ofNullable(closedTooEarly) : Optional.empty();
  }

  private void run(int depth) {
    while (index < text.length() && mismatch == null) {
      Opened top = open.peek();
      if (top != null && isString(top.token())) {
        insideString(top.token());
      } else {
        insideCode();
      }
      if (tooDeep == null && open.size() > depth) {
        tooDeep = open.peek();
      }
    }
  }

  private void insideCode() {
    char c = text.charAt(index);
    if (looking("//") || (looking("#!") && index == 0)) {
      skipTo("\n");
    } else if (looking("/*")) {
      skipTo("*/");
      skip(2);
    } else if (c == '(' || c == '[' || c == '{') {
      open(String.valueOf(c));
    } else if (c == ')' || c == ']' || c == '}') {
      close(c);
    } else {
      Optional<String> quote = quote();
      if (quote.isPresent()) {
        open(quote.get());
      } else {
        countAngles(c);
        remember(c);
        skip(looking("<<") ? 2 : 1);
      }
    }
  }

  /** Type arguments in each other; comparisons are far fewer, and have other signs between them. */
  private void countAngles(char c) {
    if (c == '<' && !looking("<<")) {
      angles++;
    } else if (!Character.isLetterOrDigit(c)
        && !Character.isWhitespace(c)
        && "_$<>,.?&".indexOf(c) < 0) {
      angles = 0;
    }
    if (angles > MAX_ANGLES && tooDeep == null) {
      tooDeep = opened("<");
    }
  }

  private void insideString(String quote) {
    char c = text.charAt(index);
    boolean interpolates = !quote.startsWith("'");
    if (c == '\\' || (quote.equals("$/") && looking("$$"))) {
      skip(2);
    } else if (interpolates && looking("${")) {
      skip(1);
      open("{");
    } else if (looking(quote.equals("$/") ? "/$" : quote)) {
      open.pop();
      skip(quote.length());
      previous = '"';
    } else if (c == '\n' && quote.length() == 1 && !quote.equals("/")) {
      mismatch = open.peek();
    } else {
      skip(1);
    }
  }

  private Optional<String> quote() {
    for (String quote : List.of("\"\"\"", "'''", "\"", "'", "$/")) {
      if (looking(quote)) {
        return Optional.of(quote);
      }
    }
    return looking("/") && !endsOperand(previous) ? Optional.of("/") : Optional.empty();
  }

  /** After an operand a slash divides; elsewhere it starts a string. */
  private static boolean endsOperand(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == ')' || c == ']' || c == '}' || c == '"';
  }

  private void open(String token) {
    open.push(opened(token));
    remember(token.charAt(0));
    skip(token.length());
  }

  private Opened opened(String token) {
    return new Opened(token, line, index - lineStart + 1, indentation());
  }

  private void close(char closing) {
    Opened top = open.peek();
    if (top != null && closes(top.token(), closing)) {
      open.pop();
      compareIndentation(top);
    } else if (top != null) {
      mismatch = top;
    } else {
      stray = true;
    }
    remember(closing);
    skip(1);
  }

  private void compareIndentation(Opened opened) {
    if (opened.line() == line || (closedTooFarLeft != null && closedTooEarly != null)) {
      return;
    }
    int left = index - lineStart;
    boolean first = onlyClosed();
    if (closedTooFarLeft == null && first && left < opened.indentation()) {
      closedTooFarLeft = opened;
    }
    if (closedTooEarly == null && (!first || left > opened.indentation())) {
      closedTooEarly = new Early(opened, line, left + 1);
    }
  }

  /** Whether nothing but closing brackets stands before this place in its line. */
  private boolean onlyClosed() {
    closers = past(" \t})];", Math.max(closers, lineStart));
    return closers >= index;
  }

  private int indentation() {
    code = past(" \t", Math.max(code, lineStart));
    return Math.min(code, index) - lineStart;
  }

  /** Never looks at a character twice, however often it is asked about one line. */
  private int past(String skipped, int from) {
    int end = from;
    while (end < index && skipped.indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private static boolean closes(String opening, char closing) {
    return switch (closing) {
      case ')' -> opening.equals("(");
      case ']' -> opening.equals("[");
      default -> opening.equals("{");
    };
  }

  private static boolean isString(String token) {
    return !token.equals("(") && !token.equals("[") && !token.equals("{");
  }

  private void remember(char c) {
    if (c == '\n' || !Character.isWhitespace(c)) {
      previous = c;
    }
  }

  private boolean looking(String expected) {
    return text.startsWith(expected, index);
  }

  private void skipTo(String end) {
    int found = text.indexOf(end, index);
    skip((found < 0 ? text.length() : found) - index);
  }

  private void skip(int count) {
    int end = Math.min(text.length(), index + count);
    while (index < end) {
      if (text.charAt(index) == '\n') {
        line++;
        lineStart = index + 1;
      }
      index++;
    }
  }
}
