package dev.deputy.builds;

import dev.deputy.access.AccessPolicy;
import dev.deputy.access.ApprovalRule;
import dev.deputy.access.Grant;
import dev.deputy.access.Grants;
import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.BuildId;
import dev.deputy.core.Cause;
import dev.deputy.core.CredentialStore;
import dev.deputy.core.CredentialsMode;
import dev.deputy.core.JobName;
import dev.deputy.core.JournalEntry;
import dev.deputy.core.LibraryStore;
import dev.deputy.core.Source;
import dev.deputy.core.SourceRef;
import dev.deputy.core.TemplateName;
import dev.deputy.core.Timekeeper;
import dev.deputy.pipeline.Jenkinsfiles;
import dev.deputy.pipeline.ParsedJenkinsfile;
import dev.deputy.pipeline.Problem;
import dev.deputy.testkit.InMemoryAuditLog;
import dev.deputy.testkit.InMemoryBuildLogs;
import dev.deputy.testkit.InMemoryBuildStore;
import dev.deputy.testkit.InMemorySource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything a build needs, in memory and on this machine. The job {@code shop} may use the
 * builder, and production with an approval of carol or dave.
 */
final class Bench {
  /** Entries that a repeated run needs and nobody reads. */
  private static final Set<JournalEntry.Kind> REPEATED =
      EnumSet.of(JournalEntry.Kind.COMPLETED, JournalEntry.Kind.NOTED, JournalEntry.Kind.HAPPENED);

  static final String JOB = "shop";
  static final TemplateName PRODUCTION = new TemplateName("production");

  final InMemoryAuditLog audit = new InMemoryAuditLog();
  final InMemoryBuildStore builds = new InMemoryBuildStore(audit);
  final InMemoryBuildLogs logs = new InMemoryBuildLogs();
  final List<BuildEvent> events = Collections.synchronizedList(new ArrayList<>());
  final List<Question> questions = Collections.synchronizedList(new ArrayList<>());
  final AbortSignal abort = new AbortSignal();
  final BuildStores stores;
  final LocalAgents agents;

  private final AccessPolicy policy;
  Timekeeper time = Timekeeper.system();
  Questions answers = _ -> new Answer.Unanswerable("nobody is there");
  BuildObserver observer = events::add;
  Source source = InMemorySource.onMain(Map.of("README", "hello\n"));
  Map<String, String> parameters = Map.of();
  CredentialStore credentials = CredentialStore.NONE;
  LibraryStore libraries = LibraryStore.NONE;
  boolean local;
  OtherJobs others = OtherJobs.NONE;

  Bench(Path folder) {
    this(folder, 1);
  }

  /**
   * @param approvals that production asks for
   */
  Bench(Path folder, int approvals) {
    this(folder, grants(approvals));
  }

  Bench(Path folder, AccessPolicy policy) {
    this.policy = policy;
    this.stores = new BuildStores(builds, logs, audit, folder.resolve("files"));
    this.agents =
        new LocalAgents(
            folder.resolve("agents"),
            new BuildAccessGate(builds, policy, audit, Timekeeper.system()));
  }

  AccessPolicy policy() {
    return policy;
  }

  private static AccessPolicy grants(int approvals) {
    return new Grants(
        List.of(
            grant("builders", "builder", Optional.empty()),
            grant(
                "releases",
                "production",
                Optional.of(new ApprovalRule(List.of("carol", "dave"), approvals, true)))));
  }

  static Grant grant(String name, String template, Optional<ApprovalRule> approvals) {
    return new Grant(
        name,
        List.of(JOB),
        List.of(),
        List.of(),
        List.of(new TemplateName(template)),
        approvals,
        new SourceRef("deputy.yaml", 1, 1));
  }

  static BuildSettings settings() {
    var production = new AccountName("production");
    return new BuildSettings(
        List.of(
            template("builder", Optional.empty(), "builder", "linux"),
            template("production", Optional.of(production), "AgentAccountProduction"),
            template("forbidden", Optional.of(production), "AgentAccountForbidden")),
        Optional.of(new TemplateName("builder")),
        Map.of(
            production,
            new Account(
                production,
                "444444444444",
                "eu-west-1",
                Optional.of("production"),
                Optional.empty(),
                true)));
  }

  private static AgentTemplate template(
      String name, Optional<AccountName> account, String... labels) {
    return new AgentTemplate(
        new TemplateName(name),
        List.of(labels),
        account,
        account.isPresent() ? CredentialsMode.DEPLOY_ROLE : CredentialsMode.NONE,
        "deputy-agent",
        new AgentTemplate.TaskSize(2048, 3584, "bridge"),
        new SourceRef("deputy.yaml", 1, 1));
  }

  /** Something that a test does. */
  @FunctionalInterface
  interface Action {
    void run() throws InterruptedException;
  }

  /** Has something done whenever a step or the build prints this. */
  void at(String text, Action action) {
    observer =
        event -> {
          events.add(event);
          if (event instanceof BuildEvent.Log log
              && !log.annotation()
              && log.text().lines().anyMatch(l -> l.contains(text) && !l.startsWith("+ "))) {
            try {
              action.run();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
  }

  /** Runs a Jenkinsfile as job {@code shop}, started by alice. */
  BuildOutcome run(String jenkinsfile) {
    ParsedJenkinsfile.Valid parsed =
        switch (Jenkinsfiles.parse("Jenkinsfile", jenkinsfile, Steps.all())) {
          case ParsedJenkinsfile.Valid valid -> valid;
          case ParsedJenkinsfile.Invalid(List<Problem> problems, _) ->
              throw new AssertionError(
                  problems.stream().map(Problem::format).collect(Collectors.joining("\n")));
        };
    var request =
        new BuildRequest(
            new JobName(JOB),
            "Jenkinsfile",
            jenkinsfile,
            parsed,
            source,
            new Cause.Person("alice"),
            BuildParameters.of(parsed.pipeline().parameters(), parameters),
            abort,
            others);
    var resources = new BuildResources(credentials, libraries);
    var settings =
        local
            ? BuildSettings.onThisMachine(resources)
            : new BuildSettings(
                settings().templates(),
                settings().defaultAgent(),
                settings().accounts(),
                Optional.empty(),
                resources);
    return new BuildRunner(stores, agents, policy, settings, time)
        .run(request, observer, this::ask);
  }

  private Answer ask(Question question) throws InterruptedException {
    questions.add(question);
    return answers.ask(question);
  }

  /** The console log of the only build. */
  String log() {
    return logs.text(new BuildId(new JobName(JOB), 1));
  }

  /** The text events of one type. */
  <T extends BuildEvent> List<T> events(Class<T> type) {
    synchronized (events) {
      return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }

  /** The journal of the only build as {@code number kind name}. */
  List<String> journal() {
    return builds.journal(new BuildId(new JobName(JOB), 1)).stream()
        .filter(e -> !REPEATED.contains(e.kind()))
        .map(e -> e.step() + " " + e.kind() + " " + e.name())
        .toList();
  }

  /** The actions of the audit log, oldest first. */
  List<String> audited() {
    return audit.records().stream().map(record -> record.action()).toList();
  }
}
