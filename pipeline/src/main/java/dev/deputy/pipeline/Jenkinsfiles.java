package dev.deputy.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Turns the text of a Jenkinsfile into something that can run, or into what is wrong with it. */
public final class Jenkinsfiles {
  /**
   * The version of what a file means: to be raised with every change that lets a run of the same
   * file over the same answers go another way. A build goes on with the version that began it.
   */
  public static final int INTERPRETER = 4;

  private static final String WARM_UP =
      """
      pipeline {
        agent { label 'x' }
        environment { A = "${env.B}" }
        stages {
          stage('x') { when { expression { params.C == 1 } } steps { script { def d = [a: 1] } } }
        }
      }
      """;

  private Jenkinsfiles() {}

  /** As {@link #parse(String, String, StepCatalog, ParseLimits)} with the default limits. */
  public static ParsedJenkinsfile parse(String file, String source, StepCatalog steps) {
    return parse(file, source, steps, ParseLimits.DEFAULT);
  }

  /**
   * Parses and checks a Jenkinsfile; runs nothing of it and loads no class for it. Reports all
   * problems at once. Thread-safe; takes about a second the first time in a JVM (see {@link
   * #warmUp()}), a millisecond afterwards.
   *
   * @param file its name, for positions
   * @param source its text; line ends of any kind, a byte order mark is ignored
   * @param steps the steps that exist
   */
  public static ParsedJenkinsfile parse(
      String file, String source, StepCatalog steps, ParseLimits limits) {
    return new BoundedParse<ParsedJenkinsfile>(
            limits,
            (text, findings) -> parse(text, new Steps(steps), limits, findings),
            problem -> new ParsedJenkinsfile.Invalid(List.of(problem)))
        .parse(file, source);
  }

  /**
   * Loads and exercises the parser, so that the first real file does not pay for it. Blocks for
   * about a second; meant for a background thread when the controller starts.
   */
  public static void warmUp() {
    parse(
        "warm-up",
        WARM_UP,
        new StepCatalog() {
          @Override
          public Optional<StepSignature> find(String name) {
            return Optional.empty();
          }

          @Override
          public Set<String> names() {
            return Set.of();
          }
        });
  }

  /**
   * Parses code that joined a run, within the limits of a Jenkinsfile.
   *
   * @throws ScriptError with the first problem
   */
  static Script parseLoaded(String file, String source) {
    return new BoundedParse<Supplier<Script>>(
            ParseLimits.DEFAULT,
            Jenkinsfiles::readLoaded,
            problem ->
                () -> {
                  throw ScriptError.refused(problem.format());
                })
        .parse(file, source)
        .get();
  }

  private static Supplier<Script> readLoaded(Source source, Findings findings) {
    int depth = ParseLimits.DEFAULT.depth();
    Script script =
        GroovySyntax.parse(source, findings)
            .map(parsed ->
                ScriptTranslator.translate(
                    parsed.module(), new Translation(parsed.source(), findings, depth, true)))
            .orElse(null);
    if (script != null && findings.errors().isEmpty()) {
      return () -> script;
    }
    String problem = findings.errors().getFirst().format();
    return () -> {
      throw ScriptError.refused(problem);
    };
  }

  private static ParsedJenkinsfile parse(
      Source source, Steps steps, ParseLimits limits, Findings findings) {
    Optional<Script> script =
        GroovySyntax.parse(source, findings)
            .map(parsed ->
                ScriptTranslator.translate(
                    parsed.module(), new Translation(parsed.source(), findings, limits.depth())));
    Optional<CheckedPipeline> pipeline =
        script.map(whole -> new PipelineReader(findings, steps, whole).read());
    return findings.errors().isEmpty() && pipeline.isPresent()
        ? new ParsedJenkinsfile.Valid(pipeline.get(), findings.warnings())
        : new ParsedJenkinsfile.Invalid(findings.errors(), findings.warnings());
  }
}
