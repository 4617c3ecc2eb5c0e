package dev.deputy.iam;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A valid policy document, compiled once and then evaluated any number of times. Immutable and safe
 * for use by several threads.
 */
public final class PolicyDocument {

  private final PolicyKind kind;
  private final String version;
  private final Optional<String> id;
  private final List<Statement> statements;

  PolicyDocument(PolicyKind kind, String version, Optional<String> id, List<Statement> statements) {
    this.kind = kind;
    this.version = version;
    this.id = id;
    this.statements = List.copyOf(statements);
  }

  /**
   * Reads an identity-based policy; see {@link #parse(String, PolicyKind)}.
   *
   * @throws PolicySyntaxException if the document is not valid
   */
  public static PolicyDocument parse(String json) {
    return parse(json, PolicyKind.IDENTITY);
  }

  /**
   * Reads a policy document. Everything that is not known is refused: elements, condition
   * operators, principal types, keys given twice. Documents are limited to 65,536 characters.
   *
   * @throws PolicySyntaxException if the document is not valid; nothing else is thrown, whatever
   *     the text
   */
  public static PolicyDocument parse(String json, PolicyKind kind) {
    return PolicyParser.parse(json, kind);
  }

  /** Where the document is attached. */
  public PolicyKind kind() {
    return kind;
  }

  /** {@code 2012-10-17} or {@code 2008-10-17}; the latter if the document names none. */
  public String version() {
    return version;
  }

  /** The document's {@code Id}, if it has one. */
  public Optional<String> id() {
    return id;
  }

  /** The statements in their order; at least one. */
  public List<Statement> statements() {
    return statements;
  }

  /** The {@code Allow} statements that fail only in a condition, in words. */
  Stream<String> nearMisses(Request request, Layer layer, String name) {
    return statements.stream()
        .filter(statement -> statement.effect() == Effect.ALLOW)
        .flatMap(statement ->
            statement.unmetCondition(request).stream()
                .map(unmet ->
                    new StatementRef(layer, name, statement).describe() + " would, but " + unmet));
  }
}
