package dev.deputy.server;

import dev.deputy.access.AccessDecision;
import dev.deputy.access.AccessPolicy;
import dev.deputy.access.AccessRequest;
import dev.deputy.core.JobName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The jobs of a configuration, and the names of files that are none of them. Immutable. */
public final class Jobs {
  private static final String JENKINSFILE = "Jenkinsfile";

  /** Leaves room in a job's name for telling it apart from listed ones. */
  private static final int LONGEST = 200;

  private final Configuration configuration;
  private final Set<JobName> listed;

  public Jobs(Configuration configuration) {
    this.configuration = configuration;
    this.listed =
        configuration.jobs().stream()
            .map(Configuration.Job::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The job whose script a file is; a file that no job lists is a job without grants, named by its
   * path from the configuration. Such a name is never that of a listed job.
   */
  public JobName of(Path file) {
    Path script = file.toAbsolutePath().normalize();
    Optional<JobName> job =
        configuration.jobs().stream()
            .filter(j -> configuration.home().resolve(j.script()).normalize().equals(script))
            .map(Configuration.Job::name)
            .findFirst();
    return job.orElseGet(() -> unlisted(script));
  }

  /**
   * The same policy, but whatever the grants' patterns match: a job that is not listed is denied.
   */
  public AccessPolicy only(AccessPolicy grants) {
    return request ->
        listed.contains(request.job())
            ? grants.decide(request)
            : new AccessDecision.Denied(notListed(request));
  }

  private String notListed(AccessRequest request) {
    return "job "
        + request.job()
        + " may not use agent template "
        + request.template()
        + ": the job is not listed under jobs in "
        + configuration.file()
        + ", and grants apply to listed jobs only. List it, and add a grant that names it in jobs"
        + " and "
        + request.template()
        + " in agents; whether it should have one is for the owner of the template to decide.";
  }

  private JobName unlisted(Path script) {
    String name = named(configuration.home(), script);
    while (listed.contains(new JobName(name))) {
      name = "_/" + name;
    }
    return new JobName(name);
  }

  /** The job of a file where there is no configuration: named by its path from a folder. */
  public static JobName of(Path home, Path file) {
    return new JobName(named(home, file.toAbsolutePath().normalize()));
  }

  private static String named(Path home, Path script) {
    Path from = script.startsWith(home) ? home : script.getRoot();
    Path relative = from.relativize(script);
    boolean folderNamesIt = relative.endsWith(JENKINSFILE) && relative.getNameCount() > 1;
    String name =
        StreamSupport.stream(
                (folderNamesIt ? relative.resolveSibling("") : relative).spliterator(), false)
            .map(segment -> segment(segment.toString()))
            .collect(Collectors.joining("/"));
    return name.length() > LONGEST ? segment(name.substring(name.length() - LONGEST)) : name;
  }

  /** Only characters of job names, the first one of those that start a segment. */
  private static String segment(String text) {
    return text.replaceAll("[^A-Za-z0-9_.+/-]", "_").replaceAll("^[^A-Za-z0-9_]", "_");
  }
}
