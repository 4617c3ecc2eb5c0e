package dev.deputy.pipeline;

import dev.deputy.pipeline.BracketScan.Opened;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in our words, at the place where it is, what Groovy's parser did not like; always with a
 * hint.
 */
final class SyntaxErrors {
  private static final Pattern QUOTED = Pattern.compile("'(.*)'", Pattern.DOTALL);
  private static final Pattern SHELL =
      Pattern.compile(
          "\\s*(if\\s+\\[|\\[\\s+-\\w\\s|(then|fi|done|esac|elif)\\b|for\\s+\\w+\\s+in\\b(?!.*\\{)"
              + "|(export|cd|mkdir|rm|cp|mv|ls|cat|curl|wget|git|docker|mvn|npm|make|grep|sed|chmod"
              + "|apt-get|pip|python3?|kubectl|aws|sudo|source|bash)\\s+[^\\s=('\"{.:]|\\./).*");
  private static final String OPERATORS = "+-*/%=<>!&|^~?:.,";
  private static final String TYPOGRAPHIC = "‘’‚‛“”„‟«»‹›";

  private final Source source;
  private final Findings findings;
  private final BracketScan brackets;

  SyntaxErrors(Source source, Findings findings) {
    this.source = source;
    this.findings = findings;
    this.brackets = BracketScan.of(source.text(), Integer.MAX_VALUE);
  }

  /**
   * @param original the parser's message
   * @param at where the parser says it is
   */
  void report(String original, Position at) {
    Optional<Opened> unclosed = brackets.unclosed();
    if (original.startsWith("Unclosed comment")) {
      findings.error(at, "this comment has no end", "close it with */");
    } else if (original.startsWith("Unexpected character")) {
      character(source.charAt(at), at);
    } else if (original.startsWith("Illegal string body character")) {
      dollar(at);
    } else if (original.startsWith("Illegal escape")) {
      findings.error(
          at,
          "'" + quoted(original) + "' is not a known escape",
          "write two backslashes, \\\\, for one backslash in the text");
    } else if (original.startsWith("Unclosed") || unclosed.filter(this::isQuote).isPresent()) {
      string(unclosed.map(o -> source.at(o.line(), o.column())).orElse(at), unclosed);
    } else if (original.startsWith("Missing")
        && unclosed.filter(o -> o.token().equals("{")).isPresent()
        && ")]".contains(source.charAt(at))
        && !source.charAt(at).isEmpty()) {
      closesNothing(source.charAt(at), at);
    } else if (original.startsWith("Missing") && unclosed.isPresent()) {
      findings.error(at, "expected '" + quoted(original) + "' here", openedAt(unclosed.get()));
    } else {
      grammar(original, at);
    }
  }

  private void grammar(String original, Position at) {
    String token = quoted(original);
    Optional<SyntaxTokens> stuck = ReadAhead.stuckIn(source.text());
    Optional<Opened> unclosed = brackets.unclosed();
    boolean closing = stuck.filter(s -> s.wrong().closes() || s.wrong().is("")).isPresent();
    if (closing && unclosed.isPresent()) {
      SyntaxTokens.Word wrong = stuck.get().wrong();
      findings.error(
          source.at(wrong.line(), wrong.column()),
          wrong.is("") ? "unexpected end of file" : "unexpected '" + wrong.text() + "'",
          openedAt(unclosed.get()));
    } else if (closing && stuck.get().open().isEmpty()) {
      SyntaxTokens.Word wrong = stuck.get().wrong();
      closesNothing(wrong.text(), source.at(wrong.line(), wrong.column()));
    } else if (stuck.isPresent()) {
      SyntaxAdvice advice = SyntaxAdvice.of(stuck.get());
      boolean alone = stuck.get().wrong().is("else", "catch", "finally", "case", "default");
      error(
          source.at(advice.line(), advice.column()),
          advice.message(),
          alone ? closedEarly().orElse(advice.hint()) : advice.hint());
    } else if (original.startsWith("Unexpected") && token.strip().contains("\n")) {
      joinedLines(token, at);
    } else if (original.startsWith("Unexpected input") && !token.isBlank()) {
      afterwards(token.strip(), at);
    } else {
      error(at, ourWords(original), hintFor(original));
    }
  }

  /** With the better hint where the line is no Groovy at all. */
  private void error(Position at, String message, String hint) {
    boolean shell = SHELL.matcher(source.line(at.line())).matches();
    findings.error(
        at,
        message,
        shell
            ? "this looks like shell: put it into a step, sh '…' or sh '''…''' for several lines"
            : hint);
  }

