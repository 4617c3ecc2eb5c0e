package dev.deputy.server;

import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.AgentTemplate.TaskSize;
import dev.deputy.core.CredentialsMode;
import dev.deputy.core.TemplateName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** {@code agents}: the agent templates, in the order in which they are chosen. */
final class AgentsSection {
  static final List<String> KEYS =
      List.of(
          "name", "labels", "image", "account", "credentials", "taskDefinition", "docker", "max");
  static final List<String> TASK_DEFINITION_KEYS =
      List.of("cpu", "memoryReservation", "networkMode");

  private static final String DEFAULT_IMAGE = "deputy-agent";
  private static final TaskSize DEFAULT_SIZE = new TaskSize(2048, 3584, "bridge");

  /** MiB; ECS takes no container with less. */
  private static final int LEAST_MEMORY = 6;

  private static final Form<TemplateName> NAME =
      new Form<>("a letter, then up to 49 letters, digits or '-'", TemplateName::new);
  private static final Form<String> LABEL = Form.matching("a label", "[A-Za-z0-9_.:/-]{1,128}");
  private static final Form<String> IMAGE =
      Form.matching("an image name", "[A-Za-z0-9][A-Za-z0-9_.:/@-]{0,254}");
  private static final Form<String> CREDENTIALS = Form.oneOf("deploy-role", "task-role");
  private static final Form<String> NETWORK_MODE =
      new Form<>("one of bridge, host", AgentsSection::networkMode);

  private final Names<AccountName> accounts;
  private final AgentLimits limits;

  /** Where a name was used first: roles are called after it, and to IAM case is no difference. */
  private final Map<String, Integer> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  AgentsSection(Names<AccountName> accounts, AgentLimits limits) {
    this.accounts = accounts;
    this.limits = limits;
  }

  /** The templates that have no fault, in file order. */
  List<AgentTemplate> read(List<YamlMapping> section) {
    List<AgentTemplate> agents = new ArrayList<>();
    section.forEach(m -> agent(m).ifPresent(agents::add));
    return agents;
  }

  private Optional<AgentTemplate> agent(YamlMapping m) {
    m.allow(KEYS);
    Optional<TemplateName> name = m.required("name", NAME);
    name.ifPresent(known -> m.once("name", known.value(), lines));
    List<String> labels = m.requiredList("labels", LABEL);
    Optional<String> image =
        m.has("image") ? m.optional("image", IMAGE) : Optional.of(DEFAULT_IMAGE);
    Optional<AccountName> account =
        m.optional("account", accounts.reference()).flatMap(Function.identity());
    Optional<CredentialsMode> credentials = credentials(m);
    Optional<TaskSize> size =
        m.has("taskDefinition")
            ? m.requiredMapping("taskDefinition").flatMap(AgentsSection::size)
            : Optional.of(DEFAULT_SIZE);
    limits.template(m, name);
    boolean docker = m.bool("docker", false).orElse(false);
    boolean complete =
        name.isPresent()
            && image.isPresent()
            && m.has("account") == account.isPresent()
            && credentials.isPresent()
            && size.isPresent();
    return complete
        ? Optional.of(
            new AgentTemplate(
                name.get(),
                labels,
                account,
                credentials.get(),
                image.get(),
                size.get(),
                m.source(),
                docker))
        : Optional.empty();
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
    return m.optional("credentials", CREDENTIALS)
        .map(word -> CredentialsMode.valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT)));
  }

  private static String networkMode(String text) {
    return switch (text) {
      case "awsvpc" ->
          throw new Form.Rejected("awsvpc needs subnets, which this version does not support");
      case "none" -> throw new Form.Rejected("an agent without network can not connect");
      default -> Form.oneOf("bridge", "host").parse().apply(text);
    };
  }

  private static Optional<TaskSize> size(YamlMapping m) {
    m.allow(TASK_DEFINITION_KEYS);
    Optional<Integer> cpu = m.integer("cpu", 128, 196_608, DEFAULT_SIZE.cpu());
    Optional<Integer> memory =
        m.integer("memoryReservation", LEAST_MEMORY, 3_000_000, DEFAULT_SIZE.memoryReservation());
    String networkMode = m.optional("networkMode", NETWORK_MODE).orElse(DEFAULT_SIZE.networkMode());
    return cpu.flatMap(c -> memory.map(mib -> new TaskSize(c, mib, networkMode)));
  }
}
