package dev.deputy.builds;

import dev.deputy.core.Cause;
import dev.deputy.core.JobName;
import dev.deputy.core.Source;
import dev.deputy.pipeline.ParsedJenkinsfile;

/**
 * A build to run.
 *
 * @param script the Jenkinsfile's path, as the user names it
 * @param text of the Jenkinsfile, which approvals are bound to
 * @param parsed that very text, parsed against {@link Steps}
 * @param source what {@code checkout scm} delivers
 * @param abort ends this build and no other
 * @param others what its step {@code build} can start
 */
public record BuildRequest(
    JobName job,
    String script,
    String text,
    ParsedJenkinsfile.Valid parsed,
    Source source,
    Cause cause,
    BuildParameters parameters,
    AbortSignal abort,
    OtherJobs others) {
  /** One that can start no others. */
  public BuildRequest(
      JobName job,
      String script,
      String text,
      ParsedJenkinsfile.Valid parsed,
      Source source,
      Cause cause,
      BuildParameters parameters,
      AbortSignal abort) {
    this(job, script, text, parsed, source, cause, parameters, abort, OtherJobs.NONE);
  }

  /** SHA-256 of the text, hexadecimal. */
  String scriptHash() {
    return Digests.hex(text);
  }
}
