package dev.deputy.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells code that needs an agent from code that does not, so that an agent is not asked for before
 * a {@code when} that can be answered without one.
 */
final class AgentUse {
  /** Variables that come with an agent or with its checkout. */
  private static final Pattern FROM_AGENT =
      Pattern.compile(
          "(GIT|SVN|AWS|NODE|WORKSPACE|EXECUTOR)(_\\w+)?|DEPLOY_ROLE|HOME|PATH|PWD|HOSTNAME|USER");

  private final Steps steps;
  private final Script script;
  private final KnownNames names;

  AgentUse(Steps steps, Script script, KnownNames names) {
    this.steps = steps;
    this.script = script;
    this.names = names;
  }

  /**
   * Whether running this may need an agent; methods of the file that it calls are looked at too.
   */
  boolean mayNeedAgent(Node code) {
    Deque<Node> open = new ArrayDeque<>(List.of(code));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      for (Node node : Tree.all(open.pop())) {
        if (needsAgent(node)) {
          return true;
        }
        if (node instanceof Expression.Call call
            && call.target() == null
            && seen.add(call.name())) {
          script
              .methods()
              .getOrDefault(call.name(), List.of())
              .forEach(method -> open.push(method.body()));
        }
      }
    }
    return false;
  }

  private boolean needsAgent(Node node) {
    return switch (node) {
      case Expression.Call call when call.target() == null ->
          names.isVariable(call.name())
              || steps.find(call.name()).filter(StepSignature::needsAgent).isPresent();
      case Expression.Name name -> isFromAgent(name.name());
      case Expression.Constant(Position _, String text) -> isFromAgent(text);
      default -> false;
    };
  }

  private static boolean isFromAgent(String name) {
    return FROM_AGENT.matcher(name).matches();
  }
}
