package dev.deputy.builds;

import dev.deputy.pipeline.StepCatalog;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All steps that Jenkinsfiles can use. Immutable. */
public final class Steps implements StepCatalog {
  private static final Steps ALL = new Steps();

  private final Map<String, Step> byName = new TreeMap<>();

  /** Steps that only the interpreter calls. */
  private final Map<String, Step> internal =
      Map.of(
          "parallel", new ParallelStep(),
          "parallelBranch", new ParallelStep.OfBranch(),
          "dockerCommand", new DockerCommandStep());

  private Steps() {
    List.of(
            new ShStep(),
            new EchoStep(),
            new ErrorStep(),
            new UnstableStep(),
            new StageStep(),
            new NodeStep(),
            new WithEnvStep(),
            new DirStep(),
            new TimeoutStep(),
            new RetryStep(),
            CatchErrorStep.catchError(),
            CatchErrorStep.warnError(),
            new SleepStep(),
            new WaitUntilStep(),
            new InputStep(),
            new StashStep(),
            new StashStep.Undo(),
            new ArchiveArtifactsStep(),
            new ReadFileStep(),
            new WriteFileStep(),
            new FileExistsStep(),
            new DeleteDirStep(),
            new PwdStep(),
            new IsUnixStep(),
            new ToolStep(),
            new WsStep(),
            new WindowsStep("bat"),
            new WindowsStep("powershell"),
            new PassThroughStep(Signatures.block("script").anywhere()),
            new PassThroughStep(Signatures.block("timestamps").anywhere()),
            new PassThroughStep(
                Signatures.block("ansiColor")
                    .optionalValue("colorMapName", Kind.STRING)
                    .anywhere()))
        .forEach(step -> byName.put(step.signature().name(), step));
    AwsSteps.all().forEach(step -> byName.put(step.signature().name(), step));
    SourceSteps.all().forEach(step -> byName.put(step.signature().name(), step));
    DataSteps.all().forEach(step -> byName.put(step.signature().name(), step));
    PackStep.all().forEach(step -> byName.put(step.signature().name(), step));
    UnpackStep.all().forEach(step -> byName.put(step.signature().name(), step));
    ControlSteps.all().forEach(step -> byName.put(step.signature().name(), step));
    ReportSteps.all().forEach(step -> byName.put(step.signature().name(), step));
  }

  /** The catalogue. */
  public static Steps all() {
    return ALL;
  }

  @Override
  public Optional<StepSignature> find(String name) {
    return Optional.ofNullable(byName.get(name)).map(Step::signature);
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  @Override
  public Optional<String> advice(String unknown) {
    return ForeignSteps.advice(unknown);
  }

  /** The step that a call is for; the interpreter calls only what exists. */
  Step step(String name) {
    Step step = byName.getOrDefault(name, internal.get(name));
    if (step == null) {
      throw new IllegalArgumentException("step: \"" + name + "\" (expected: a known one)");
    }
    return step;
  }
}
