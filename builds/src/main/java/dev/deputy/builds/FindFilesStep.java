package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code findFiles}: files by a pattern, or what lies in the current folder. Each is a map with
 * {@code name}, {@code path}, {@code directory}, {@code length} and {@code lastModified}.
 */
final class FindFilesStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("findFiles").optional(Kind.STRING, "glob", "excludes").onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public Set<String> names() {
    return Set.of("glob", "excludes");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    var listing = new FileListing(step, 0);
    List<FileListing.Found> found =
        step.filledText("glob")
            .map(glob ->
                listing.matching(FilePatterns.of(glob, step.filledText("excludes"), true)).stream()
                    .filter(file -> !file.directory())
                    .toList())
            .orElseGet(listing::children);
    return found.stream().map(FileListing.Found::value).toList();
  }
}
