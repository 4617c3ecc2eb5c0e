package dev.deputy.builds;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code fingerprint}: keeps the SHA-256 of files of the current directory in the journal, without
 * the files.
 */
final class FingerprintStep implements Step {
  /** Names come in by a file: there may be more than arguments can hold. */
  private static final String DIGEST =
      """
      while IFS= read -r name; do
        sha256sum < "./$name" || exit
      done < "$DEPUTY_LIST"
      rm -f -- "$DEPUTY_LIST"
      """;

  @Override
  public StepSignature signature() {
    return Signatures.step("fingerprint")
        .value("targets", Kind.STRING)
        .optional(Kind.STRING, "excludes")
        .optional(Kind.BOOLEAN, "caseSensitive", "defaultExcludes")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("targets", "excludes");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    step.say("Recording fingerprints");
    FilePatterns patterns =
        FilePatterns.of(
            step.text("targets"), step.filledText("excludes"), step.flag("defaultExcludes", true));
    List<String> files =
        new FileListing(step, 0)
            .matching(patterns).stream()
                .filter(file -> !file.directory())
                .map(FileListing.Found::path)
                .toList();
    step.record("fingerprints", files.isEmpty() ? Map.of() : digests(step, files));
    return null;
  }

  private static Map<String, String> digests(StepContext step, List<String> files) {
    String list = Temporary.of(step) + "/fingerprint-" + step.number();
    byte[] names = (String.join("\n", files) + "\n").getBytes(UTF_8);
    step.doOnAgent(agent -> agent.writeFile(step.number(), list, names));
    Agent.Result result = new AgentScript(DIGEST, Map.of("DEPUTY_LIST", list), 1).run(step);
    List<String> digests = result.stdout().lines().map(line -> line.split(" ", 2)[0]).toList();
    if (result.status() != 0 || digests.size() != files.size()) {
      throw new StepFailed("fingerprint: a file could not be read");
    }
    Map<String, String> byPath = new TreeMap<>();
    for (int i = 0; i < files.size(); i++) {
      byPath.put(files.get(i), digests.get(i));
    }
    return byPath;
  }
}
