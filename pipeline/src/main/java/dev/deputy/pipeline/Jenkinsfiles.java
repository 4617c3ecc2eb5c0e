package dev.deputy.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Turns the text of a Jenkinsfile into something that can run, or into what is wrong with it. */
public final class Jenkinsfiles {
  /** Groovy's parser recurses; the file's allowed depth has to fit into this stack. */
  private static final long STACK = 64L << 20;

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
    if (source.length() > limits.characters()) {
      return refused(
          Source.of(file, ""), "the file is longer than " + limits.characters() + " characters");
    }
    Source text = Source.of(file, source);
    BracketScan brackets = BracketScan.of(text.text(), limits.depth());
    if (brackets.tooDeep().isPresent()) {
      BracketScan.Opened deep = brackets.tooDeep().get();
      Position at = text.at(deep.line(), deep.column());
      return new ParsedJenkinsfile.Invalid(List.of(tooDeep(text, at, limits)));
    }
    AtomicReference<@Nullable ParsedJenkinsfile> result = new AtomicReference<>();
    Thread parser =
        Thread.ofPlatform()
            .name("parse " + file)
            .daemon()
            .stackSize(STACK)
            .start(() -> result.set(parse(text, new Steps(steps), limits)));
    try {
      parser.join(limits.time());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return refused(text, "parsing was interrupted");
    }
    ParsedJenkinsfile parsed = result.get();
    return parsed != null
        ? parsed
        : refused(text, "parsing took longer than " + limits.time().toSeconds() + " seconds");
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

  private static ParsedJenkinsfile refused(Source source, String message) {
    return new ParsedJenkinsfile.Invalid(
        List.of(source.problem(source.at(1, 1), message, "split the pipeline up")));
  }

  private static Problem tooDeep(Source source, Position at, ParseLimits limits) {
    return source.problem(
        at,
        "this is nested more than " + limits.depth() + " levels deep",
        "move parts of it into methods");
  }

  private static ParsedJenkinsfile parse(Source source, Steps steps, ParseLimits limits) {
    Findings findings = new Findings(source);
    try {
      return parse(source, steps, limits, findings);
    } catch (Translation.TooDeep deep) {
      return new ParsedJenkinsfile.Invalid(List.of(tooDeep(source, deep.at(), limits)));
    } catch (StackOverflowError _) {
      return new ParsedJenkinsfile.Invalid(List.of(tooDeep(source, source.at(1, 1), limits)));
    }
  }

  private static ParsedJenkinsfile parse(
      Source source, Steps steps, ParseLimits limits, Findings findings) {
    Optional<Script> script =
        GroovySyntax.parse(source, findings)
            .map(module ->
                ScriptTranslator.translate(
                    module, new Translation(source, findings, limits.depth())));
    Optional<CheckedPipeline> pipeline =
        script.map(whole -> new PipelineReader(findings, steps, whole).read());
    return findings.errors().isEmpty() && pipeline.isPresent()
        ? new ParsedJenkinsfile.Valid(pipeline.get(), findings.warnings())
        : new ParsedJenkinsfile.Invalid(findings.errors(), findings.warnings());
  }
}
