package dev.deputy.access;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Recursive descent over one label expression. */
final class LabelParser {
  private static final int LONGEST = 1_000;
  private static final int DEEPEST = 50;
  private static final String OPERATOR = "&&, || or the end";

  private final String text;
  private int at;
  private int depth;

  LabelParser(String text) {
    this.text = text;
  }

  LabelTerm parse() {
    if (text.length() > LONGEST) {
      throw new LabelSyntaxException(
          text.substring(0, 40) + "…",
          LONGEST + 1,
          text.length() + " characters (expected: at most " + LONGEST + ")");
    }
    LabelTerm expression = or();
    if (at < text.length()) {
      throw unexpected(OPERATOR);
    }
    return expression;
  }

  private LabelTerm or() {
    List<LabelTerm> operands = operands("||", this::and);
    return operands.size() == 1 ? operands.getFirst() : new LabelTerm.Or(operands);
  }

  private LabelTerm and() {
    List<LabelTerm> operands = operands("&&", this::not);
    return operands.size() == 1 ? operands.getFirst() : new LabelTerm.And(operands);
  }

  private List<LabelTerm> operands(String operator, Supplier<LabelTerm> operand) {
    var operands = new ArrayList<LabelTerm>();
    do {
      operands.add(operand.get());
    } while (skip(operator));
    return operands;
  }

  private LabelTerm not() {
    if (skip("!")) {
      return nested(LabelTerm.Not::new, this::not);
    }
    if (skip("(")) {
      return nested(this::closed, this::or);
    }
    return new LabelTerm.Label(peek() == '"' ? quoted() : plain());
  }

  private LabelTerm closed(LabelTerm inner) {
    if (!skip(")")) {
      throw unexpected("&&, || or )");
    }
    return inner;
  }

  private LabelTerm nested(UnaryOperator<LabelTerm> whole, Supplier<LabelTerm> inner) {
    if (++depth > DEEPEST) {
      throw new LabelSyntaxException(
          text, at + 1, "nested too deep (expected: at most " + DEEPEST + " levels)");
    }
    LabelTerm expression = whole.apply(inner.get());
    depth--;
    return expression;
  }

  private String plain() {
    int start = at;
    while (at < text.length() && isLabel(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw unexpected("a label");
    }
    String label = text.substring(start, at);
    if (label.endsWith("-") && peek() == '>') {
      at--; // Jenkins' implication
      throw unexpected(OPERATOR);
    }
    skipSpace();
    return label;
  }

  private static boolean isLabel(char c) {
    return !Character.isWhitespace(c) && !Character.isISOControl(c) && "()!&|<>\"'".indexOf(c) < 0;
  }

  private String quoted() {
    int end = text.indexOf('"', at + 1);
    if (end < 0) {
      throw new LabelSyntaxException(text, at + 1, "the quote is not closed");
    }
    if (end == at + 1) {
      throw new LabelSyntaxException(text, at + 1, "found an empty label (expected: a label)");
    }
    String label = text.substring(at + 1, end);
    at = end + 1;
    skipSpace();
    return label;
  }

  private boolean skip(String token) {
    skipSpace();
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    skipSpace();
    return true;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /** The next character; a control character at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private LabelSyntaxException unexpected(String expected) {
    String found =
        at < text.length() ? "'" + Character.toString(text.codePointAt(at)) + "'" : "the end";
    boolean implication = text.startsWith("->", at) || text.startsWith("<->", at);
    return new LabelSyntaxException(
        text,
        at + 1,
        "found "
            + found
            + " (expected: "
            + expected
            + ")"
            + (implication ? "; Deputy does not know -> and <->" : ""));
  }
}
