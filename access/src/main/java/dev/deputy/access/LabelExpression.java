package dev.deputy.access;

import java.util.List;
import java.util.Set;

/**
 * What a Jenkinsfile asks of an agent: a label, or labels joined by {@code ||}, {@code &&}, {@code
 * !} (which binds most) and parentheses. A label in double quotes may hold any characters.
 * Immutable.
 */
public final class LabelExpression {
  private final String text;
  private final LabelTerm term;

  private LabelExpression(String text, LabelTerm term) {
    this.text = text;
    this.term = term;
  }

  /**
   * Reads an expression of at most 1,000 characters, nested at most 50 deep.
   *
   * @throws LabelSyntaxException when it is none
   */
  public static LabelExpression parse(String text) {
    return new LabelExpression(text, new LabelParser(text).parse());
  }

  /** Whether an agent template with these labels is meant. Case matters. */
  public boolean matches(Set<String> labels) {
    return term.matches(labels);
  }

  /** The labels it names, in their order. */
  public List<String> labels() {
    return term.labels().distinct().toList();
  }

  /** As it is written. */
  @Override
  public String toString() {
    return text;
  }
}
