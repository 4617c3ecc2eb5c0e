package dev.deputy.builds;

import java.util.List;

/** Steps around reports, and around what a job is. */
final class ReportSteps {
  private ReportSteps() {}

  static List<Step> all() {
    return List.of(
        new JunitStep(),
        new PublishHtmlStep(),
        new ArchiveStep(),
        new TeeStep(),
        new UnarchiveStep(),
        new CopyArtifactsStep(),
        new FingerprintStep(),
        new ValidateDeclarativePipelineStep(),
        DelegatingStep.step(),
        DelegatingStep.wrap(),
        new BuildUserStep(),
        new PropertiesStep());
  }
}
