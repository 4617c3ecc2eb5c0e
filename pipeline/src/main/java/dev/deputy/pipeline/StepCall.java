package dev.deputy.pipeline;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One use of one step.
 *
 * @param name the step's name, known to the catalogue
 * @param arguments by parameter name; a lone positional argument is under the step's default
 *     parameter. Values are null, Boolean, Integer, Long, BigDecimal, String, List and Map of
 *     these; GStrings are already strings.
 * @param body the block, for steps that take one
 * @param scope the block this call stands in
 * @param position where it stands in the file
 * @param branch the branch that runs it
 */
public record StepCall(
    String name,
    Map<String, @Nullable Object> arguments,
    @Nullable Body body,
    Scope scope,
    Position position,
    Branch branch) {

  /** The block of a step. */
  @FunctionalInterface
  public interface Body {
    /**
     * Runs the block once, in the given scope, on the calling thread; may be called again ({@code
     * retry}).
     */
    @Nullable Object run(Scope scope);
  }
}
