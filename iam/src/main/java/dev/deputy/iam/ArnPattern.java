package dev.deputy.iam;

/**
 * A pattern for ARNs. Each of the six colon-delimited fields is matched separately, so a wildcard
 * never reaches across a colon except in the last field. The pattern {@code *} matches everything,
 * an ARN or not.
 */
final class ArnPattern {

  private static final int LEADING_FIELDS = 5;

  private static final String EXPECTED =
      "\"*\" or an ARN pattern of six fields, arn:partition:service:region:account:resource";

  private final boolean everything;
  private final TextPattern pattern;

  private ArnPattern(boolean everything, TextPattern pattern) {
    this.everything = everything;
    this.pattern = pattern;
  }

  /** A value of an ARN condition operator; a variable may stand for the whole ARN. */
  static ArnPattern compile(Json.Text text, boolean variables) {
    boolean everything = text.value().equals("*");
    boolean variable = variables && text.value().startsWith("${");
    if (!everything && !variable && lastField(text.value()) < 0) {
      throw text.error(EXPECTED);
    }
    return new ArnPattern(everything, TextPattern.compile(text, true, variables));
  }

  /**
   * A value of {@code Resource} or {@code NotResource}: AWS has no wildcard in the service field
   * and variables only in the last.
   */
  static ArnPattern compileResource(Json.Text text, boolean variables) {
    if (!text.value().equals("*")) {
      int lastField = lastField(text.value());
      if (lastField < 0 || !text.value().startsWith("arn:")) {
        throw text.error(EXPECTED);
      }
      String leading = text.value().substring(0, lastField);
      String service = leading.split(":", -1)[2];
      if (service.isEmpty() || service.indexOf('*') >= 0 || service.indexOf('?') >= 0) {
        throw text.error("an ARN pattern that names its service without wildcards");
      }
      if (variables && leading.contains("${")) {
        throw text.error("policy variables only in the last field of an ARN");
      }
    }
    return compile(text, variables);
  }

  boolean matches(String value, Request request) {
    if (everything) {
      return true;
    }
    int[] tokens = pattern.tokens(request);
    if (tokens == null) {
      return false;
    }
    int p = 0;
    int v = 0;
    for (int field = 0; field < LEADING_FIELDS; field++) {
      int patternEnd = colon(tokens, p);
      int valueEnd = value.indexOf(':', v);
      if (patternEnd < 0
          || valueEnd < 0
          || !Wildcards.matches(tokens, p, patternEnd, value, v, valueEnd, false)) {
        return false;
      }
      p = patternEnd + 1;
      v = valueEnd + 1;
    }
    return Wildcards.matches(tokens, p, tokens.length, value, v, value.length(), false);
  }

  private static int colon(int[] tokens, int from) {
    for (int i = from; i < tokens.length; i++) {
      if (tokens[i] == ':') {
        return i;
      }
    }
    return -1;
  }

  /** Where the sixth field starts; negative if there is none. */
  private static int lastField(String text) {
    int at = 0;
    for (int field = 0; field < LEADING_FIELDS && at >= 0; field++) {
      int colon = text.indexOf(':', at);
      at = colon < 0 ? -1 : colon + 1;
    }
    return at;
  }
}
