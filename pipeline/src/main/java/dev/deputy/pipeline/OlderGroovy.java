package dev.deputy.pipeline;

import groovyjarjarantlr4.v4.runtime.CharStreams;
import groovyjarjarantlr4.v4.runtime.RecognitionException;
import groovyjarjarantlr4.v4.runtime.Token;
import java.util.Optional;
import org.apache.groovy.parser.antlr4.GroovyLangLexer;
import org.apache.groovy.parser.antlr4.GroovyLexer;
import org.apache.groovy.parser.antlr4.GroovySyntaxError;

/** What the Groovy that Jenkins runs reads in another way than the parser here. */
final class OlderGroovy {
  private OlderGroovy() {}

  /**
   * The source with a blank in each {@code ?[}, which Groovy 2.4 takes for a condition and a list,
   * and the parser for an index that may be of null. Empty where there is none.
   */
  static Optional<Source> withoutSafeIndex(Source source) {
    String text = source.text();
    if (!text.contains("?[")) {
      return Optional.empty();
    }
    StringBuilder apart = new StringBuilder();
    int from = 0;
    try {
      GroovyLangLexer lexer = new GroovyLangLexer(CharStreams.fromString(text));
      lexer.removeErrorListeners();
      for (Token token : lexer.getAllTokens()) {
        if (token.getType() == GroovyLexer.SAFE_INDEX) {
          int behind = text.offsetByCodePoints(0, token.getStartIndex()) + 1;
          apart.append(text, from, behind).append(' ');
          from = behind;
        }
      }
    } catch (GroovySyntaxError | RecognitionException _) {
      return Optional.empty();
    }
    return from == 0
        ? Optional.empty()
        : Optional.of(Source.of(source.file(), apart.append(text.substring(from)).toString()));
  }
}
