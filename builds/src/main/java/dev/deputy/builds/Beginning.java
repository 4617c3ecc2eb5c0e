package dev.deputy.builds;

import dev.deputy.core.BuildRecord;
import dev.deputy.core.Source;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.Jenkinsfiles;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run finds when it begins, and finds again when it is repeated.
 *
 * @param interpreter the version that runs it, to its end
 * @param seed of its random numbers
 * @param previous the result of the job's build before this one
 * @param earlier numbers of builds of the same job and branch that had ended, newest first
 * @param source where the source came from, in words
 * @param url where it could be fetched from
 */
record Beginning(
    int interpreter,
    long seed,
    Optional<BuildResult> previous,
    List<Integer> earlier,
    String source,
    Optional<String> url) {
  static final Stored<Beginning> STORED = Stored.of(Beginning::fields, Beginning::read);

  private static final SecureRandom SEEDS = new SecureRandom();

  static Beginning of(BuildRunner runner, BuildRecord build, Source source) {
    return new Beginning(
        Jenkinsfiles.INTERPRETER,
        SEEDS.nextLong(),
        Optional.ofNullable(runner.previousResult(build.id())),
        runner.earlier(build).stream().map(other -> other.id().number()).toList(),
        source.describe(),
        source.url());
  }

  /**
   * @throws Diverged when another version began the run: it might run it differently
   */
  void requireThisInterpreter() {
    if (interpreter != Jenkinsfiles.INTERPRETER) {
      throw new Diverged(
          "version %d of the interpreter began it, and this Deputy has version %d"
              .formatted(interpreter, Jenkinsfiles.INTERPRETER));
    }
  }

  private static Map<String, Object> fields(Beginning beginning) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("interpreter", beginning.interpreter());
    fields.put("seed", Long.toString(beginning.seed()));
    beginning.previous().ifPresent(result -> fields.put("previous", result.name()));
    fields.put("earlier", beginning.earlier());
    fields.put("source", beginning.source());
    beginning.url().ifPresent(url -> fields.put("url", url));
    return fields;
  }

  private static Beginning read(@Nullable Object stored) {
    Stored.Fields fields = Stored.Fields.of(stored);
    return new Beginning(
        fields.number("interpreter"),
        Long.parseLong(fields.text("seed")),
        fields.optionalText("previous").map(BuildResult::valueOf),
        fields.texts("earlier").stream().map(Integer::valueOf).toList(),
        fields.text("source"),
        fields.optionalText("url"));
  }
}
