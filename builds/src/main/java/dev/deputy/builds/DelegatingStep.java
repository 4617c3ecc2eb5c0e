package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code step} and {@code wrap}: name what they do by {@code $class}, with the arguments of the
 * step of that name.
 *
 * @param delegates what there is by class name
 */
record DelegatingStep(StepSignature signature, Map<String, Step> delegates) implements Step {
  /** {@code step([$class: 'JUnitResultArchiver', …])}. */
  static DelegatingStep step() {
    var delegates = new LinkedHashMap<String, Step>();
    add(
        delegates,
        new JunitStep(),
        "JUnitResultArchiver",
        "hudson.tasks.junit.JUnitResultArchiver");
    add(delegates, new ArchiveArtifactsStep(), "ArtifactArchiver", "hudson.tasks.ArtifactArchiver");
    add(delegates, new FingerprintStep(), "Fingerprinter", "hudson.tasks.Fingerprinter");
    add(
        delegates,
        new CopyArtifactsStep(),
        "CopyArtifact",
        "hudson.plugins.copyartifact.CopyArtifact");
    add(delegates, new CleanWsStep(), "WsCleanup", "hudson.plugins.ws_cleanup.WsCleanup");
    add(delegates, new PublishHtmlStep(), "HtmlPublisher", "htmlpublisher.HtmlPublisher");
    return of(Signatures.step("step"), delegates);
  }

  /** {@code wrap([$class: 'AnsiColorBuildWrapper', …]) { }}. */
  static DelegatingStep wrap() {
    var delegates = new LinkedHashMap<String, Step>();
    var nothing =
        new PassThroughStep(
            Signatures.block("wrap").optional(Kind.ANY, "colorMapName", "useXvnc").anywhere());
    add(
        delegates,
        nothing,
        "AnsiColorBuildWrapper",
        "hudson.plugins.ansicolor.AnsiColorBuildWrapper",
        "TimestamperBuildWrapper",
        "hudson.plugins.timestamper.TimestamperBuildWrapper");
    add(delegates, new BuildUserStep(), "BuildUser", "org.jenkinsci.plugins.builduser.BuildUser");
    return of(Signatures.block("wrap"), delegates);
  }

  private static void add(Map<String, Step> to, Step step, String... classes) {
    for (String name : classes) {
      to.put(name, step);
    }
  }

  private static DelegatingStep of(Signatures signature, Map<String, Step> delegates) {
    return new DelegatingStep(
        signature.value("delegate", Kind.ANY).literals(value -> fault(delegates, value)).anywhere(),
        Map.copyOf(delegates));
  }

  private static Optional<String> fault(Map<String, Step> delegates, Object value) {
    Object name = value instanceof Map<?, ?> map ? map.get("$class") : null;
    return name == null || delegates.containsKey(name.toString())
        ? Optional.empty()
        : Optional.of(
            name
                + " (expected: one of "
                + delegates.keySet().stream().filter(each -> !each.contains(".")).sorted().toList()
                + ", or a step of the configuration's extensions by its own name)");
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    if (!(step.argument("delegate") instanceof Map<?, ?> given) || given.get("$class") == null) {
      throw new StepFailed(step.name() + ": expected [$class: '…', …]");
    }
    Step delegate = delegates.get(String.valueOf(given.get("$class")));
    if (delegate == null) {
      throw new StepFailed(step.name() + ": " + fault(delegates, given).orElse("unknown"));
    }
    var arguments = new LinkedHashMap<String, @Nullable Object>();
    given.forEach((key, value) -> arguments.put(String.valueOf(key), value));
    arguments.remove("$class");
    return delegate.run(step.as(delegate.signature().name(), arguments));
  }
}
