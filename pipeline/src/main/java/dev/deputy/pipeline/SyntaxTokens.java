package dev.deputy.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A text up to the token that does not fit.
 *
 * @param before what was understood, without line ends and comments
 * @param wrong the token that does not fit; an empty text at the end of the file
 */
record SyntaxTokens(List<Word> before, Word wrong) {
  /** A token and where it begins. */
  record Word(String text, int line, int column) {
    boolean is(String... texts) {
      return List.of(texts).contains(text);
    }

    boolean isName() {
      return !text.isEmpty() && Character.isJavaIdentifierStart(text.charAt(0));
    }

    /** A name, a number or the start of a string, list, map or pair of parentheses. */
    boolean startsValue() {
      return isName()
          || (!text.isEmpty() && Character.isDigit(text.charAt(0)))
          || isText()
          || is("[", "(");
    }

    boolean endsValue() {
      return (startsValue() && !is("[", "(")) || is(")", "]", "}") || text.endsWith("\"");
    }

    boolean isText() {
      return text.startsWith("'") || text.startsWith("\"") || text.startsWith("/");
    }

    boolean isOperator() {
      return !text.isEmpty() && text.chars().allMatch(c -> "+-*/%=<>!&|^~?:.,".indexOf(c) >= 0);
    }

    boolean closes() {
      return is(")", "]", "}");
    }
  }

  /** What stands around in brackets that are still open, innermost first. */
  record Open(String token, int index) {}

  static SyntaxTokens of(List<Word> words) {
    Word last = words.getLast();
    List<Word> before = new ArrayList<>(words.subList(0, words.size() - 1));
    before.removeIf(SyntaxTokens::isBlank);
    boolean lineEnd = isBlank(last) && !last.text().isEmpty();
    return new SyntaxTokens(
        List.copyOf(before), lineEnd ? new Word("\n", last.line(), last.column()) : last);
  }

  /** Groovy's lexer makes comments line ends. */
  private static boolean isBlank(Word word) {
    return word.text().isBlank() || word.text().startsWith("//") || word.text().startsWith("/*");
  }

  /** What stands {@code back} tokens before the wrong one, from 1; an empty text at the start. */
  Word previous(int back) {
    int index = before.size() - back;
    return index < 0 ? new Word("", 1, 1) : before.get(index);
  }

  /** Whether the wrong token stands on a later line than what comes before it. */
  boolean afterLineEnd() {
    return wrong.is("", "\n") || (!before.isEmpty() && wrong.line() > previous(1).line());
  }

  /** The innermost bracket that is open at the wrong token. */
  Optional<Open> open() {
    Deque<Open> open = new ArrayDeque<>();
    for (int i = 0; i < before.size(); i++) {
      String text = before.get(i).text();
      if (text.endsWith("{") || before.get(i).is("(", "[", "?[")) {
        open.push(new Open(text.substring(text.length() - 1), i));
      } else if (before.get(i).closes() && !open.isEmpty()) {
        open.pop();
      }
    }
    return Optional.ofNullable(open.peek());
  }

  /** The tokens directly in the innermost bracket that is open, without those in closed ones. */
  List<Word> level() {
    int from = open().map(open -> open.index() + 1).orElse(0);
    List<Word> level = new ArrayList<>();
    int depth = 0;
    for (Word word : before.subList(from, before.size())) {
      if (word.closes()) {
        depth--;
      } else if (word.text().endsWith("{") || word.is("(", "[", "?[")) {
        depth++;
      } else if (depth == 0) {
        level.add(word);
      }
    }
    return level;
  }

  /** The tokens of the last line that was understood, from the innermost bracket that is open. */
  List<Word> lastLine() {
    int from = open().map(open -> open.index() + 1).orElse(0);
    int line = previous(1).line();
    return before.subList(from, before.size()).stream().filter(w -> w.line() == line).toList();
  }
}
