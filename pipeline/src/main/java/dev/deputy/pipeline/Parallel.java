package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs branches beside each other, each on a virtual thread of its own. They start in their order,
 * and only one has the baton at a time.
 */
final class Parallel {
  /** One branch. */
  record Arm(String name, StepCalls.Block block) {}

  private static final int MAX_BRANCHES = 2_000;

  private final Interpreter run;
  private int alive;

  Parallel(Interpreter run) {
    this.run = run;
  }

  /** {@code parallel(name: { … }, failFast: true)}. */
  @Nullable Object call(Map<?, ?> branches, Position at, Context context) {
    List<Arm> arms = new ArrayList<>();
    boolean failFast = false;
    for (Map.Entry<?, ?> branch : branches.entrySet()) {
      String name = run.values().text(branch.getKey());
      if (branch.getValue() instanceof ClosureValue closure) {
        arms.add(new Arm(name, inner -> run.invocations().callClosure(closure, List.of(), inner)));
      } else if (name.equals("failFast")) {
        failFast = Values.truth(branch.getValue());
      } else {
        throw ScriptError.of(
            Type.ILLEGAL_ARGUMENT,
            "branch '%s' of parallel is a %s, not a block { … }"
                .formatted(name, Values.typeName(branch.getValue())));
      }
    }
    return run(arms, failFast, at, context);
  }

  /** The values of the branches by name. */
  @Nullable Object run(List<Arm> arms, boolean failFast, Position at, Context context) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("branches", arms.stream().map(Arm::name).toList());
    arguments.put("failFast", failFast);
    return run.stepCalls()
        .run(
            "parallel", arguments, inner -> new Fork(arms, failFast, at, inner).run(), at, context);
  }

  /** One use of {@code parallel}; its state is touched by whoever has the baton. */
  private final class Fork {
    private final List<Arm> arms;
    private final boolean failFast;
    private final Position at;
    private final Context context;
    private final List<BranchLine> lines;
    private final Map<String, @Nullable Object> results = new LinkedHashMap<>();
    private final List<Throwable> failures = new ArrayList<>();
    private int running;
    private Baton.@Nullable Turn afterwards;

    Fork(List<Arm> arms, boolean failFast, Position at, Context context) {
      this.arms = arms;
      this.failFast = failFast;
      this.at = at;
      this.context = context;
      this.lines = arms.stream().map(arm -> context.branch().child(arm.name())).toList();
      this.running = arms.size();
      arms.forEach(arm -> results.put(arm.name(), null));
    }

    Map<String, @Nullable Object> run() {
      if (arms.isEmpty()) {
        return results;
      }
      alive += arms.size();
      if (alive > MAX_BRANCHES) {
        alive -= arms.size();
        throw new BudgetExceeded(
            "the pipeline ran more than " + MAX_BRANCHES + " parallel branches");
      }
      BranchLine parent = context.branch();
      parent.forked(lines);
      List<Thread> threads = start(parent.baton());
      parent.baton().pass();
      threads.forEach(this::join);
      parent.baton().take(Objects.requireNonNull(afterwards));
      parent.joined();
      alive -= arms.size();
      if (!failures.isEmpty()) {
        rethrow();
      }
      return results;
    }

    private List<Thread> start(Baton baton) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < arms.size(); i++) {
        Arm arm = arms.get(i);
        BranchLine line = lines.get(i);
        Baton.Turn turn = baton.lineUp();
        threads.add(
            Thread.ofVirtual()
                .name("branch " + line.name())
                .unstarted(() -> runArm(arm, line, turn)));
      }
      threads.forEach(Thread::start);
      return threads;
    }

    private void runArm(Arm arm, BranchLine line, Baton.Turn turn) {
      line.baton().take(turn);
      try {
        Context own = context.on(line, context.scope());
        Map<String, Object> arguments = Map.of("name", arm.name());
        results.put(
            arm.name(), run.stepCalls().run("parallelBranch", arguments, arm.block(), at, own));
      } catch (RuntimeException | Error failure) {
        failed(arm, line, failure);
      } finally {
        if (--running == 0) {
          afterwards = line.baton().lineUp();
        }
        line.baton().pass();
      }
    }

    private void failed(Arm arm, BranchLine line, Throwable failure) {
      failures.add(failure);
      if (failure instanceof PipelineException) {
        run.host().say(context.scope(), line, "Failed in branch " + arm.name());
      }
      if (failFast || !(failure instanceof PipelineException)) {
        var cause =
            new PipelineException.Interrupted(
                BuildResult.ABORTED, new InterruptionCause.FailedBranch(arm.name()));
        lines.stream().filter(other -> other != line).forEach(other -> other.interrupt(cause));
      }
    }

    private void join(Thread thread) {
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException _) {
          interrupted = true;
          context
              .branch()
              .interrupt(
                  new PipelineException.Interrupted(
                      BuildResult.ABORTED, new InterruptionCause.Other("Interrupted")));
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    /** A fault first, then a denial, then whatever failed first. */
    private void rethrow() {
      Throwable worst = failures.getFirst();
      for (Throwable failure : failures) {
        worst = rank(failure) > rank(worst) ? failure : worst;
      }
      switch (worst) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        default -> throw new IllegalStateException(worst);
      }
    }

    private static int rank(Throwable failure) {
      return switch (failure) {
        case PipelineException.Denied _ -> 2;
        case PipelineException _ -> 0;
        case Unstoppable _ -> 1;
        default -> 3;
      };
    }
  }
}
