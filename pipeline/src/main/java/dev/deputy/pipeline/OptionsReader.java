package dev.deputy.pipeline;

import dev.deputy.pipeline.PipelineBlock.Options;
import dev.deputy.pipeline.StepSignature.BodyUse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code options}. */
final class OptionsReader {
  /** Where options stand. */
  enum Level {
    PIPELINE,
    STAGE
  }

  /** As in Jenkins. */
  private static final int MOST_PRESERVED = 50;

  static final Set<String> OWN =
      Set.of(
          "skipDefaultCheckout",
          "skipStagesAfterUnstable",
          "parallelsAlwaysFailFast",
          "disableConcurrentBuilds",
          "checkoutToSubdirectory",
          "copyArtifactPermission",
          "buildDiscarder");

  static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "ansiColor",
          "disableRestartFromStage",
          "disableResume",
          "durabilityHint",
          "githubProjectProperty",
          "gitLabConnection",
          "newContainerPerStage",
          "overrideIndexTriggers",
          "preserveStashes",
          "quietPeriod",
          "rateLimitBuilds",
          "throttleJobProperty");

  private final Sections sections;
  private final Findings findings;
  private final StepChecker checker;

  OptionsReader(Sections sections, StepChecker checker) {
    this.sections = sections;
    this.findings = sections.findings();
    this.checker = checker;
  }

  Options read(Optional<Expression.Call> section, Level level) {
    Optional<Statement.Block> block = section.flatMap(sections::filledBlock);
    if (block.isEmpty()) {
      return Options.NONE;
    }
    Map<String, Expression.Call> own = new LinkedHashMap<>();
    List<Expression.Call> wrappers = new ArrayList<>();
    for (Expression.Call call : sections.calls(block.get(), "options")) {
      if (own.containsKey(call.name())
          || wrappers.stream().anyMatch(each -> each.name().equals(call.name()))) {
        findings.error(
            call.at(), "option '" + call.name() + "' stands here a second time", "remove one");
      } else if (call.arguments().stream().anyMatch(Expression.Closure.class::isInstance)) {
        findings.error(call.at(), "option '" + call.name() + "' takes no block", "");
      } else if (OWN.contains(call.name())) {
        own.put(call.name(), call);
      } else {
        other(call, wrappers);
      }
    }
    if (level == Level.STAGE) {
      refuseOnStage(own);
    }
    boolean skipCheckout = sections.flag(own.get("skipDefaultCheckout"));
    return new Options(
        job(own, skipCheckout),
        skipCheckout,
        sections.flag(own.get("skipStagesAfterUnstable")),
        sections.flag(own.get("parallelsAlwaysFailFast")),
        Optional.ofNullable(own.get("checkoutToSubdirectory"))
            .flatMap(call -> sections.single(call, "a folder"))
            .orElse(null),
        List.copyOf(wrappers));
  }

  private void other(Expression.Call call, List<Expression.Call> wrappers) {
    String name = call.name();
    boolean wraps =
        checker.steps().find(name).filter(step -> step.body() != BodyUse.NONE).isPresent()
            && !Set.of("stage", "node", "script").contains(name);
    if (wraps) {
      checker.checkOption(call);
      wrappers.add(call);
    } else if (WITHOUT_EFFECT.contains(name)) {
      if (name.equals("preserveStashes")) {
        checkPreserved(call);
      }
      findings.warning(call.at(), "option '" + name + "' is accepted and has no effect yet", "");
    } else {
      Set<String> known = new TreeSet<>(OWN);
      known.addAll(WITHOUT_EFFECT);
      known.addAll(List.of("timeout", "retry", "timestamps"));
      String near = Suggestion.hint(name, known);
      findings.error(
          call.at(),
          "option '" + name + "' is not known",
          near.isEmpty() ? "there are " + String.join(", ", known) : near);
    }
  }

  private void checkPreserved(Expression.Call call) {
    Expression count = sections.named(call, Set.of("buildCount")).get("buildCount");
    if (count instanceof Expression.Constant(Position at, Number builds)
        && (builds.longValue() < 1 || builds.longValue() > MOST_PRESERVED)) {
      findings.error(
          at, "'buildCount' is " + builds + " (expected: 1 to " + MOST_PRESERVED + ")", "");
    }
  }

  private void refuseOnStage(Map<String, Expression.Call> own) {
    own.values().stream()
        .filter(
            call -> !Set.of("skipDefaultCheckout", "checkoutToSubdirectory").contains(call.name()))
        .forEach(call ->
            findings.error(
                call.at(),
                "option '" + call.name() + "' is for the whole pipeline",
                "move it to the options of pipeline { … }"));
  }

  private PipelineOptions job(Map<String, Expression.Call> own, boolean skipCheckout) {
    Expression.Call concurrency = own.get("disableConcurrentBuilds");
    boolean abort = false;
    if (concurrency != null) {
      Expression previous =
          sections.named(concurrency, Set.of("abortPrevious")).get("abortPrevious");
      abort = previous instanceof Expression.Constant(_, Boolean written) && written;
      if (previous != null && !(previous instanceof Expression.Constant)) {
        findings.warning(
            previous.at(), "abortPrevious is code, and taken for false", "write true or false");
      }
    }
    Map<String, Expression> rotation = rotation(own.get("buildDiscarder"));
    return new PipelineOptions(
        skipCheckout,
        concurrency != null,
        abort,
        number(rotation, "numToKeepStr"),
        number(rotation, "daysToKeepStr"),
        artifactReaders(own.get("copyArtifactPermission")));
  }

  private List<String> artifactReaders(Expression.@Nullable Call permission) {
    if (permission == null) {
      return List.of();
    }
    Expression jobs =
        permission.named().isEmpty()
            ? sections.single(permission, "names of jobs").orElse(null)
            : sections.named(permission, Set.of("projectNames")).get("projectNames");
    if (jobs instanceof Expression.Constant(Position _, String names)) {
      return Arrays.stream(names.split(",")).map(String::strip).filter(n -> !n.isEmpty()).toList();
    }
    if (jobs != null) {
      findings.error(
          jobs.at(),
          "'copyArtifactPermission' takes names of jobs that are written out",
          "write copyArtifactPermission('one,folder/*')");
    }
    return List.of();
  }

  private Map<String, Expression> rotation(Expression.@Nullable Call discarder) {
    if (discarder == null) {
      return Map.of();
    }
    Set<String> known =
        Set.of("numToKeepStr", "daysToKeepStr", "artifactNumToKeepStr", "artifactDaysToKeepStr");
    if (discarder.arguments().size() == 1
        && discarder.arguments().getFirst() instanceof Expression.Call rotator
        && rotator.target() == null
        && rotator.name().equals("logRotator")) {
      findings.warning(
          discarder.at(), "option 'buildDiscarder' is accepted and has no effect yet", "");
      return sections.named(rotator, known);
    }
    findings.warning(
        discarder.at(),
        "this 'buildDiscarder' is accepted and has no effect",
        "write buildDiscarder(logRotator(numToKeepStr: '10'))");
    return Map.of();
  }

  private OptionalInt number(Map<String, Expression> arguments, String name) {
    Expression expression = arguments.get(name);
    if (!(expression instanceof Expression.Constant(Position _, Object value))) {
      return OptionalInt.empty();
    }
    String text = String.valueOf(value);
    if (text.isEmpty() || text.equals("-1")) {
      return OptionalInt.empty();
    }
    if (!text.matches("\\d{1,6}")) {
      findings.error(expression.at(), "'" + name + "' is a number in quotes, as in '10'", "");
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(text));
  }
}
