package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code ws}: a folder of its own for a block. An agent has exactly one build, so no other one has
 * to be kept out; whatever the folder's name, it lies beside the workspace, with which it ends.
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
    Workplace workplace = step.workplace();
    Path top = Path.of(workplace.agent().workspace());
    Path beside = Path.of(top + "@tmp").resolve("ws");
    String named = step.text("dir").replaceFirst("^/+", "");
    String dir = workplace.resolve("", beside.resolve(named).toString());
    String absolute = top.resolve(dir).normalize().toString();
    step.say("Running in " + absolute);
    return step.body(step.block().in(dir).with(List.of(new Block.Variable("WORKSPACE", absolute))));
  }
}
