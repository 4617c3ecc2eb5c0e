package dev.deputy.iam;

/**
 * Matches text against a pattern of code units in which {@link #MANY} stands for any text and
 * {@link #ONE} for any one character.
 *
 * <p>Only the last {@code *} is ever retried, so the time is at most the product of both lengths,
 * without recursion or allocation.
 */
final class Wildcards {

  static final int MANY = -1;
  static final int ONE = -2;

  private Wildcards() {}

  static boolean matches(int[] pattern, String text, boolean ignoreCase) {
    return matches(pattern, 0, pattern.length, text, 0, text.length(), ignoreCase);
  }

  static boolean matches(
      int[] pattern,
      int patternFrom,
      int patternTo,
      String text,
      int textFrom,
      int textTo,
      boolean ignoreCase) {
    int p = patternFrom;
    int t = textFrom;
    int afterStar = -1;
    int retryAt = textFrom;
    while (t < textTo) {
      if (p < patternTo && pattern[p] == MANY) {
        afterStar = ++p;
        retryAt = t;
      } else if (p < patternTo && matchesOne(pattern[p], text.charAt(t), ignoreCase)) {
        p++;
        t++;
      } else if (afterStar >= 0) {
        p = afterStar;
        t = ++retryAt;
      } else {
        return false;
      }
    }
    while (p < patternTo && pattern[p] == MANY) {
      p++;
    }
    return p == patternTo;
  }

  private static boolean matchesOne(int token, char c, boolean ignoreCase) {
    return token == ONE || token == c || (ignoreCase && token >= 0 && fold(token) == fold(c));
  }

  private static int fold(int c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }
}
