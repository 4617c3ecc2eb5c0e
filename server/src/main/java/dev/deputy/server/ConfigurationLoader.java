package dev.deputy.server;

import dev.deputy.access.ApprovalRule;
import dev.deputy.access.Grant;
import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.AgentTemplate.TaskSize;
import dev.deputy.core.CredentialsMode;
import dev.deputy.core.JobName;
import dev.deputy.core.TemplateName;
import dev.deputy.iam.PolicyDocument;
import dev.deputy.iam.PolicySyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads {@code deputy.yaml} strictly: anything unknown, twice, or referring to nothing refuses the
 * whole file.
 */
public final class ConfigurationLoader {
  /** The file that is looked for. */
  public static final String FILE_NAME = "deputy.yaml";

  private static final TaskSize DEFAULT_SIZE = new TaskSize(2048, 3584, "bridge");
  private static final List<String> NETWORK_MODES = List.of("bridge", "host", "awsvpc", "none");
  private static final List<String> CAUSES = List.of("person");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");
  private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9_-]{1,255}");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");
  private static final Pattern JOB_PATTERN = Pattern.compile("[A-Za-z0-9_.+*/-]{1,255}");

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
   * @throws InvalidConfiguration with everything that is wrong
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
    root.allow("accounts", "cloud", "agents", "jobs", "grants");
    Map<AccountName, Account> accounts = accounts(root);
    List<AgentTemplate> agents = agents(root, accounts);
    Set<TemplateName> templates = Set.copyOf(agents.stream().map(AgentTemplate::name).toList());
    Optional<Configuration.Cloud> cloud =
        root.mapping("cloud", true).flatMap(c -> cloud(c, accounts, templates));
    List<Configuration.Job> jobs = jobs(root);
    List<Grant> grants = grants(root, templates);
    return cloud.map(c -> new Configuration(file, accounts, c, agents, jobs, grants));
  }

  private Map<AccountName, Account> accounts(YamlMapping root) {
    Map<AccountName, Account> accounts = new LinkedHashMap<>();
    Map<String, String> ids = new LinkedHashMap<>();
    root.mapping("accounts", true)
        .ifPresent(section -> {
          for (String name : section.names()) {
            section
                .mapping(name, true)
                .flatMap(m -> account(section, name, m))
                .ifPresent(account -> {
                  String other = ids.putIfAbsent(account.id(), name);
                  if (other != null) {
                    section.problem(
                        name, "an account id of its own", "the id of account " + other, "");
                  }
                  accounts.put(account.name(), account);
                });
          }
        });
    return accounts;
  }

  private Optional<Account> account(YamlMapping section, String name, YamlMapping m) {
    m.allow("id", "region", "stage", "permissions", "sourceIdentity");
    Optional<AccountName> accountName = named(section, name, AccountName::new);
    Optional<String> id =
        m.value("id", true, "a string of 12 digits in quotes", ConfigurationLoader::accountId);
    Optional<String> region =
        m.value("region", true, "an AWS Region such as eu-west-1", form(REGION));
    Optional<String> stage = m.string("stage", false, "the environment's name");
    Optional<String> permissions =
        m.string("permissions", false, "path of an IAM policy document")
            .flatMap(path -> policy(m, path));
    boolean sourceIdentity =
        m.value("sourceIdentity", false, "on or off", oneOf(List.of("on", "off")))
            .map("on"::equals)
            .orElse(true);
    // An account with a fault keeps its name, so that templates that name it are not reported as
    // well.
    return accountName.map(known ->
        new Account(
            known,
            id.orElse("000000000000"),
            region.orElse("us-east-1"),
            stage,
            permissions,
            sourceIdentity));
  }

  private Optional<String> policy(YamlMapping m, String path) {
    Path policy = file.toAbsolutePath().resolveSibling(path);
    try {
      String json = Files.readString(policy);
      PolicyDocument.parse(json);
      return Optional.of(json);
    } catch (PolicySyntaxException e) {
      m.problem("permissions", "an IAM policy document", path + ": " + e.getMessage(), "");
    } catch (IOException _) {
      m.problem(
          "permissions",
          "path of an IAM policy document, relative to this file",
          "no readable file \"" + path + "\"",
          "");
    }
    return Optional.empty();
  }

  private Optional<Configuration.Cloud> cloud(
      YamlMapping m, Map<AccountName, Account> accounts, Set<TemplateName> templates) {
    m.allow("name", "account", "region", "cluster", "defaultAgent");
    Optional<String> name = m.string("name", true, "the cloud's name");
    Optional<AccountName> account = accountName(m, true, accounts);
    Optional<String> region =
        m.value("region", true, "an AWS Region such as eu-west-1", form(REGION));
    Optional<String> cluster = m.value("cluster", true, "the cluster's name", form(CLUSTER));
    Optional<TemplateName> defaultAgent =
        m.value("defaultAgent", false, "the name of an agent template", TemplateName::new)
            .filter(template -> known(m, "defaultAgent", template, templates));
    if (name.isEmpty() || account.isEmpty() || region.isEmpty() || cluster.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Configuration.Cloud(
            name.get(), account.get(), region.get(), cluster.get(), defaultAgent));
  }

  private List<AgentTemplate> agents(YamlMapping root, Map<AccountName, Account> accounts) {
    Map<TemplateName, AgentTemplate> agents = new LinkedHashMap<>();
    for (YamlMapping m : root.mappings("agents")) {
      agent(m, accounts)
          .ifPresent(agent -> {
            AgentTemplate other = agents.putIfAbsent(agent.name(), agent);
            if (other != null) {
              m.problem(
                  "name",
                  "a name of its own",
                  "\"" + agent.name() + "\", used at line " + other.source().line(),
                  "");
            }
          });
    }
    return new ArrayList<>(agents.values());
  }

  private Optional<AgentTemplate> agent(YamlMapping m, Map<AccountName, Account> accounts) {
    m.allow("name", "labels", "image", "account", "credentials", "taskDefinition");
    Optional<TemplateName> name =
        m.value("name", true, "a letter, then letters, digits or '-'", TemplateName::new);
    List<String> labels = m.values("labels", true, "a label", form(LABEL));
    Optional<String> image =
        m.has("image") ? m.string("image", false, "an image name") : Optional.of("deputy-agent");
    Optional<AccountName> account = accountName(m, false, accounts);
    Optional<CredentialsMode> credentials = credentials(m);
    Optional<TaskSize> size =
        m.has("taskDefinition")
            ? m.mapping("taskDefinition", false).map(this::size)
            : Optional.of(DEFAULT_SIZE);
    if (name.isEmpty() || image.isEmpty() || credentials.isEmpty() || size.isEmpty()) {
      return Optional.empty();
    }
    if (m.has("account") && account.isEmpty()) {
      // The name is known, so that grants that name this template are not reported as well.
      return Optional.of(
          new AgentTemplate(
              name.get(),
              labels,
              Optional.empty(),
              CredentialsMode.NONE,
              image.get(),
              size.get(),
              m.source()));
    }
    return Optional.of(
        new AgentTemplate(
            name.get(), labels, account, credentials.get(), image.get(), size.get(), m.source()));
  }

  private static Optional<CredentialsMode> credentials(YamlMapping m) {
    if (!m.has("account")) {
      if (m.has("credentials")) {
        m.problem(
            "credentials",
            "an account beside it",
            "a template without account",
            "add account, or leave credentials out");
      }
      return Optional.of(CredentialsMode.NONE);
    }
    if (!m.has("credentials")) {
      return Optional.of(CredentialsMode.DEPLOY_ROLE);
    }
    return m.value(
            "credentials",
            false,
            "deploy-role or task-role",
            oneOf(List.of("deploy-role", "task-role")))
        .map(word -> CredentialsMode.valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT)));
  }

  private TaskSize size(YamlMapping m) {
    m.allow("cpu", "memoryReservation", "networkMode");
    return new TaskSize(
        m.integer("cpu", 128, 196_608).orElse(DEFAULT_SIZE.cpu()),
        m.integer("memoryReservation", 4, 3_000_000).orElse(DEFAULT_SIZE.memoryReservation()),
        m.value(
                "networkMode",
                false,
                "one of " + String.join(", ", NETWORK_MODES),
                oneOf(NETWORK_MODES))
            .orElse(DEFAULT_SIZE.networkMode()));
  }

  private List<Configuration.Job> jobs(YamlMapping root) {
    Map<JobName, Configuration.Job> jobs = new LinkedHashMap<>();
    for (YamlMapping m : root.mappings("jobs")) {
      m.allow("name", "script");
      Optional<JobName> name =
          m.value("name", true, "folders and name joined by '/'", JobName::new);
      Optional<String> script = m.string("script", true, "path of the Jenkinsfile");
      if (name.isPresent()
          && script.isPresent()
          && jobs.putIfAbsent(name.get(), new Configuration.Job(name.get(), script.get()))
              != null) {
        m.problem("name", "a name of its own", "\"" + name.get() + "\" a second time", "");
      }
    }
    return new ArrayList<>(jobs.values());
  }

  private List<Grant> grants(YamlMapping root, Set<TemplateName> templates) {
    Map<String, Grant> grants = new LinkedHashMap<>();
    for (YamlMapping m : root.mappings("grants")) {
      grant(m, templates)
          .ifPresent(grant -> {
            Grant other = grants.putIfAbsent(grant.name(), grant);
            if (other != null) {
              m.problem(
                  "name",
                  "a name of its own",
                  "\"" + grant.name() + "\", used at line " + other.source().line(),
                  "");
            }
          });
    }
    return new ArrayList<>(grants.values());
  }

  private Optional<Grant> grant(YamlMapping m, Set<TemplateName> templates) {
    m.allow("name", "jobs", "branches", "causes", "agents", "approvals");
    Optional<String> name = m.string("name", true, "the grant's name");
    List<String> jobs = m.values("jobs", true, "a job's name or pattern", form(JOB_PATTERN));
    List<String> branches = m.values("branches", false, "a branch's name or pattern", text -> text);
    List<String> causes =
        m.values("causes", false, "one of " + String.join(", ", CAUSES), oneOf(CAUSES));
    List<TemplateName> agents =
        m.values(
            "agents", true, "the name of an agent template", text -> template(text, templates));
    Optional<ApprovalRule> approvals =
        m.mapping("approvals", false).flatMap(ConfigurationLoader::approvals);
    if (name.isEmpty()
        || jobs.isEmpty()
        || agents.isEmpty()
        || m.has("approvals") != approvals.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Grant(name.get(), jobs, branches, causes, agents, approvals, m.source()));
  }

  private static Optional<ApprovalRule> approvals(YamlMapping m) {
    m.allow("from", "count", "notStarter");
    List<String> from = m.values("from", true, "a user's name", text -> text);
    if (from.isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> count = m.has("count") ? m.integer("count", 1, from.size()) : Optional.of(1);
    Optional<Boolean> notStarter = m.has("notStarter") ? m.bool("notStarter") : Optional.of(true);
    return count.flatMap(c -> notStarter.map(n -> new ApprovalRule(from, c, n)));
  }

  private Optional<AccountName> accountName(
      YamlMapping m, boolean required, Map<AccountName, Account> accounts) {
    return m.value("account", required, "the name of an account", AccountName::new)
        .filter(name -> {
          if (!accounts.containsKey(name)) {
            m.problem(
                "account",
                "the name of an account under accounts",
                "\"" + name + "\"",
                listed(accounts.keySet()));
          }
          return accounts.containsKey(name);
        });
  }

  private static boolean known(
      YamlMapping m, String key, TemplateName template, Set<TemplateName> templates) {
    if (!templates.contains(template)) {
      m.problem(
          key,
          "the name of an agent template under agents",
          "\"" + template + "\"",
          listed(templates));
    }
    return templates.contains(template);
  }

  private static TemplateName template(String text, Set<TemplateName> templates) {
    TemplateName name = new TemplateName(text);
    if (!templates.contains(name)) {
      throw new YamlMapping.Rejected(listed(templates));
    }
    return name;
  }

  private static String listed(Set<?> known) {
    return "there are: "
        + String.join(", ", known.stream().map(Object::toString).sorted().toList());
  }

  private <T> Optional<T> named(YamlMapping section, String name, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(name));
    } catch (IllegalArgumentException _) {
      section.problem(
          name, "a name of a letter, then letters, digits or '-'", "\"" + name + "\"", "");
      return Optional.empty();
    }
  }

  private static String accountId(String text) {
    if (!text.matches("[0-9]{12}")) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static Function<String, String> form(Pattern pattern) {
    return text -> {
      if (!pattern.matcher(text).matches()) {
        throw new IllegalArgumentException(text);
      }
      return text;
    };
  }

  private static Function<String, String> oneOf(List<String> words) {
    return text -> {
      if (!words.contains(text)) {
        throw new IllegalArgumentException(text);
      }
      return text;
    };
  }
}
