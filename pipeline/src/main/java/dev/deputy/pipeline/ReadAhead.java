package dev.deputy.pipeline;

import groovyjarjarantlr4.v4.runtime.BailErrorStrategy;
import groovyjarjarantlr4.v4.runtime.CharStreams;
import groovyjarjarantlr4.v4.runtime.CommonTokenStream;
import groovyjarjarantlr4.v4.runtime.RecognitionException;
import groovyjarjarantlr4.v4.runtime.Token;
import groovyjarjarantlr4.v4.runtime.TokenSource;
import groovyjarjarantlr4.v4.runtime.atn.PredictionMode;
import groovyjarjarantlr4.v4.runtime.misc.ParseCancellationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.groovy.parser.antlr4.GroovyLangLexer;
import org.apache.groovy.parser.antlr4.GroovyLangParser;
import org.apache.groovy.parser.antlr4.GroovySyntaxError;

/**
 * How far Groovy's grammar could follow a text that is not Groovy. The parser reports where it gave
 * a choice up, often the first brace of the file. It looks ahead before it chooses, token by token,
 * until no choice is left that fits: the last token it looked at is the one that is wrong. So this
 * is one more parse, whatever the file's shape, and it builds no tree of Groovy's.
 */
final class ReadAhead {
  /** A small multiple of what a file of the allowed size takes; beyond it, there is no answer. */
  private static final long MAX_LOOKS = 20_000_000;

  /**
   * Far less than a file may take; where looking takes longer, the parser's own place has to do.
   */
  private static final long MAX_NANOSECONDS = 3_000_000_000L;

  /** By how much the token that the parser names may lie before the last it looked at. */
  private static final int SLACK = 2;

  private ReadAhead() {}

  /** Empty where the grammar alone finds nothing wrong, or no token at all. */
  static Optional<SyntaxTokens> stuckIn(String text) {
    try {
      GroovyLangLexer lexer = new GroovyLangLexer(CharStreams.fromString(text));
      lexer.removeErrorListeners();
      Watched tokens = new Watched(lexer);
      return parse(tokens).map(index -> tokens.upTo(index));
    } catch (GroovySyntaxError | TooManyLooks _) {
      return Optional.empty();
    }
  }

  /** The index of the token that is wrong. */
  private static Optional<Integer> parse(Watched tokens) {
    GroovyLangParser parser = new GroovyLangParser(tokens);
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    parser.getInterpreter().setPredictionMode(PredictionMode.LL);
    try {
      parser.compilationUnit();
      return Optional.empty();
    } catch (ParseCancellationException stuck) {
      int farthest = tokens.farthest;
      if (stuck.getCause() instanceof RecognitionException cause
          && cause.getOffendingToken() != null) {
        Token named = cause.getOffendingToken();
        boolean precise = farthest - named.getTokenIndex() <= SLACK && !opens(named.getText());
        return Optional.of(
            precise ? named.getTokenIndex() : Math.max(farthest, named.getTokenIndex()));
      }
      return Optional.of(farthest);
    }
  }

  private static boolean opens(String text) {
    return text.endsWith("{") || text.endsWith("(") || text.endsWith("[") || text.endsWith("$");
  }

  /** Remembers how far it was looked at. */
  private static final class Watched extends CommonTokenStream {
    private int farthest;
    private long looks;
    private final long start = System.nanoTime();

    Watched(TokenSource source) {
      super(source);
    }

    @Override
    public int LA(int offset) {
      boolean late = looks % 1024 == 0 && System.nanoTime() - start > MAX_NANOSECONDS;
      if (++looks > MAX_LOOKS || late) {
        throw new TooManyLooks();
      }
      int type = super.LA(offset);
      if (offset > 0) {
        farthest = Math.max(farthest, LT(offset).getTokenIndex());
      }
      return type;
    }

    SyntaxTokens upTo(int index) {
      List<SyntaxTokens.Word> words = new ArrayList<>();
      for (int i = 0; i <= index; i++) {
        Token token = get(i);
        String text = token.getType() == Token.EOF ? "" : token.getText();
        words.add(new SyntaxTokens.Word(text, token.getLine(), token.getCharPositionInLine() + 1));
      }
      return SyntaxTokens.of(words);
    }
  }

  @SuppressWarnings("serial")
  private static final class TooManyLooks extends RuntimeException {
    TooManyLooks() {
      super("looking ahead takes too long", null, false, false);
    }
  }
}
