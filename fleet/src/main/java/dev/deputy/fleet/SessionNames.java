package dev.deputy.fleet;

import dev.deputy.core.BuildId;
import dev.deputy.core.JobName;

/**
 * Names of builds in the forms that AWS takes. Role session names and source identities: 2 to 64
 * characters of {@code [\w+=,.@-]}, no two builds with the same.
 */
public final class SessionNames {
  private static final int MAX_SESSION = 64;
  private static final int MAX_TAG = 256;
  private static final int MAX_FOLDER = 64;
  private static final int HASH = 12;

  private SessionNames() {}

  /**
   * The job with {@code -} for {@code /}, and the number: {@code examples-dtap-3}. Where that is
   * too long, or a {@code -} of the job's own makes it ambiguous, {@code @} and a hash of the
   * build's id follow.
   */
  public static String of(BuildId build) {
    String job = build.job().value();
    String number = "-" + build.number();
    String plain = job.replace('/', '-') + number;
    if (plain.length() <= MAX_SESSION && job.indexOf('-') < 0) {
      return plain;
    }
    String hash = "@" + Tokens.hash(build.toString()).substring(0, HASH);
    int room = MAX_SESSION - hash.length() - number.length();
    return job.replace('/', '-').substring(0, Math.min(room, job.length())) + number + hash;
  }

  /** A folder's name for the job's workspace; need not be unique. */
  static String folder(JobName job) {
    String name = job.value().replace('/', '-').replace('+', '-');
    return name.substring(0, Math.min(MAX_FOLDER, name.length()));
  }

  /**
   * A tag's value: letters, digits, spaces and {@code _.:/=+-@}, at most 256; everything else
   * becomes {@code _}.
   */
  static String tag(String value) {
    StringBuilder tag = new StringBuilder();
    value
        .codePoints()
        .limit(MAX_TAG)
        .map(c -> Character.isLetterOrDigit(c) || "_.:/=+-@ ".indexOf(c) >= 0 ? c : '_')
        .takeWhile(c -> tag.length() + Character.charCount(c) <= MAX_TAG)
        .forEach(tag::appendCodePoint);
    return tag.toString();
  }
}
