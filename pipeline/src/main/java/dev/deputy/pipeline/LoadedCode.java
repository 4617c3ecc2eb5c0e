package dev.deputy.pipeline;

import java.util.Map;

/**
 * Source text that a step brings into a run. A step that loads code returns one of these; the
 * interpreter parses it with the limits of a Jenkinsfile, and pipeline code gets what the code is
 * worth, never this. Plain data: a journal can keep it, and a replay that gives the same text runs
 * the same program.
 *
 * <p>Text that does not parse fails the step, catchably, with the first problem and its place.
 */
public sealed interface LoadedCode {
  /**
   * What {@code load} returns: a file that is run at once, with the variables of the file that
   * loads it. The step's value is what the file returns, usually its script object ({@code return
   * this}).
   *
   * @param file its name, for positions
   */
  record Script(String file, String text) implements LoadedCode {}

  /**
   * What {@code library} returns: from now on each of {@code vars} is a variable (its script
   * object, made at its first use, one for the run; {@code name(…)} calls its {@code call}), and
   * the classes of {@code sources} can be named. Nothing is parsed before it is used. What was
   * there by the same name stays. The step's value has the packages as properties: {@code
   * library('x').org.acme.Tool.new()}.
   *
   * @param name the library's, for positions and for {@code library.x.version}
   * @param vars by variable name (file name without {@code .groovy}): the text of {@code vars/}
   * @param sources by class name ({@code org.acme.Tool}: its path below {@code src/} without {@code
   *     .groovy} and with dots): the text
   */
  record Library(String name, Map<String, String> vars, Map<String, String> sources)
      implements LoadedCode {
    public Library {
      vars = Map.copyOf(vars);
      sources = Map.copyOf(sources);
    }
  }
}
