package dev.deputy.pipeline;

import dev.deputy.pipeline.SyntaxTokens.Word;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What to say about a token that does not fit, by what stands before it.
 *
 * @param line where, from 1
 * @param column where, from 1
 * @param message what is wrong
 * @param hint what to do, never empty
 */
record SyntaxAdvice(int line, int column, String message, String hint) {
  private static final Set<String> KEYWORDS =
      Set.of(
          "abstract",
          "as",
          "assert",
          "break",
          "case",
          "catch",
          "class",
          "const",
          "continue",
          "def",
          "default",
          "do",
          "else",
          "enum",
          "extends",
          "final",
          "finally",
          "for",
          "goto",
          "if",
          "implements",
          "import",
          "in",
          "instanceof",
          "interface",
          "native",
          "new",
          "null",
          "package",
          "private",
          "protected",
          "public",
          "return",
          "static",
          "super",
          "switch",
          "this",
          "throw",
          "throws",
          "trait",
          "transient",
          "try",
          "var",
          "void",
          "volatile",
          "while");

  private static final Set<String> TAKE_VALUE =
      Set.of("in", "instanceof", "as", "new", "throw", "assert", "!in", "!instanceof");

  /** In order: what is more particular comes first. */
  private static final List<Function<SyntaxTokens, Optional<SyntaxAdvice>>> RULES =
      List.of(
          SyntaxAdvice::noParenthesis,
          SyntaxAdvice::branchAlone,
          SyntaxAdvice::keywordAsName,
          SyntaxAdvice::caseWithoutColon,
          SyntaxAdvice::halfCondition,
          SyntaxAdvice::slashyString,
          SyntaxAdvice::missingValue,
          SyntaxAdvice::joinedLines,
          SyntaxAdvice::definition,
          SyntaxAdvice::annotation,
          SyntaxAdvice::missingColon,
          SyntaxAdvice::missingComma,
          SyntaxAdvice::sideBySide);

  static SyntaxAdvice of(SyntaxTokens tokens) {
    return RULES.stream()
        .flatMap(rule -> rule.apply(tokens).stream())
        .findFirst()
        .orElseGet(() -> generic(tokens));
  }

  private static SyntaxAdvice at(Word word, String message, String hint) {
    return new SyntaxAdvice(word.line(), word.column(), message, hint);
  }

  private static Optional<SyntaxAdvice> noParenthesis(SyntaxTokens tokens) {
    Word previous = tokens.previous(1);
    if (!previous.is("if", "while", "for", "switch", "catch") || tokens.wrong().is("(")) {
      return Optional.empty();
    }
    String inside =
        switch (previous.text()) {
          case "for" -> "for (x in list) { … }";
          case "catch" -> "catch (Exception e) { … }";
          case "switch" -> "switch (value) { … }";
          case String other -> other + " (condition) { … }";
        };
    Word place = tokens.afterLineEnd() ? previous : tokens.wrong();
    return Optional.of(
        at(place, "expected '(' after '" + previous.text() + "'", "write " + inside));
  }

  private static Optional<SyntaxAdvice> branchAlone(SyntaxTokens tokens) {
    Word wrong = tokens.previous(1).is("catch") ? tokens.previous(1) : tokens.wrong();
    return switch (wrong.text()) {
      case "else" ->
          Optional.of(at(wrong, "'else' without 'if'", "write if (condition) { … } else { … }"));
      case "catch", "finally" ->
          Optional.of(
              at(
                  wrong,
                  "'" + wrong.text() + "' without 'try'",
                  "write try { … } "
                      + (wrong.is("catch") ? "catch (Exception e)" : "finally")
                      + " { … }"));
      case "case", "default" ->
          Optional.of(
              at(
                  wrong,
                  "'" + wrong.text() + "' outside of 'switch'",
                  "it belongs directly into switch (value) { … }; is a brace missing above?"));
      default -> Optional.empty();
    };
  }

