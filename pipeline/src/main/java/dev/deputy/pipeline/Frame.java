package dev.deputy.pipeline;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The local variables of one block, inside those of the blocks around it. */
final class Frame {
  private final Context context;
  private final @Nullable Frame outer;
  private final Self self;
  private final @Nullable ClosureValue closure;
  private @Nullable Map<String, @Nullable Object> variables;

  private Frame(Context context, @Nullable Frame outer, Self self, @Nullable ClosureValue closure) {
    this.context = context;
    this.outer = outer;
    this.self = self;
    this.closure = closure;
  }

  /** For a file or a method: nothing around it. */
  static Frame outermost(Context context, Self self) {
    return new Frame(context, null, self, null);
  }

  /** For a block inside this one. */
  Frame inner() {
    return new Frame(context, this, self, closure);
  }

  /** For a block inside this one, in a context of its own. */
  Frame inner(Context own) {
    return new Frame(own, this, self, closure);
  }

  /** For a call of a closure that was made in this frame. */
  Frame call(ClosureValue called, Context caller) {
    return new Frame(caller, this, self, called);
  }

  Context context() {
    return context;
  }

  /** What the code belongs to. */
  Self self() {
    return self;
  }

  /** The innermost closure that is running here. */
  @Nullable ClosureValue closure() {
    return closure;
  }

  void declare(String name, @Nullable Object value) {
    if (variables == null) {
      variables = new HashMap<>();
    }
    variables.put(name, value);
  }

  /** Whether {@code name} is a local variable here. */
  boolean knows(String name) {
    return holder(name) != null;
  }

  @Nullable Object value(String name) {
    Map<String, @Nullable Object> holder = holder(name);
    return holder == null ? null : holder.get(name);
  }

  /** Sets a local variable that is known here. */
  void assign(String name, @Nullable Object value) {
    Map<String, @Nullable Object> holder = holder(name);
    if (holder != null) {
      holder.put(name, value);
    }
  }

  private @Nullable Map<String, @Nullable Object> holder(String name) {
    for (Frame frame = this; frame != null; frame = frame.outer) {
      if (frame.variables != null && frame.variables.containsKey(name)) {
        return frame.variables;
      }
    }
    return null;
  }
}
