package dev.deputy.cli;

import dev.deputy.aws.WantedStack;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints stacks in the order of their deployment. */
record StackListing(PrintStream out, List<WantedStack> stacks) {
  /**
   * For people.
   *
   * @param templates whether the templates follow, each once
   */
  void text(boolean templates) {
    Map<String, String> bodies = new LinkedHashMap<>();
    int order = 0;
    for (WantedStack stack : stacks) {
      order++;
      out.printf("%2d  %s  %s%n", order, stack.name(), place(stack));
      out.println("    template: " + stack.template());
      stack.parameters().forEach((name, value) -> out.println("    " + name + ": " + value));
      bodies.put(stack.template(), stack.body());
    }
    if (templates) {
      bodies.forEach((name, body) -> {
        out.println();
        out.println("--- # " + name);
        out.print(body.endsWith("\n") ? body : body + "\n");
      });
    }
    out.flush();
  }

  /** For machines: a line for each stack. */
  void json(boolean templates) {
    int order = 0;
    for (WantedStack stack : stacks) {
      order++;
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("type", "stack");
      line.put("order", order);
      line.putAll(described(stack));
      line.put("parameters", stack.parameters());
      if (templates) {
        line.put("templateBody", stack.body());
      }
      JsonView.print(out, line);
    }
  }

  static String place(WantedStack stack) {
    return "in %s (%s, %s)".formatted(stack.account().name(), stack.account().id(), stack.region());
  }

  /** What tells the stack from others. */
  static Map<String, Object> described(WantedStack stack) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("stack", stack.name());
    described.put("account", stack.account().name().value());
    described.put("accountId", stack.account().id());
    described.put("region", stack.region());
    described.put("template", stack.template());
    return described;
  }
}
