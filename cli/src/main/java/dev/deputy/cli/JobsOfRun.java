package dev.deputy.cli;

import dev.deputy.builds.AbortSignal;
import dev.deputy.builds.BuildParameters;
import dev.deputy.builds.BuildRequest;
import dev.deputy.builds.Origin;
import dev.deputy.builds.OtherJobs;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.Cause;
import dev.deputy.core.JobName;
import dev.deputy.pipeline.ParsedJenkinsfile;
import dev.deputy.server.LocalSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the step {@code build} can start in a {@code run}: the jobs of the configuration and the
 * files of the call, by job or by path.
 *
 * @param scripts by the job's name
 * @param depth how many builds started one another up to here
 */
record JobsOfRun(Map<JobName, Path> scripts, int depth) implements OtherJobs {
  private static final int DEEPEST = 10;

  @Override
  public Optional<BuildRequest> request(
      BuildRequest from, String job, Map<String, String> parameters) {
    return script(job).map(entry -> request(from, entry.getKey(), entry.getValue(), parameters));
  }

  /** As Jenkins does: a name may start with a slash, or be relative to the folder of the job. */
  private Optional<Map.Entry<JobName, Path>> script(String job) {
    String name = job.startsWith("/") ? job.substring(1) : job;
    Path path = Path.of(name).normalize();
    return scripts.entrySet().stream()
        .filter(
            each -> each.getKey().value().equals(name) || each.getValue().normalize().equals(path))
        .findFirst();
  }

  private BuildRequest request(
      BuildRequest from, JobName job, Path script, Map<String, String> parameters) {
    if (depth >= DEEPEST) {
      throw new IllegalArgumentException("more than " + DEEPEST + " builds started one another");
    }
    PipelineFile file = PipelineFile.read(script);
    ParsedJenkinsfile.Valid valid = file.valid();
    try {
      return new BuildRequest(
          job,
          script.toString(),
          file.text(),
          valid,
          LocalSource.of(script).source(),
          from.cause(),
          BuildParameters.declaredLater(valid.pipeline().parameters(), parameters),
          new AbortSignal(),
          new JobsOfRun(scripts, depth + 1));
    } catch (IOException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public BuildRequest again(BuildRecord build, Origin origin) throws IOException {
    return again(build.id().job(), build.cause(), origin, new AbortSignal());
  }

  /**
   * What a build was made of, once more.
   *
   * @throws IllegalArgumentException where the file is not valid for this Deputy
   * @throws IOException when the source can not be had any more
   */
  BuildRequest again(JobName job, Cause cause, Origin origin, AbortSignal abort)
      throws IOException {
    PipelineFile file = PipelineFile.of(Path.of(origin.script()), origin.text());
    return new BuildRequest(
        job,
        origin.script(),
        origin.text(),
        file.valid(),
        LocalSource.again(file.path(), origin.commit(), origin.branch()).source(),
        cause,
        origin.parameters(),
        abort,
        this);
  }

  @Override
  public List<String> names() {
    return scripts.keySet().stream().map(JobName::value).sorted().toList();
  }
}