  private static Optional<SyntaxAdvice> keywordAsName(SyntaxTokens tokens) {
    boolean named = tokens.previous(2).is("def") && KEYWORDS.contains(tokens.previous(1).text());
    boolean naming = tokens.previous(1).is("def") && KEYWORDS.contains(tokens.wrong().text());
    if (!named && !naming) {
      return Optional.empty();
    }
    Word keyword = named ? tokens.previous(1) : tokens.wrong();
    return Optional.of(
        at(
            keyword,
            "'" + keyword.text() + "' is a word of the language and cannot be a name",
            "choose another name, for example my" + capitalized(keyword.text())));
  }

  private static String capitalized(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static Optional<SyntaxAdvice> caseWithoutColon(SyntaxTokens tokens) {
    List<Word> line = tokens.lastLine();
    if (line.isEmpty() || !line.getFirst().is("case", "default")) {
      return Optional.empty();
    }
    boolean colon = line.stream().anyMatch(word -> word.is(":", "->"));
    Word last = line.getLast();
    return colon || (line.size() == 1 && last.is("case"))
        ? Optional.empty()
        : Optional.of(
            new SyntaxAdvice(
                last.line(),
                last.column() + last.text().length(),
                "expected ':' after '" + line.getFirst().text() + "'",
                "write "
                    + (last.is("default") ? "default:" : "case value:")
                    + " and what to do after the colon"));
  }

  private static Optional<SyntaxAdvice> halfCondition(SyntaxTokens tokens) {
    List<Word> level = tokens.level();
    List<Word> marks = level.stream().filter(word -> word.is("?", ":")).toList();
    return !marks.isEmpty() && marks.getLast().is("?") && !tokens.previous(1).isOperator()
        ? Optional.of(
            at(
                marks.getLast(),
                "'?' without ':'",
                "write condition ? value : otherValue, or value ?: otherValue"))
        : Optional.empty();
  }

  private static Optional<SyntaxAdvice> slashyString(SyntaxTokens tokens) {
    return tokens.wrong().is("/", "$/") && !tokens.previous(1).endsValue()
        ? Optional.of(
            at(
                tokens.wrong(),
                "this string that begins with '" + tokens.wrong().text() + "' has no end",
                "close it with '"
                    + (tokens.wrong().is("/") ? "/" : "/$")
                    + "', or put the text into quotes"))
        : Optional.empty();
  }

  private static Optional<SyntaxAdvice> missingValue(SyntaxTokens tokens) {
    Word previous = tokens.previous(1);
    Word wrong = tokens.wrong();
    boolean after =
        (previous.isOperator() || TAKE_VALUE.contains(previous.text()))
            && !previous.is("++", "--", "*");
    Word place = tokens.afterLineEnd() && !previous.text().isEmpty() ? previous : wrong;
    if (after && wrong.isOperator()) {
      return Optional.of(
          at(
              place,
              "unexpected '" + wrong.text() + "' after '" + previous.text() + "'",
              "put a value between them, or remove one of them"));
    }
    if (after) {
      return Optional.of(
          at(
              place,
              "a value is missing after '" + previous.text() + "'",
              previous.is(",")
                  ? "remove the ',' or write what comes after it"
                  : "write what comes after '" + previous.text() + "', or remove it"));
    }
    return wrong.isOperator() && !wrong.is(":") && !previous.endsValue()
        ? Optional.of(
            at(
                wrong,
                "a value is missing before '" + wrong.text() + "'",
                "write what comes before '" + wrong.text() + "', or remove it"))
        : Optional.empty();
  }

  /** The line before ends openly, so that this one was taken as its end. */
  private static Optional<SyntaxAdvice> joinedLines(SyntaxTokens tokens) {
    Word before = tokens.previous(2);
    boolean open = before.isOperator() && !before.is(",", ":", "*", "++", "--");
    return (open || TAKE_VALUE.contains(before.text()))
            && before.line() < tokens.previous(1).line()
            && tokens.wrong().startsValue()
            && !tokens.afterLineEnd()
        ? Optional.of(
            at(
                before,
                "a value is missing after '" + before.text() + "'",
                "write it on this line; what stands on the next line does not fit"))
        : Optional.empty();
  }

  private static Optional<SyntaxAdvice> definition(SyntaxTokens tokens) {
    Word wrong = tokens.wrong();
    Word previous = tokens.previous(1);
    if (wrong.is("(") && tokens.previous(2).is("def", "void") && tokens.open().isPresent()) {
      return Optional.of(
          at(
              wrong,
              "a method cannot be defined inside a block",
              "move it out of all blocks, or write def " + previous.text() + " = { … }"));
    }
    if (!previous.is("def")) {
      return Optional.empty();
    }
    return Optional.of(
        tokens.previous(2).endsValue() && tokens.previous(2).line() == previous.line()
            ? ownLine(previous)
            : at(
                tokens.afterLineEnd() ? previous : wrong,
                "expected a name after 'def'",
                "write def name = value; a name begins with a letter"));
  }

  private static SyntaxAdvice ownLine(Word keyword) {
    return at(
        keyword,
        "unexpected '" + keyword.text() + "'",
        "'"
            + keyword.text()
            + "' begins a statement: put it on a line of its own, or write ';'"
            + " before it");
  }

  private static Optional<SyntaxAdvice> annotation(SyntaxTokens tokens) {
    return tokens.previous(2).is("@")
        ? Optional.of(
            at(
                tokens.previous(2),
                "'@" + tokens.previous(1).text() + "' would be an annotation",
                "remove the '@'"))
        : Optional.empty();
  }

  private static Optional<SyntaxAdvice> missingColon(SyntaxTokens tokens) {
    Word name = tokens.previous(1);
    boolean argument = name.isName() && tokens.previous(2).is(",", "(", "[");
    return argument && tokens.wrong().startsValue() && !tokens.afterLineEnd() && inList(tokens)
        ? Optional.of(
            at(
                tokens.wrong(),
                "expected ':' or ',' after '" + name.text() + "'",
                "write "
                    + name.text()
                    + ": "
                    + shown(tokens.wrong())
                    + " for an argument with a name"))
        : Optional.empty();
  }

  private static Optional<SyntaxAdvice> missingComma(SyntaxTokens tokens) {
    Word name = tokens.previous(1);
    if (tokens.wrong().is(":") && name.endsValue() && tokens.previous(2).endsValue()) {
      return Optional.of(comma(name));
    }
    return inList(tokens) && tokens.wrong().startsValue() && name.endsValue()
        ? Optional.of(comma(tokens.wrong()))
        : Optional.empty();
  }

  private static SyntaxAdvice comma(Word place) {
    return at(
        place,
        "expected ',' before " + quoted(place),
        "a comma is missing between this and what stands before it");
  }

  private static boolean inList(SyntaxTokens tokens) {
    return tokens.open().filter(open -> !open.token().equals("{")).isPresent();
  }

  private static Optional<SyntaxAdvice> sideBySide(SyntaxTokens tokens) {
    Word previous = tokens.previous(1);
    if (KEYWORDS.contains(tokens.wrong().text()) && !tokens.afterLineEnd()) {
      return Optional.of(ownLine(tokens.wrong()));
    }
    return tokens.wrong().startsValue() && previous.endsValue() && !tokens.afterLineEnd()
        ? Optional.of(
            at(
                tokens.wrong(),
                "unexpected " + quoted(tokens.wrong()),
                "an operator or a comma is missing between "
                    + quoted(previous)
                    + " and this, or"
                    + " it belongs on a line of its own"))
        : Optional.empty();
  }

  private static SyntaxAdvice generic(SyntaxTokens tokens) {
    Word previous = tokens.previous(1);
    String before =
        previous.text().isEmpty()
            ? "a pipeline file begins with pipeline { … }, node { … } or another statement"
            : "all up to "
                + quoted(previous)
                + " (line "
                + previous.line()
                + ") was understood: something is missing after it, or this does not belong here";
    return at(tokens.wrong(), "unexpected " + quoted(tokens.wrong()), before);
  }

  private static String quoted(Word word) {
    return switch (word.text()) {
      case "" -> "end of file";
      case "\n" -> "line end";
      default -> word.text().startsWith("'") ? shown(word) : "'" + shown(word) + "'";
    };
  }

  private static String shown(Word word) {
    String line = word.text().lines().findFirst().orElse("");
    return line.length() > 30 ? line.substring(0, 30) + "…" : line;
  }
}
