package dev.deputy.builds;

import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be given to the git program. It takes some addresses and names for options or for
 * commands to run; those never get there.
 */
final class GitAddress {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)");
  private static final Pattern SSH = Pattern.compile("(?:[\\w.-]+@)?[\\w][\\w.-]*:(?!:).+");
  private static final Pattern REVISION =
      Pattern.compile("[^-~^:?\\[\\\\\\s\\p{Cntrl}][^~^:?\\[\\\\\\s\\p{Cntrl}]*");
  private static final Pattern REFSPEC =
      Pattern.compile("\\+?[A-Za-z0-9_.*][A-Za-z0-9_./*-]*(:[A-Za-z0-9_.*][A-Za-z0-9_./*-]*)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
  private static final List<String> REMOTE = List.of("https", "http", "ssh", "git");

  private GitAddress() {}

  /** The transports that git itself may use, also for submodules. */
  static String protocols(boolean local) {
    return String.join(":", REMOTE) + (local ? ":file" : "");
  }

  /**
   * An address to fetch from.
   *
   * @param local whether files of this machine may be fetched from
   */
  static String require(String step, String url, boolean local) {
    if (url.isBlank() || url.startsWith("-") || url.chars().anyMatch(Character::isISOControl)) {
      throw refused(step, url, "an address such as https://host/repository.git");
    }
    Matcher scheme = SCHEME.matcher(url);
    boolean file =
        scheme.matches()
            ? scheme.group(1).equalsIgnoreCase("file")
            : !SSH.matcher(url).matches() && !url.contains("::");
    if (file && local) {
      return url;
    }
    if (file) {
      throw refused(
          step, url, "an address on a server; files of a machine only with deputy run --local");
    }
    if (url.contains("::") && !scheme.matches()) {
      throw refused(step, url, "https, http, ssh or git, not a program to run");
    }
    if (scheme.matches()) {
      requireScheme(step, url, scheme);
    }
    return url;
  }

  private static void requireScheme(String step, String url, Matcher scheme) {
    if (!REMOTE.contains(scheme.group(1).toLowerCase(Locale.ROOT))) {
      throw refused(step, url, "https, http, ssh or git");
    }
    String authority = scheme.group(2).split("/", 2)[0];
    int at = authority.lastIndexOf('@');
    if (at > 0 && authority.substring(0, at).indexOf(':') >= 0) {
      throw new StepFailed(
          step + ": the url holds a password (expected: one without, and credentialsId)");
    }
    if (authority.startsWith("-")) {
      throw refused(step, url, "a host");
    }
  }

  /** A branch, tag or commit; {@code *} stands for anything. */
  static String requireRevision(String step, String revision) {
    if (!REVISION.matcher(revision).matches() || revision.contains("..")) {
      throw new StepFailed(
          step
              + ": branch \""
              + revision
              + "\" (expected: a branch, a tag or a commit; regular expressions are not"
              + " supported)");
    }
    return revision;
  }

  static String requireRefspec(String step, String refspec) {
    for (String each : refspec.split("\\s+", -1)) {
      if (!REFSPEC.matcher(each).matches()) {
        throw new StepFailed(
            step
                + ": refspec \""
                + refspec
                + "\" (expected: such as +refs/heads/*:refs/remotes/origin/*)");
      }
    }
    return refspec;
  }

  /** The name of a remote. */
  static String requireName(String step, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new StepFailed(step + ": name \"" + name + "\" (expected: a remote such as origin)");
    }
    return name;
  }

  private static StepFailed refused(String step, String url, String expected) {
    return new StepFailed(step + ": url \"" + url + "\" (expected: " + expected + ")");
  }
}
