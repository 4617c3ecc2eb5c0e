package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code lock}: has a block wait until resources are free, and keeps them from others meanwhile. A
 * label is a resource of that name: there is no list of resources that labels choose from.
 */
final class LockStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.block("lock")
        .optionalValue("resource", Kind.STRING)
        .optional(Kind.STRING, "label", "variable", "resourceSelectStrategy", "reason")
        .optional(Kind.INTEGER, "quantity", "priority")
        .optional(Kind.BOOLEAN, "inversePrecedence", "skipIfLocked")
        .optional(Kind.LIST, "extra")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public Set<String> names() {
    return Set.of("resource", "label", "variable");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    Set<String> resources = resources(step);
    String shown =
        "[" + String.join(", ", resources.stream().map(r -> "Resource: " + r).toList()) + "]";
    step.say("Trying to acquire lock on " + shown);
    try (var hold = new Hold(step.build(), resources)) {
      Stored<Boolean> had = Stored.of(_ -> hold.has(), hold::restored);
      boolean free = step.await(had, hold::tryTake);
      if (!free) {
        String other = step.note(Stored.text(), hold::other);
        if (step.flag("skipIfLocked", false)) {
          step.say(shown + " is locked by " + other + ", skipping execution...");
          return null;
        }
        step.say(shown + " is locked by " + other + ", waiting...");
        boolean newestFirst = step.flag("inversePrecedence", false);
        step.await(had, () -> hold.take(newestFirst));
      }
      step.say("Lock acquired on " + shown);
      try {
        return step.body(step.block().with(variables(step, resources)));
      } finally {
        hold.release();
        step.say("Lock released on resource " + shown);
      }
    }
  }

  /** Resources of one use of the step, from when they are held until it is closed. */
  private static final class Hold implements AutoCloseable {
    private final Locks locks;
    private final String holder;
    private final Set<String> resources;
    private volatile Locks.@Nullable Held held;

    Hold(RunningBuild build, Set<String> resources) {
      this.locks = build.locks();
      this.holder = build.id().toString();
      this.resources = resources;
    }

    boolean has() {
      return held != null;
    }

    boolean tryTake() throws InterruptedException {
      held = locks.tryAcquire(resources, holder).orElse(null);
      return has();
    }

    boolean take(boolean newestFirst) throws InterruptedException {
      held = locks.acquire(resources, holder, newestFirst);
      return true;
    }

    /** A repeated run has them again, if it had them. */
    boolean restored(@Nullable Object had) {
      if (Boolean.TRUE.equals(had)) {
        held = locks.restore(resources, holder);
      }
      return has();
    }

    String other() {
      return locks.holder(resources).orElse("a build that waits already");
    }

    @Override
    public void close() {
      release();
    }

    void release() {
      Locks.Held given = held;
      held = null;
      if (given != null) {
        given.close();
      }
    }
  }

  private static Set<String> resources(StepContext step) {
    Set<String> resources = new TreeSet<>();
    step.filledText("resource").ifPresent(resources::add);
    step.filledText("label").ifPresent(resources::add);
    for (Object extra : step.list("extra")) {
      if (extra instanceof Map<?, ?> map) {
        Object name = map.get("resource") == null ? map.get("label") : map.get("resource");
        if (name != null) {
          resources.add(name.toString());
        }
      }
    }
    if (resources.isEmpty()) {
      throw new StepFailed("lock: expected a resource or a label");
    }
    return resources;
  }

  /** As in Jenkins: all names, and each by its number. */
  private static List<Block.Variable> variables(StepContext step, Set<String> resources) {
    List<Block.Variable> variables = new ArrayList<>();
    step.filledText("variable")
        .ifPresent(name -> {
          variables.add(new Block.Variable(name, String.join(",", resources)));
          int number = 0;
          for (String resource : resources) {
            variables.add(new Block.Variable(name + number++, resource));
          }
        });
    return variables;
  }
}
