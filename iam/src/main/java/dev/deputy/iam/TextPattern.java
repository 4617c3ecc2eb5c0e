package dev.deputy.iam;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text of a policy that may hold wildcards and policy variables. Without variables it is compiled
 * once; with variables their values are put in for each request, always as literal text: a {@code
 * *} in a tag's value is no wildcard.
 */
final class TextPattern {

  private sealed interface Part {}

  private static final class Fixed implements Part {

    private final int[] tokens;

    Fixed(int[] tokens) {
      this.tokens = tokens;
    }
  }

  private record Variable(String lowerKey, @Nullable String defaultValue) implements Part {}

  private final List<Part> parts;
  private final int @Nullable [] fixed;

  private TextPattern(List<Part> parts) {
    this.parts = List.copyOf(parts);
    this.fixed =
        switch (parts.size()) {
          case 0 -> new int[0];
          case 1 -> parts.getFirst() instanceof Fixed text ? text.tokens : null;
          default -> null;
        };
  }

  /**
   * Compiles a text.
   *
   * @param wildcards whether {@code *} and {@code ?} are wildcards
   * @param variables whether <code>${...}</code> is a policy variable (not in version 2008-10-17)
   */
  static TextPattern compile(Json.Text text, boolean wildcards, boolean variables) {
    return new Compiler(text, wildcards, variables).compile();
  }

  /** The tokens for {@link Wildcards}; null if a variable has no value in this request. */
  int @Nullable [] tokens(Request request) {
    if (fixed != null) {
      return fixed;
    }
    int[] all = new int[0];
    for (Part part : parts) {
      switch (part) {
        case Fixed text -> all = concat(all, text.tokens);
        case Variable variable -> {
          String value = valueOf(variable, request);
          if (value == null) {
            return null;
          }
          all = concat(all, value.chars().toArray());
        }
      }
    }
    return all;
  }

  boolean matches(String value, Request request) {
    int[] tokens = tokens(request);
    return tokens != null && Wildcards.matches(tokens, value, false);
  }

  boolean matchesIgnoringCase(String value, Request request) {
    int[] tokens = tokens(request);
    return tokens != null && Wildcards.matches(tokens, value, true);
  }

  /** Only a key with exactly one value can stand in for a variable. */
  private static @Nullable String valueOf(Variable variable, Request request) {
    List<String> values = request.values(variable.lowerKey());
    return switch (values.size()) {
      case 0 -> variable.defaultValue();
      case 1 -> values.getFirst();
      default -> null;
    };
  }

  private static int[] concat(int[] first, int[] second) {
    int[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** Splits one text into its parts. */
  private static final class Compiler {

    private final Json.Text source;
    private final String text;
    private final boolean wildcards;
    private final boolean variables;
    private final List<Part> parts = new ArrayList<>();
    private final List<Integer> literal = new ArrayList<>();

    Compiler(Json.Text source, boolean wildcards, boolean variables) {
      this.source = source;
      this.text = source.value();
      this.wildcards = wildcards;
      this.variables = variables;
    }

    TextPattern compile() {
      int at = 0;
      while (at < text.length()) {
        if (variables && text.startsWith("${", at)) {
          int end = text.indexOf('}', at);
          if (end < 0) {
            throw source.error("a policy variable that ends with }", source.describe());
          }
          variable(text.substring(at + 2, end));
          at = end + 1;
        } else {
          literal.add(token(text.charAt(at)));
          at++;
        }
      }
      flush();
      return new TextPattern(parts);
    }

    private int token(char c) {
      if (wildcards && c == '*') {
        return Wildcards.MANY;
      }
      return wildcards && c == '?' ? Wildcards.ONE : c;
    }

    private void variable(String inner) {
      if (inner.equals("*") || inner.equals("?") || inner.equals("$")) {
        literal.add((int) inner.charAt(0));
        return;
      }
      int comma = inner.indexOf(',');
      String key = comma < 0 ? inner : inner.substring(0, comma);
      if (key.indexOf(':') < 1 || key.isBlank()) {
        throw source.error(
            "a policy variable such as ${aws:username}",
            "${" + inner + "} in " + source.describe());
      }
      flush();
      parts.add(
          new Variable(
              key.toLowerCase(Locale.ROOT),
              comma < 0 ? null : unquote(inner.substring(comma + 1).strip(), inner)));
    }

    private String unquote(String quoted, String inner) {
      if (quoted.length() < 2 || !quoted.startsWith("'") || !quoted.endsWith("'")) {
        throw source.error(
            "a default value in single quotes, as in ${key, 'value'}", "${" + inner + "}");
      }
      return quoted.substring(1, quoted.length() - 1);
    }

    private void flush() {
      if (!literal.isEmpty()) {
        parts.add(new Fixed(literal.stream().mapToInt(Integer::intValue).toArray()));
        literal.clear();
      }
    }
  }
}
