package dev.deputy.iam;

import java.util.List;
import java.util.Optional;

/** One statement of a policy document, compiled. */
public final class Statement {

  /** What a statement is called and what it does. */
  record StatementHead(Optional<String> sid, int line, Effect effect) {}

  private final Optional<String> sid;
  private final int line;
  private final Effect effect;
  private final Optional<PrincipalElement> principal;
  private final ActionElement action;
  private final Optional<ResourceElement> resource;
  private final List<Condition> conditions;

  Statement(
      StatementHead head,
      Optional<PrincipalElement> principal,
      ActionElement action,
      Optional<ResourceElement> resource,
      List<Condition> conditions) {
    this.sid = head.sid();
    this.line = head.line();
    this.effect = head.effect();
    this.principal = principal;
    this.action = action;
    this.resource = resource;
    this.conditions = List.copyOf(conditions);
  }

  /** The statement's {@code Sid}, if it has one that is not empty. */
  public Optional<String> sid() {
    return sid;
  }

  /** The line of the document on which the statement starts, counted from 1. */
  public int line() {
    return line;
  }

  /** Whether the statement allows or denies. */
  public Effect effect() {
    return effect;
  }

  /** The statement in words: {@code statement "Sid" (line 3)}. */
  public String describe() {
    return "statement " + sid.map(id -> "\"" + id + "\" ").orElse("") + "(line " + line + ")";
  }

  /** How directly the statement speaks of this request; {@link Grant#NONE} if not at all. */
  Grant grant(Request request) {
    Grant grant = target(request);
    if (grant != Grant.NONE) {
      for (Condition condition : conditions) {
        if (!condition.matches(request, effect)) {
          return Grant.NONE;
        }
      }
    }
    return grant;
  }

  /** If only the conditions keep the statement from matching, the first that does, in words. */
  Optional<String> unmetCondition(Request request) {
    return target(request) == Grant.NONE
        ? Optional.empty()
        : conditions.stream()
            .filter(condition -> !condition.matches(request, effect))
            .findFirst()
            .map(condition -> condition.explainUnmet(request));
  }

  private Grant target(Request request) {
    if (!action.matches(request) || (resource.isPresent() && !resource.get().matches(request))) {
      return Grant.NONE;
    }
    return principal.isPresent() ? principal.get().grant(request.principal()) : Grant.DIRECT;
  }
}