  private void closesNothing(String bracket, Position at) {
    findings.error(
        at,
        "'" + bracket + "' closes nothing",
        closedEarly().orElse("remove it, or add what it should close"));
  }

  private Optional<String> closedEarly() {
    return brackets
        .closedTooEarly()
        .map(early ->
            "the '%s' of line %d is closed at line %d, column %d already: is a '%s' missing between them?"
                .formatted(
                    early.opened().token(),
                    early.opened().line(),
                    early.line(),
                    early.column(),
                    early.opened().token()));
  }

  /** The grammar let the next line be the right side of this one's last operator. */
  private void joinedLines(String text, Position at) {
    String first = firstLine(text).stripTrailing();
    String line = source.line(at.line());
    int end = line.indexOf(first, at.column() - 1) + first.length();
    int start = first.length();
    while (start > 0 && OPERATORS.indexOf(first.charAt(start - 1)) >= 0) {
      start--;
    }
    String operator = first.substring(start);
    if (operator.isEmpty() || end < first.length()) {
      findings.error(at, "unexpected '" + shortened(first) + "'", hintFor("Unexpected"));
    } else {
      findings.error(
          source.at(at.line(), end - operator.length() + 1),
          "a value is missing after '" + operator + "'",
          "write it on this line; the next line cannot be what comes after '" + operator + "'");
    }
  }

  /** The parser names what it understood; what follows it is what it did not expect. */
  private void afterwards(String text, Position at) {
    String line = source.line(at.line());
    int end = at.column() - 1 + text.length();
    boolean found = line.startsWith(text, at.column() - 1) && !line.substring(end).isBlank();
    while (found && Character.isWhitespace(line.charAt(end))) {
      end++;
    }
    error(
        found ? source.at(at.line(), end + 1) : at,
        (found ? "unexpected input after '" : "unexpected '") + shortened(text) + "'",
        "is an operator, a comma or a line end missing here?");
  }

  private void character(String character, Position at) {
    String hint =
        switch (character) {
          case "#" -> "a comment begins with //";
          case "`" -> "write strings with ' or \"; shell commands go into sh '…'";
          case "\\" -> "a backslash stands only in strings";
          case String quote when !quote.isEmpty() && TYPOGRAPHIC.contains(quote) ->
              "write strings with the plain quotes ' or \"";
          case String space when !space.isEmpty() && Character.isSpaceChar(space.codePointAt(0)) ->
              "this is a special kind of space: replace it by a plain one";
          case String _ -> "remove it, or put it into a string";
        };
    findings.error(at, "unexpected character '" + character + "'", hint);
  }

  private void dollar(Position at) {
    findings.error(
        at,
        "after '$' in a string with \" a name or '{' is expected",
        "write \\$ for a plain dollar sign, or use a string with ' quotes");
  }

  private void string(Position at, Optional<Opened> unclosed) {
    findings.error(
        at,
        "this string has no end",
        unclosed.filter(o -> o.token().length() == 3).isPresent()
            ? "close it with " + unclosed.get().token()
            : "close it on the same line, or use three quotes for a text of several lines");
  }

  private String openedAt(Opened unclosed) {
    Opened likely =
        unclosed.token().equals("{") ? brackets.closedTooFarLeft().orElse(unclosed) : unclosed;
    return "the '%s' opened at line %d, column %d is not closed"
        .formatted(likely.token(), likely.line(), likely.column());
  }

  private static String hintFor(String original) {
    if (original.contains("catch or finally")) {
      return "add catch (Exception e) { … } or finally { … } after the block of try";
    }
    if (original.startsWith("Missing")) {
      return "add '" + quoted(original) + "'";
    }
    if (original.startsWith("Duplicate")) {
      return "keep one of them";
    }
    if (original.contains("left-hand side")) {
      return "'=' needs one name on its left; a line that begins with '=' belongs to the one"
          + " before";
    }
    if (!original.startsWith("Unexpected")) {
      return "write it in another way, or remove it";
    }
    return "look at this and at what stands before it: is a comma, an operator, a quote or a"
        + " bracket missing or too much?";
  }

  private boolean isQuote(Opened opened) {
    return opened.token().startsWith("'") || opened.token().startsWith("\"");
  }

  private static String quoted(String original) {
    Matcher quoted = QUOTED.matcher(original);
    return quoted.find() ? quoted.group(1) : "";
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private static String ourWords(String original) {
    if (original.contains("catch or finally")) {
      return "'try' without 'catch' or 'finally'";
    }
    String line = firstLine(original).strip();
    return line.isEmpty()
        ? "this is not Groovy"
        : line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
  }
}
