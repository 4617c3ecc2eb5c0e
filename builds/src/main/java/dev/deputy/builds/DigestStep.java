package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code sha1}, {@code sha256}, {@code md5}: the digest of a file.
 *
 * @param name the step's, and of the agent's program without {@code sum}
 */
record DigestStep(String name) implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step(name).value("file", Kind.STRING).onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public Set<String> names() {
    return Set.of("file");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    Agent.Result result =
        AgentScript.only(
                "exec " + name + "sum < \"$DEPUTY_FILE\"\n",
                Map.of("DEPUTY_FILE", step.text("file")))
            .run(step);
    if (result.status() != 0) {
      throw new StepFailed(name + ": the file could not be read: " + step.text("file"));
    }
    return result.stdout().replaceFirst("\\s.*", "").strip();
  }
}
