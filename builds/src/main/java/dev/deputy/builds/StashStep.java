package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code stash}: keeps files of the current directory for other agents of the build. */
final class StashStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("stash")
        .value("name", Kind.STRING)
        .optional(Kind.STRING, "includes", "excludes")
        .optional(Kind.BOOLEAN, "allowEmpty", "useDefaultExcludes")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("name", "includes", "excludes");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    Stashes stashes = step.build().stashes();
    String name = Stashes.requireName(step.text("name"));
    if (stashes.has(name)) {
      step.say("Warning: overwriting stash ‘" + name + "’");
    }
    String dir = step.path("");
    FilePatterns patterns =
        FilePatterns.of(
            step.filledText("includes").orElse("**"),
            step.filledText("excludes"),
            step.flag("useDefaultExcludes", true));
    boolean allowEmpty = step.flag("allowEmpty", false);
    Stashes.Taken taken =
        step.onAgent(
            Stashes.TAKEN,
            agent ->
                stashes.keep(
                    name,
                    allowEmpty,
                    sink ->
                        agent.collect(
                            step.number(), dir, patterns.includes(), patterns.excludes(), sink)));
    stashes.register(name, taken);
    step.say("Stashed " + taken.files() + " file(s)");
    step.record("files", taken.files());
    step.record("sha256", taken.sha256());
    return null;
  }

  /** {@code unstash}: puts the files into the current directory. */
  static final class Undo implements Step {
    @Override
    public StepSignature signature() {
      return Signatures.step("unstash").value("name", Kind.STRING).onAgent();
    }

    @Override
    public StepClass stepClass() {
      return StepClass.EFFECT;
    }

    @Override
    public Set<String> names() {
      return Set.of("name");
    }

    @Override
    public @Nullable Object run(StepContext step) {
      var content = step.build().stashes().content(step.text("name"));
      String dir = step.path("");
      step.doOnAgent(agent -> agent.deliver(step.number(), dir, content));
      return null;
    }
  }
}
