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
  private PipelineException.@Nullable Interrupted delegated;
  private PipelineException.@Nullable Interrupted delivered;
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
    enter(1);
  }

  /** Before something that takes as much of the stack as so many expressions. */
  void enter(int weight) {
    if (depth + weight > MAX_DEPTH) {
      throw new BudgetExceeded("the pipeline's calls and expressions are nested too deeply");
    }
    depth += weight;
  }

  void leave() {
    leave(1);
  }

  void leave(int weight) {
    depth -= weight;
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
  public <T> T await(Callable<T> work, Ending<? super T> ending) {
    throwPending();
    T value;
    try {
      value = withoutBaton(work);
    } catch (RuntimeException failure) {
      ending.ended(null, failure);
      throwPending();
      throw failure;
    }
    ending.ended(value, null);
    throwPending();
    return value;
  }

  private <T> T withoutBaton(Callable<T> work) {
    waits(Thread.currentThread());
    baton.pass();
    try {
      return work.call();
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new PipelineException.Interrupted(
          BuildResult.ABORTED, new InterruptionCause.Other("Interrupted"));
    } catch (RuntimeException failure) {
      throw failure;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    } finally {
      baton.take(baton.lineUpEnded());
      waits(null);
    }
  }

  @Override
  public void requireUninterrupted() {
    throwPending();
  }

  @Override
  public void interject(Runnable work) {
    baton.take(baton.lineUpEnded());
    try {
      work.run();
    } finally {
      baton.pass();
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
      delivered = cause == null ? delivered : cause;
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
      if (!below.isEmpty()) {
        delegated = delegated == null ? cause : delegated;
      } else if (pending == null) {
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
      delegated = pending;
      pending = null;
      if (delegated != null) {
        for (BranchLine child : branches) {
          child.interrupt(delegated);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The children have ended; an interruption that came too late for all of them stays here. */
  void joined() {
    lock.lock();
    try {
      if (delegated != null) {
        if (children.stream().anyMatch(child -> child.wasTold(delegated))) {
          delivered = delegated;
        } else {
          pending = delegated;
        }
      }
      delegated = null;
      children.clear();
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ReferenceEquality") // the very same interruption
  private boolean wasTold(PipelineException.@Nullable Interrupted cause) {
    lock.lock();
    try {
      return delivered == cause;
    } finally {
      lock.unlock();
    }
  }
}
