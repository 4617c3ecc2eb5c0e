package dev.deputy.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A branch of one run, on one thread. */
final class BranchLine implements Branch {
  /** What the stack of a virtual thread holds for certain. */
  private static final int MAX_DEPTH = 1_000;

  private final String name;
  private final Baton baton;

  /** Guards what {@link #interrupt} and {@link #await} share. */
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Thread waiting;
  private PipelineException.@Nullable Interrupted pending;
  private final List<BranchLine> children = new ArrayList<>();
  private boolean interruptsThread;

  /** How deep the interpreter is on this branch's stack; used by this branch's thread alone. */
  private int depth;

  private int calls;

  BranchLine(String name, Baton baton) {
    this.name = name;
    this.baton = baton;
  }

  @Override
  public String name() {
    return name;
  }

  BranchLine child(String branch) {
    return new BranchLine(name.isEmpty() ? branch : name + " / " + branch, baton);
  }

  Baton baton() {
    return baton;
  }

  /** Before evaluating something inside something else. */
  void enter() {
    if (++depth > MAX_DEPTH) {
      depth--;
      throw new BudgetExceeded("the pipeline's calls and expressions are nested too deeply");
    }
  }

  void leave() {
    depth--;
  }

  /** Before running the body of a closure or method. */
  void enterCall(int allowed) {
    if (++calls > allowed) {
      calls--;
      throw new BudgetExceeded("the pipeline called itself more than " + allowed + " times deep");
    }
  }

  void leaveCall() {
    calls--;
  }

  @Override
  public <T> T await(Callable<T> work) {
    throwPending();
    try {
      T value = withoutBaton(work);
      throwPending();
      return value;
    } catch (RuntimeException failure) {
      throwPending();
      throw failure;
    }
  }

  private <T> T withoutBaton(Callable<T> work) {
    waits(Thread.currentThread());
    baton.pass();
    try {
      return work.call();
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new PipelineException.Interrupted(BuildResult.ABORTED, List.of("Interrupted"));
    } catch (RuntimeException failure) {
      throw failure;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    } finally {
      baton.take(baton.lineUp());
      waits(null);
    }
  }

  /** Whether this branch has given the baton away for a while. */
  boolean isWaiting() {
    lock.lock();
    try {
      return waiting != null;
    } finally {
      lock.unlock();
    }
  }

  private void waits(@Nullable Thread thread) {
    lock.lock();
    try {
      waiting = thread;
      if (thread == null && interruptsThread) {
        interruptsThread = false;
        Thread.interrupted();
      } else if (thread != null && pending != null) {
        interruptsThread = true;
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void throwPending() {
    PipelineException.Interrupted cause;
    lock.lock();
    try {
      cause = pending;
      pending = null;
    } finally {
      lock.unlock();
    }
    if (cause != null) {
      throw cause;
    }
  }

  @Override
  public void interrupt(PipelineException.Interrupted cause) {
    List<BranchLine> below;
    lock.lock();
    try {
      below = List.copyOf(children);
      if (below.isEmpty() && pending == null) {
        pending = cause;
        if (waiting != null) {
          interruptsThread = true;
          waiting.interrupt();
        }
      }
    } finally {
      lock.unlock();
    }
    below.forEach(child -> child.interrupt(cause));
  }

  /** From now until {@link #joined} an interruption of this branch goes to these instead. */
  void forked(List<BranchLine> branches) {
    lock.lock();
    try {
      children.addAll(branches);
      PipelineException.Interrupted cause = pending;
      pending = null;
      if (cause != null) {
        branches.forEach(child -> child.interrupt(cause));
      }
    } finally {
      lock.unlock();
    }
  }

  void joined() {
    lock.lock();
    try {
      children.clear();
    } finally {
      lock.unlock();
    }
  }
}
