package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A step that is one AWS operation: all of its parameters go to the agent, and what comes back is
 * its value.
 *
 * @param names parameters that only name something
 */
record AwsOperationStep(StepSignature signature, Set<String> names) implements Step {
  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    var arguments = new LinkedHashMap<String, Object>();
    for (StepSignature.Parameter parameter : signature.parameters()) {
      Object value = step.argument(parameter.name());
      if (value != null) {
        arguments.put(parameter.name(), plain(value));
      }
    }
    arguments.put("token", token(step));
    return new AwsOperation(signature.name(), arguments).run(step, step.block(), 0);
  }

  /** Without entries that are null, which mean as much as those that are not there. */
  private static Object plain(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    var plain = new LinkedHashMap<String, Object>();
    map.forEach((key, item) -> {
      if (item != null) {
        plain.put(String.valueOf(key), item);
      }
    });
    return plain;
  }

  /** Names the operation in CloudFormation's events: the build and the step. */
  private static String token(StepContext step) {
    String build = step.build().id().toString().replaceAll("[^A-Za-z0-9]+", "-");
    String tail = "-" + step.number();
    String head = "deputy-" + build;
    return head.substring(0, Math.min(head.length(), 128 - tail.length())) + tail;
  }
}
