package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import org.jspecify.annotations.Nullable;

/**
 * {@code bat} and {@code powershell}: known, so that files with {@code if (isUnix())} run, and
 * refused when they are reached.
 */
record WindowsStep(String name) implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step(name)
        .value("script", Kind.STRING)
        .optional(Kind.BOOLEAN, "returnStdout", "returnStatus")
        .optional(Kind.STRING, "label", "encoding")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.LOG;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String instead = name.equals("powershell") ? "sh, or pwsh where the image has it" : "sh";
    throw new StepFailed(
        name + " needs a Windows agent; Deputy's agents run Linux (use " + instead + ")");
  }
}
