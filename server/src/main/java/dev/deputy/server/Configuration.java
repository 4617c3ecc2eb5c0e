package dev.deputy.server;

import dev.deputy.access.Grant;
import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.Credential;
import dev.deputy.core.JobName;
import dev.deputy.core.TemplateName;
import dev.deputy.fleet.Caps;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code deputy.yaml}, checked: every name in it refers to something that is there.
 *
 * @param file where it was read from
 * @param accounts in file order
 * @param agents in file order, which is the order of choice
 * @param caps how many agents there may be
 */
public record Configuration(
    Path file,
    Map<AccountName, Account> accounts,
    Cloud cloud,
    List<AgentTemplate> agents,
    List<Job> jobs,
    List<Grant> grants,
    Caps caps,
    List<ScopedCredential> credentials,
    List<ConfiguredLibraries.Library> libraries,
    Notifications notifications) {
  public Configuration {
    credentials = List.copyOf(credentials);
    libraries = List.copyOf(libraries);
    accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
    agents = List.copyOf(agents);
    jobs = List.copyOf(jobs);
    grants = List.copyOf(grants);
  }

  /** The folder that relative paths start from. */
  public Path home() {
    return Objects.requireNonNull(
        file.toAbsolutePath().normalize().getParent(), "a file lies in a folder");
  }

  /** The account that the cluster is in. */
  public Account tooling() {
    return Objects.requireNonNull(accounts.get(cloud.account()), "checked by the loader");
  }

  /**
   * The one cluster that agents run in.
   *
   * @param defaultAgent what {@code agent any} gets; empty: {@code agent any} is an error
   */
  public record Cloud(
      String name,
      AccountName account,
      String region,
      String cluster,
      Optional<TemplateName> defaultAgent) {}

  /**
   * One job.
   *
   * @param script path of its Jenkinsfile, relative to the configuration
   */
  public record Job(JobName name, String script) {}

  /**
   * How people and other systems are told.
   *
   * @param mail empty: no mail is sent
   * @param slack empty: no message is sent
   */
  public record Notifications(
      Optional<MailServer> mail, Optional<Slack> slack, List<Webhook> webhooks) {
    public static final Notifications NONE =
        new Notifications(Optional.empty(), Optional.empty(), List.of());

    public Notifications {
      webhooks = List.copyOf(webhooks);
    }
  }

  /** How a connection to a mail server is kept private. */
  public enum Tls {
    /** It begins in the clear and has to go on encrypted. */
    STARTTLS,
    /** From its first byte. */
    IMPLICIT,
    NONE
  }

  /**
   * A mail server.
   *
   * @param from the sender where a pipeline names none
   * @param login empty: without one
   */
  public record MailServer(String host, int port, Tls tls, String from, Optional<Login> login) {}

  /** A user and where the password is. */
  public record Login(String username, Credential.Value password) {}

  /**
   * Where messages go: an incoming webhook, which is a secret as a whole, or Slack's API.
   *
   * @param secret the webhook's address, or the token
   * @param api the API's address; empty for an incoming webhook
   * @param channel where a pipeline names none
   */
  public record Slack(Credential.Value secret, Optional<URI> api, Optional<String> channel) {}

  /**
   * A system that is told of events.
   *
   * @param events by their names in JSON output
   * @param secret what messages are signed with
   */
  public record Webhook(
      String name, URI url, List<String> events, Optional<Credential.Value> secret) {
    public Webhook {
      events = List.copyOf(events);
    }
  }

  /**
   * One credential.
   *
   * @param jobs patterns of the jobs that may use it; empty: none
   */
  public record ScopedCredential(Credential credential, List<String> jobs) {
    public ScopedCredential {
      jobs = List.copyOf(jobs);
    }
  }
}
