package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LocksTest {
  private final Locks locks = new Locks();
  private final List<String> served = new CopyOnWriteArrayList<>();

  private Thread waiting(String who, boolean newestFirst, String... resources) {
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try (Locks.Held _ = locks.acquire(Set.of(resources), who, newestFirst)) {
                served.add(who);
              } catch (InterruptedException e) {
                served.add(who + " interrupted");
              }
            });
    Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
    return thread;
  }

  @Test
  void whoAskedFirstIsServedFirst() throws InterruptedException {
    Locks.Held held = locks.tryAcquire(Set.of("a"), "x").orElseThrow();
    Thread first = waiting("first", false, "a");
    Thread second = waiting("second", false, "a");
    held.close();
    first.join();
    second.join();
    assertThat(served).containsExactly("first", "second");
  }

  @Test
  void newestFirstGoesBeforeThoseWhoWait() throws InterruptedException {
    Locks.Held held = locks.tryAcquire(Set.of("a"), "x").orElseThrow();
    Thread first = waiting("first", false, "a");
    Thread second = waiting("second", true, "a");
    held.close();
    first.join();
    second.join();
    assertThat(served).containsExactly("second", "first");
  }

  @Test
  void severalAreTakenAtOnceOrNotAtAll() throws InterruptedException {
    Locks.Held held = locks.tryAcquire(Set.of("a"), "x").orElseThrow();
    Thread both = waiting("both", false, "a", "b");
    assertThat(locks.holder(Set.of("b"))).isEmpty();
    assertThat(locks.tryAcquire(Set.of("b"), "y")).as("somebody waits for it").isEmpty();
    assertThat(locks.tryAcquire(Set.of("c"), "y")).isPresent();
    held.close();
    both.join();
    assertThat(locks.tryAcquire(Set.of("a", "b"), "z")).isPresent();
  }

  @Test
  void anInterruptedRequestLeavesNothing() throws InterruptedException {
    Locks.Held held = locks.tryAcquire(Set.of("a"), "x").orElseThrow();
    Thread gone = waiting("gone", false, "a");
    gone.interrupt();
    gone.join();
    held.close();
    assertThat(served).containsExactly("gone interrupted");
    assertThat(locks.tryAcquire(Set.of("a"), "y")).isPresent();
  }

  @Test
  void noTwoEverHoldOne() throws InterruptedException {
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    var start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  start.await();
                  for (int n = 0; n < 50; n++) {
                    try (Locks.Held _ =
                        locks.acquire(Set.of("a", "b" + number % 3), "t", number % 2 == 0)) {
                      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                      inside.decrementAndGet();
                    }
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most).hasValue(1);
  }
}
