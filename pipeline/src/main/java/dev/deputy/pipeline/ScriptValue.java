package dev.deputy.pipeline;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A script at work: {@code this} of a pipeline file, of a loaded file, of a library's variable. */
final class ScriptValue {
  /** What Jenkins calls the script of a pipeline. */
  static final String MAIN = "WorkflowScript";

  private final String name;
  private final Script script;
  private final Map<String, @Nullable Object> variables;
  private final Map<String, @Nullable Object> fields = new HashMap<>();

  /**
   * @param name its class in messages
   * @param variables what is set without a declaration; a loaded file shares them with its loader
   */
  ScriptValue(String name, Script script, Map<String, @Nullable Object> variables) {
    this.name = name;
    this.script = script;
    this.variables = variables;
  }

  String name() {
    return name;
  }

  Script script() {
    return script;
  }

  Map<String, @Nullable Object> variables() {
    return variables;
  }

  /** Variables with {@code @Field}. */
  Map<String, @Nullable Object> fields() {
    return fields;
  }
}
