package dev.deputy.pipeline;

import dev.deputy.pipeline.StepSignature.BodyUse;
import dev.deputy.pipeline.StepSignature.Kind;
import dev.deputy.pipeline.StepSignature.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The steps of the host's catalogue and those that a pipeline consists of. */
final class Steps {
  /** Functions that only describe something, as arguments of a step: {@code string(name: 'x')}. */
  private static final Set<String> DESCRIPTIONS =
      Set.of(
          "string",
          "text",
          "booleanParam",
          "choice",
          "password",
          "file",
          "zip",
          "usernamePassword",
          "usernameColonPassword",
          "gitUsernamePassword",
          "dockerCert",
          "sshUserPrivateKey",
          "certificate",
          "aws",
          "logRotator",
          "scmGit",
          "cloneOption",
          "checkoutOption",
          "cleanBeforeCheckout",
          "cleanAfterCheckout",
          "localBranch",
          "submodule",
          "lfs",
          "pruneStaleBranch",
          "pruneTags",
          "sparseCheckout",
          "authorInChangelog",
          "firstBuildChangelog",
          "changelogToBranch",
          "pathRestriction",
          "messageExclusion",
          "userExclusion",
          "agent",
          "nonresumable",
          "kubernetesAgent",
          "parameters",
          "pipelineTriggers",
          "cron",
          "pollSCM",
          "upstream",
          "githubPush",
          "bitbucketPush",
          "gitlab",
          "gitlabPush",
          "GenericTrigger",
          "issueCommentTrigger",
          "buildDiscarder",
          "disableConcurrentBuilds",
          "disableResume",
          "durabilityHint",
          "overrideIndexTriggers",
          "githubProjectProperty",
          "gitLabConnection",
          "rateLimitBuilds",
          "rateLimit",
          "copyArtifactPermission",
          "lastSuccessful",
          "lastCompleted",
          "specific",
          "permalink",
          "authorizationMatrix",
          "preserveStashes",
          "quietPeriod",
          "disableReindexing",
          "credentials",
          "run",
          "gitParameter",
          "developers",
          "requestor",
          "culprits",
          "brokenBuildSuspects",
          "brokenTestsSuspects",
          "upstreamDevelopers",
          "contributor",
          "recipients",
          "buildUser",
          "previous",
          "perBuildTag",
          "scmName");

  private static final Map<String, StepSignature> STRUCTURE = structure();

  private final StepCatalog catalog;

  Steps(StepCatalog catalog) {
    this.catalog = catalog;
  }

  /** The host's word on a step goes first. */
  Optional<StepSignature> find(String name) {
    return catalog.find(name).or(() -> Optional.ofNullable(STRUCTURE.get(name)));
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>(catalog.names());
    names.addAll(STRUCTURE.keySet());
    return names;
  }

  /** What to do instead of an unknown step; empty where there is nothing to say. */
  String advice(String unknown, Set<String> known) {
    return catalog.advice(unknown).orElseGet(() -> Suggestion.hint(unknown, known));
  }

  static boolean isDescription(String name) {
    return DESCRIPTIONS.contains(name);
  }

  private static Map<String, StepSignature> structure() {
    Map<String, StepSignature> steps = new LinkedHashMap<>();
    add(steps, "stage", BodyUse.REQUIRED, required("name", Kind.STRING));
    add(steps, "node", BodyUse.REQUIRED, optional("label", Kind.STRING, true));
    add(steps, "withEnv", BodyUse.REQUIRED, required("overrides", Kind.LIST));
    add(
        steps,
        "timeout",
        BodyUse.REQUIRED,
        required("time", Kind.INTEGER),
        optional("unit", Kind.STRING, false),
        optional("activity", Kind.BOOLEAN, false));
    add(steps, "retry", BodyUse.REQUIRED, required("count", Kind.INTEGER));
    add(steps, "timestamps", BodyUse.REQUIRED);
    add(steps, "script", BodyUse.REQUIRED);
    add(
        steps,
        "input",
        BodyUse.NONE,
        required("message", Kind.STRING),
        optional("id", Kind.STRING, false),
        optional("ok", Kind.STRING, false),
        optional("submitter", Kind.STRING, false),
        optional("submitterParameter", Kind.STRING, false),
        optional("parameters", Kind.LIST, false));
    return Map.copyOf(steps);
  }

  private static void add(
      Map<String, StepSignature> steps, String name, BodyUse body, Parameter... parameters) {
    steps.put(name, new StepSignature(name, List.of(parameters), body, false));
  }

  private static Parameter required(String name, Kind kind) {
    return new Parameter(name, kind, true, true);
  }

  private static Parameter optional(String name, Kind kind, boolean isDefault) {
    return new Parameter(name, kind, false, isDefault);
  }
}
