package dev.deputy.pipeline;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** {@code binding}: the variables of a script that are set without a declaration. */
record BindingValue(ScriptValue script) {
  static MethodTable<BindingValue> table() {
    return new MethodTable<BindingValue>("Binding")
        .add("hasVariable", 1, (b, a) -> b.has(a.text(0)))
        .add("getVariable", 1, (b, a) -> b.variable(a.text(0), a.run()))
        .add("setVariable", 2, (b, a) -> b.set(a.text(0), a.get(1), a.run()))
        .add(
            "getVariables",
            0,
            (b, a) -> new LinkedHashMap<@Nullable Object, @Nullable Object>(b.script.variables()));
  }

  private boolean has(String name) {
    return name.equals("steps") || script.variables().containsKey(name);
  }

  @Nullable Object variable(String name, Interpreter run) {
    if (!has(name)) {
      throw ScriptError.of(
          Type.MISSING_PROPERTY,
          "No such property: " + name + " for class: " + ClassNames.of(this));
    }
    return run.names().ofScript(name, script, run.current());
  }

  @Nullable Object set(String name, @Nullable Object value, Interpreter run) {
    run.members().setVariable(script, name, value);
    return null;
  }
}
