package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** {@code zip} and {@code tar}: make a package of files of the workspace. */
final class PackStep implements Step {
  private final Packages.Form form;

  PackStep(Packages.Form form) {
    this.form = form;
  }

  @Override
  public StepSignature signature() {
    var signature =
        form == Packages.Form.ZIP
            ? Signatures.step("zip").value("zipFile", Kind.STRING)
            : Signatures.step("tar").value("file", Kind.STRING).optional(Kind.BOOLEAN, "compress");
    return signature
        .optional(Kind.STRING, "dir", "glob", "exclude")
        .optional(Kind.BOOLEAN, "archive", "overwrite", "defaultExcludes")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of(form.parameter(), "dir", "glob", "exclude");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String name = step.text(form.parameter());
    String target = step.path(name);
    String shown = step.workplace().absolute(target);
    boolean exists = step.onAgent(Stored.done(), agent -> agent.exists(step.number(), target));
    if (exists && !step.flag("overwrite", false)) {
      throw new StepFailed(shown + " exists.");
    }
    String dir = step.path(step.filledText("dir").orElse(""));
    Optional<String> glob = step.filledText("glob");
    String filter = glob.map(text -> " filtered by [" + text + "]").orElse("");
    String kind = form == Packages.Form.ZIP ? "zip" : "tar";
    step.say(
        "Writing " + kind + " file of " + step.workplace().absolute(dir) + filter + " to " + shown);
    int count = pack(step, name, target, dir, glob);
    step.say((form == Packages.Form.ZIP ? "Zipped " : "Tared ") + count + " entries.");
    return null;
  }

  private int pack(
      StepContext step, String name, String target, String dir, Optional<String> glob) {
    FilePatterns patterns =
        FilePatterns.of(
            glob.orElse("**"), step.filledText("exclude"), step.flag("defaultExcludes", true));
    Path folder = step.build().stores().folder(step.build().id());
    Path path = Path.of(target);
    String parent = Optional.ofNullable(path.getParent()).map(Path::toString).orElse("");
    boolean archive = step.flag("archive", false);
    if (archive) {
      step.say("Archiving " + step.workplace().absolute(target));
    }
    return step.onAgent(
        Stored.number(),
        agent -> {
          Path made = Files.createTempFile(folder, "package", ".part");
          try {
            var count = new AtomicInteger();
            agent.collect(
                step.number(),
                dir,
                patterns.includes(),
                patterns.excludes(),
                files -> count.set(Packages.pack(form, step.flag("compress", true), files, made)));
            String last = String.valueOf(path.getFileName());
            agent.deliver(step.number(), parent, out -> Packages.single(made, last, out));
            if (archive) {
              keep(folder, made, name);
            }
            return count.get();
          } finally {
            Files.deleteIfExists(made);
          }
        });
  }

  private static void keep(Path folder, Path made, String name) throws IOException {
    var archive = new ByteArrayOutputStream();
    Packages.single(made, name, archive);
    Artifacts.of(folder).keep(new ByteArrayInputStream(archive.toByteArray()));
  }

  /** Both of them. */
  static List<Step> all() {
    return List.of(new PackStep(Packages.Form.ZIP), new PackStep(Packages.Form.TAR));
  }
}
