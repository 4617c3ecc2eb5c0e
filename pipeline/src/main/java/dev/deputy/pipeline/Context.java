package dev.deputy.pipeline;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What pipeline code runs in. Dynamic: a closure runs in the context of its caller.
 *
 * @param branch the line of execution
 * @param scope the host's block
 * @param pending values of the {@code environment} block that is being evaluated, as far as they
 *     are known; absent elsewhere
 * @param outcome in {@code post}: how the stage or pipeline went, which the build's own result does
 *     not say yet
 */
record Context(
    BranchLine branch,
    Scope scope,
    @Nullable Map<String, String> pending,
    @Nullable BuildResult outcome) {
  static Context outermost(BranchLine branch, Scope scope) {
    return new Context(branch, scope, null, null);
  }

  Context in(Scope inner) {
    return new Context(branch, inner, pending, outcome);
  }

  Context on(BranchLine other, Scope inner) {
    return new Context(other, inner, pending, outcome);
  }

  Context with(Map<String, String> values) {
    return new Context(branch, scope, values, outcome);
  }

  Context after(BuildResult result) {
    return new Context(branch, scope, pending, result);
  }

  /** The environment as {@code env} shows it. */
  @Nullable String variable(String name) {
    String value = pending == null ? null : pending.get(name);
    return value != null ? value : scope.environment().get(name);
  }
}
