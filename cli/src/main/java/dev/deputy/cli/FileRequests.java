package dev.deputy.cli;

import dev.deputy.builds.AbortSignal;
import dev.deputy.builds.BuildParameters;
import dev.deputy.builds.BuildRequest;
import dev.deputy.builds.Origin;
import dev.deputy.core.BuildId;
import dev.deputy.core.Cause;
import dev.deputy.core.JobName;
import dev.deputy.pipeline.ParsedJenkinsfile;
import dev.deputy.server.BuildDesk;
import dev.deputy.server.Configuration;
import dev.deputy.server.Jobs;
import dev.deputy.server.LocalSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes builds of files of this machine, for the jobs of one configuration; the cause is the user
 * that the controller runs as, the only one who can submit.
 */
record FileRequests(Configuration configuration) implements BuildDesk.Requests {
  @Override
  public BuildRequest of(Path path, Map<String, String> parameters) throws IOException {
    PipelineFile file = PipelineFile.read(path);
    ParsedJenkinsfile.Valid valid = file.valid();
    return new BuildRequest(
        new Jobs(configuration).of(path),
        path.toString(),
        file.text(),
        valid,
        LocalSource.of(path).source(),
        user(),
        BuildParameters.declaredLater(valid.pipeline().parameters(), parameters),
        new AbortSignal(),
        others());
  }

  @Override
  public BuildRequest again(BuildId build, Origin origin) throws IOException {
    return others().again(build.job(), user(), origin, new AbortSignal());
  }

  private static Cause user() {
    return new Cause.Person(System.getProperty("user.name"));
  }

  private JobsOfRun others() {
    Map<JobName, Path> scripts = new LinkedHashMap<>();
    configuration
        .jobs()
        .forEach(job -> scripts.put(job.name(), configuration.home().resolve(job.script())));
    return new JobsOfRun(scripts, 0);
  }
}
