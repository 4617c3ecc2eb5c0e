package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.fleet.Agent;
import dev.deputy.fleet.FileSelection;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code unzip} and {@code untar}: put the files of a package into the workspace, read them, or say
 * whether the package is whole.
 */
final class UnpackStep implements Step {
  /** What pipeline code gets of one file at most. */
  private static final int MOST_TEXT = 1 << 20;

  private static final Stored<List<String>> NAMES =
      Stored.of(
          names -> names, names -> Stored.Fields.of(Map.of("names", or(names))).texts("names"));

  private static final Stored<Map<String, String>> TEXTS =
      Stored.of(texts -> texts, texts -> Stored.Fields.of(Map.of("texts", or(texts))).map("texts"));

  private final Packages.Form form;

  UnpackStep(Packages.Form form) {
    this.form = form;
  }

  private static Object or(@Nullable Object stored) {
    return stored == null ? List.of() : stored;
  }

  @Override
  public StepSignature signature() {
    var signature =
        form == Packages.Form.ZIP
            ? Signatures.step("unzip")
                .value("zipFile", Kind.STRING)
                .optional(Kind.STRING, "charset")
                .optional(Kind.BOOLEAN, "read")
            : Signatures.step("untar")
                .value("file", Kind.STRING)
                .optional(Kind.BOOLEAN, "keepPermissions");
    return signature
        .optional(Kind.STRING, "dir", "glob")
        .optional(Kind.BOOLEAN, "quiet", "test")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of(form.parameter(), "dir", "glob", "charset");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    if (step.flag("test", false)) {
      return step.onAgent(Stored.done(), agent -> isWhole(step, agent));
    }
    String shown = step.workplace().absolute(step.path(step.text(form.parameter())));
    if (step.flag("read", false)) {
      return new LinkedHashMap<String, Object>(step.onAgent(TEXTS, agent -> texts(step, agent)));
    }
    step.say("Extracting from " + shown);
    String dir = step.path(step.filledText("dir").orElse(""));
    List<String> names = step.onAgent(NAMES, agent -> unpack(step, agent, dir));
    if (!step.flag("quiet", false)) {
      String target = step.workplace().absolute(dir);
      names.forEach(name -> step.say("Extracting: " + name + " -> " + target + "/" + name));
    }
    step.say("Extracted: " + names.size() + " files");
    return null;
  }

  private List<String> unpack(StepContext step, Agent agent, String dir)
      throws IOException, InterruptedException, Agent.ResultUnknown {
    return with(
        step,
        agent,
        file -> {
          var names = new ArrayList<String>();
          agent.deliver(
              step.number(),
              dir,
              out -> {
                try (TarArchiveOutputStream tar = Packages.deliverable(out)) {
                  names.addAll(
                      read(
                          step,
                          file,
                          (name, entry, content) -> add(tar, name, entry, content, folder(step))));
                }
              });
          return names;
        });
  }

  /** An entry of a tar says first how long it is, which a zip may say last. */
  private static void add(
      TarArchiveOutputStream tar, String name, ArchiveEntry entry, InputStream content, Path folder)
      throws IOException {
    Path part = Files.createTempFile(folder, "entry", ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        content.transferTo(out);
      }
      var file = new TarArchiveEntry(name);
      file.setSize(Files.size(part));
      file.setModTime(entry.getLastModifiedDate());
      if (entry instanceof TarArchiveEntry original) {
        file.setMode(original.getMode());
      }
      tar.putArchiveEntry(file);
      Files.copy(part, tar);
      tar.closeArchiveEntry();
    } finally {
      Files.delete(part);
    }
  }

  private Map<String, String> texts(StepContext step, Agent agent)
      throws IOException, InterruptedException, Agent.ResultUnknown {
    return with(
        step,
        agent,
        file -> {
          var texts = new LinkedHashMap<String, String>();
          read(
              step,
              file,
              (name, _, content) -> {
                byte[] bytes = content.readNBytes(MOST_TEXT + 1);
                if (bytes.length > MOST_TEXT) {
                  throw new StepFailed(name + " has more than " + MOST_TEXT + " bytes");
                }
                texts.put(name, new String(bytes, StandardCharsets.UTF_8));
              });
          return texts;
        });
  }

  private boolean isWhole(StepContext step, Agent agent)
      throws IOException, InterruptedException, Agent.ResultUnknown {
    return with(
        step,
        agent,
        file -> {
          try {
            return !read(step, file, (_, _, in) -> in.transferTo(OutputStream.nullOutputStream()))
                .isEmpty();
          } catch (IOException _) {
            return false;
          }
        });
  }

  private List<String> read(StepContext step, Path file, Packages.Taker taker) throws IOException {
    String glob = step.filledText("glob").orElse("**");
    var selection = new FileSelection(List.of(glob.split("\\s*,\\s*")), List.of());
    return Packages.read(form, file, charset(step), selection, taker);
  }

  private static Charset charset(StepContext step) {
    String name = step.filledText("charset").orElse("UTF-8");
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException _) {
      throw new StepFailed("unzip: charset: " + name + " (expected: such as UTF-8)");
    }
  }

  /** Something done with the package, which is here meanwhile. */
  @FunctionalInterface
  private interface Use<T> {
    T of(Path file) throws IOException, InterruptedException, Agent.ResultUnknown;
  }

  private <T> T with(StepContext step, Agent agent, Use<T> use)
      throws IOException, InterruptedException, Agent.ResultUnknown {
    String name = step.path(step.text(form.parameter()));
    Path path = Path.of(name);
    boolean elsewhere = path.isAbsolute();
    Path here = Files.createTempFile(folder(step), "package", ".part");
    try {
      var found = new AtomicBoolean();
      agent.collect(
          step.number(),
          elsewhere ? String.valueOf(path.getParent()) : "",
          List.of(elsewhere ? String.valueOf(path.getFileName()) : name),
          List.of(),
          files -> found.set(Packages.save(files, here)));
      if (!found.get()) {
        throw new StepFailed(step.workplace().absolute(name) + " does not exist.");
      }
      return use.of(here);
    } finally {
      Files.deleteIfExists(here);
    }
  }

  private static Path folder(StepContext step) {
    return step.build().stores().folder(step.build().id());
  }

  /** Both of them. */
  static List<Step> all() {
    return List.of(new UnpackStep(Packages.Form.ZIP), new UnpackStep(Packages.Form.TAR));
  }
}
