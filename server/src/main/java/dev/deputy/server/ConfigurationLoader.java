package dev.deputy.server;

import dev.deputy.access.Grant;
import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.JobName;
import dev.deputy.core.TemplateName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads {@code deputy.yaml} strictly: anything unknown, twice, or referring to nothing refuses the
 * whole file.
 */
public final class ConfigurationLoader {
  /** The file that is looked for. */
  public static final String FILE_NAME = "deputy.yaml";

  static final List<String> KEYS =
      List.of(
          "accounts",
          "cloud",
          "agents",
          "jobs",
          "grants",
          "credentials",
          "libraries",
          "notifications");

  private final YamlFile yaml;
  private final Path file;

  private ConfigurationLoader(YamlFile yaml, Path file) {
    this.yaml = yaml;
    this.file = file;
  }

  /** The nearest configuration in this folder or above it. */
  public static Optional<Path> find(Path folder) {
    for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      Path candidate = at.resolve(FILE_NAME);
      if (Files.isRegularFile(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /**
   * @param shownAs how messages name the file
   * @throws InvalidConfiguration with everything that is wrong, in the order of the file
   * @throws IOException when the file can not be read
   */
  public static Configuration load(String shownAs, Path file) throws IOException {
    YamlFile yaml = YamlFile.read(shownAs, file);
    Optional<Configuration> loaded =
        yaml.mapping().flatMap(root -> new ConfigurationLoader(yaml, file).configuration(root));
    if (!yaml.problems().isEmpty()) {
      throw new InvalidConfiguration(yaml.problems());
    }
    return loaded.orElseThrow();
  }

  private Optional<Configuration> configuration(YamlMapping root) {
    int before = yaml.problems().size();
    root.allow(KEYS);
    Path folder =
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
    Optional<YamlMapping> accountsSection = root.requiredMapping("accounts");
    Names<AccountName> accountNames =
        new Names<>(
            "the name of an account under accounts",
            AccountName::new,
            accountsSection.map(YamlMapping::names).orElse(Set.of()),
            accountsSection.isPresent());
    List<YamlMapping> agentsSection = root.mappings("agents");
    List<YamlMapping> jobsSection = root.mappings("jobs");
    boolean readable = yaml.problems().size() == before;
    Names<TemplateName> templateNames =
        names(
            "the name of an agent template under agents",
            TemplateName::new,
            agentsSection,
            readable);
    Names<JobName> jobNames =
        names("the name of a job under jobs", JobName::new, jobsSection, readable);

    var limits = new AgentLimits();
    Map<AccountName, Account> accounts = new LinkedHashMap<>();
    accountsSection
        .map(section -> new AccountsSection(section, folder, limits).read())
        .orElse(List.of())
        .forEach(account -> accounts.put(account.name(), account));
    List<AgentTemplate> agents = new AgentsSection(accountNames, limits).read(agentsSection);
    List<Configuration.Job> jobs = new JobsSection(folder, limits).read(jobsSection);
    List<Grant> grants = new GrantsSection(jobNames, templateNames).read(root.mappings("grants"));
    List<Configuration.ScopedCredential> credentials =
        new CredentialsSection(folder, jobNames).read(root.mappings("credentials"));
    List<ConfiguredLibraries.Library> libraries =
        new LibrariesSection(folder, jobNames).read(root.mappings("libraries"));
    Configuration.Notifications notifications =
        root.optionalMapping("notifications")
            .map(new NotificationsSection(folder)::read)
            .orElse(Configuration.Notifications.NONE);
    return root.requiredMapping("cloud")
        .flatMap(new CloudSection(accountNames, templateNames, limits)::read)
        .map(cloud ->
            new Configuration(
                file,
                accounts,
                cloud,
                agents,
                jobs,
                grants,
                limits.caps(),
                credentials,
                libraries,
                notifications));
  }

  /** The names that the items of a list have. */
  private static <N> Names<N> names(
      String expected, Function<String, N> parse, List<YamlMapping> section, boolean readable) {
    List<String> declared = section.stream().flatMap(m -> m.peek("name").stream()).toList();
    return new Names<>(expected, parse, declared, readable && declared.size() == section.size());
  }
}
