package dev.deputy.server;

import dev.deputy.core.JobName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code jobs}: which Jenkinsfiles are known, and by which name. */
final class JobsSection {
  static final List<String> KEYS = List.of("name", "script", "maxAgents");

  private static final Form<JobName> NAME =
      new Form<>("folders and name joined by '/'", JobName::new);
  private static final String SCRIPT = "path of the Jenkinsfile, in this file's folder or below";

  private final Path folder;
  private final AgentLimits limits;
  private final Map<JobName, Integer> names = new HashMap<>();

  /** A file is one job: two would leave open whose grants it has. */
  private final Map<Path, Integer> scripts = new HashMap<>();

  /**
   * @param folder that the file lies in
   */
  JobsSection(Path folder, AgentLimits limits) {
    this.folder = folder.normalize();
    this.limits = limits;
  }

  /** The jobs that have no fault, in file order. */
  List<Configuration.Job> read(List<YamlMapping> section) {
    List<Configuration.Job> jobs = new ArrayList<>();
    section.forEach(m -> job(m).ifPresent(jobs::add));
    return jobs;
  }

  private Optional<Configuration.Job> job(YamlMapping m) {
    m.allow(KEYS);
    Optional<JobName> name = m.required("name", NAME);
    name.ifPresent(known -> m.once("name", known, names));
    limits.job(m, name);
    Optional<Path> script = m.required("script", Form.text(SCRIPT).then(this::script));
    script.ifPresent(known -> m.once("script", known, scripts));
    return name.flatMap(n -> m.peek("script").map(s -> new Configuration.Job(n, s)));
  }

  /** What lies elsewhere is somebody else's: this file can not say who may change it. */
  private Path script(String text) {
    if (Path.of(text).isAbsolute()) {
      throw new Form.Rejected("write it relative to this file");
    }
    Path script = folder.resolve(text).normalize();
    if (!script.startsWith(folder) || script.equals(folder)) {
      throw new Form.Rejected("put " + ConfigurationLoader.FILE_NAME + " into a folder above it");
    }
    return script;
  }
}
