package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code ws}: another workspace for a block: the folder itself where its path is absolute, else one
 * beside the agent's workspace, since an agent serves one build.
 */
final class WsStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.block("ws").value("dir", Kind.STRING).onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.LOG;
  }

  @Override
  public Set<String> names() {
    return Set.of("dir");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String path = step.text("dir");
    String absolute =
        path.startsWith("/")
            ? path
            : Temporary.of(step) + "/ws/" + path.replaceAll("[^A-Za-z0-9._-]+", "_");
    String dir = step.path(absolute);
    step.say("Running in " + absolute);
    return step.body(step.block().in(dir).with(List.of(new Block.Variable("WORKSPACE", absolute))));
  }
}
