package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BatonTest {
  private static String branches(int count, String body) {
    StringBuilder source = new StringBuilder("parallel(");
    for (int i = 0; i < count; i++) {
      source
          .append(i == 0 ? "" : ", ")
          .append("b")
          .append(i)
          .append(": {")
          .append(body)
          .append("}");
    }
    return source.append(")").toString();
  }

  /** Random work, in and out of waits: a second branch is never seen with the baton. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void neverDoTwoBranchesRunAtOnce(long seed) {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Map<String, Random> randoms = new ConcurrentHashMap<>();
    RecordingHost host = new RecordingHost();
    host.answer(
        "value",
        call -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          Random random =
              randoms.computeIfAbsent(
                  call.branch().name(), name -> new Random(seed + name.hashCode()));
          int spin = random.nextInt(2_000);
          IntStream.range(0, spin).forEach(_ -> Thread.onSpinWait());
          inside.decrementAndGet();
          call.branch()
              .await(() -> {
                TimeUnit.MICROSECONDS.sleep(random.nextInt(300));
                return null;
              });
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          inside.decrementAndGet();
          return null;
        });
    Outcome outcome = Pipelines.run(branches(12, "for (i in 1..15) { value(i) }"), host);
    assertThat(outcome.result()).isEqualTo(BuildResult.SUCCESS);
    assertThat(most).hasValue(1);
    assertThat(host.log).filteredOn(line -> line.contains("value(")).hasSize(180);
  }

  /** Waits are ended one by one, in an order of the test's choice; branches go on in that order. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15})
  void branchesGoOnInTheOrderInWhichTheirWaitsEnded(long seed) throws InterruptedException {
    int count = 20;
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    Map<String, Semaphore> gates = new ConcurrentHashMap<>();
    IntStream.range(0, count).forEach(i -> gates.put("b" + i, new Semaphore(0)));
    CountDownLatch waiting = new CountDownLatch(count);
    Semaphore ended = new Semaphore(0);
    List<String> wentOn = new ArrayList<>();
    RecordingHost host = new RecordingHost();
    host.answer(
        "value",
        call -> {
          String name = call.branch().name();
          call.branch()
              .await(() -> {
                waiting.countDown();
                Objects.requireNonNull(gates.get(name)).acquire();
                return null;
              });
          wentOn.add(name);
          ended.release();
          return null;
        });
    Thread run = Thread.ofVirtual().start(() -> Pipelines.run(branches(count, "value(1)"), host));
    waiting.await();
    for (int i : order) {
      Objects.requireNonNull(gates.get("b" + i)).release();
      ended.acquire();
    }
    run.join();
    assertThat(wentOn).isEqualTo(order.stream().map(i -> "b" + i).toList());
  }

  @Test
  void branchesStartInTheirOrder() {
    RecordingHost host = new RecordingHost();
    Pipelines.run(branches(50, "echo 'x'"), host);
    assertThat(host.log)
        .filteredOn(line -> line.contains("echo"))
        .isEqualTo(
            IntStream.range(0, 50).mapToObj(i -> "    [b" + i + "] echo(message=x)").toList());
  }

  @Test
  void aWaitingBranchLetsTheOthersRun() {
    RecordingHost host = new RecordingHost();
    CountDownLatch other = new CountDownLatch(1);
    host.answer("value 1", call -> call.branch().await(() -> waitFor(other)));
    host.answer(
        "value 2",
        _ -> {
          other.countDown();
          return null;
        });
    Outcome outcome = Pipelines.run("parallel(a: { value(1) }, b: { value(2) })", host);
    assertThat(outcome.result()).isEqualTo(BuildResult.SUCCESS);
  }

  private static @Nullable Object waitFor(CountDownLatch latch) throws InterruptedException {
    latch.await();
    return null;
  }

  @Test
  void failFastInterruptsTheOtherBranches() {
    RecordingHost host = new RecordingHost();
    host.answer("value", call -> call.branch().await(() -> waitFor(new CountDownLatch(1))));
    Outcome outcome =
        Pipelines.run(
            """
            parallel(
              slow: { try { value(1) } catch (e) { echo "slow: ${e.message}"; throw e } },
              bad: { error 'bad' },
              failFast: true)
            """,
            host);
    assertThat(outcome.result()).isEqualTo(BuildResult.FAILURE);
    assertThat(outcome.error()).contains("ERROR: bad");
    assertThat(host.log).anyMatch(line -> line.contains("slow: Failed in branch bad"));
  }

  @Test
  void interruptingTheMainBranchInterruptsAllBelow() {
    RecordingHost host = new RecordingHost();
    host.answer("value", call -> call.branch().await(() -> waitFor(new CountDownLatch(1))));
    host.answer(
        "unstable",
        _ -> {
          Objects.requireNonNull(host.main)
              .interrupt(
                  new PipelineException.Interrupted(
                      BuildResult.ABORTED, new InterruptionCause.Other("Aborted by alice")));
          return null;
        });
    Outcome outcome =
        Pipelines.run(
            """
            try {
              parallel(a: { parallel(c: { value(1) }) }, b: { value(2) }, d: { unstable 'x' })
            } finally {
              echo 'cleaned up'
            }
            """,
            host);
    assertThat(outcome.result()).isEqualTo(BuildResult.ABORTED);
    assertThat(outcome.error()).contains("Aborted by alice");
    assertThat(host.log).anyMatch(line -> line.contains("cleaned up"));
  }

  @Test
  void anInterruptionThatNoBranchNoticesEndsTheNextWaitAfterThem() {
    RecordingHost host = new RecordingHost();
    host.answer("value", call -> call.branch().await(() -> 1));
    host.answer(
        "unstable",
        _ -> {
          Objects.requireNonNull(host.main)
              .interrupt(
                  new PipelineException.Interrupted(
                      BuildResult.ABORTED, new InterruptionCause.Other("late")));
          return null;
        });
    Outcome outcome =
        Pipelines.run("parallel(a: { parallel(b: { unstable 'x' }) })\nvalue(1)", host);
    assertThat(outcome.result()).isEqualTo(BuildResult.ABORTED);
    assertThat(outcome.error()).contains("late");
  }

  @Test
  void anInterruptionThatABranchDealtWithIsOver() {
    RecordingHost host = new RecordingHost();
    host.answer("value 1", call -> call.branch().await(() -> waitFor(new CountDownLatch(1))));
    host.answer("value 2", call -> call.branch().await(() -> 2));
    host.answer(
        "unstable",
        _ -> {
          Objects.requireNonNull(host.main)
              .interrupt(
                  new PipelineException.Interrupted(
                      BuildResult.ABORTED, new InterruptionCause.Other("stop")));
          return null;
        });
    Outcome outcome =
        Pipelines.run(
            "parallel(a: { try { value(1) } catch (e) { } }, b: { unstable 'x' })\nvalue(2)", host);
    assertThat(outcome.result()).isEqualTo(BuildResult.SUCCESS);
  }

  @Test
  void anInterruptionBeforeAWaitEndsTheNextWait() {
    RecordingHost host = new RecordingHost();
    var cause =
        new PipelineException.Interrupted(BuildResult.ABORTED, new InterruptionCause.Other("stop"));
    host.answer(
        "value",
        call -> {
          call.branch().interrupt(cause);
          call.branch()
              .interrupt(new PipelineException.Interrupted(BuildResult.FAILURE, List.of()));
          assertThatThrownBy(() -> call.branch().await(() -> 1)).isSameAs(cause);
          return call.branch().await(() -> 2);
        });
    Pipelines.run("echo \"${value(0)}\"", host);
    assertThat(host.log).contains("echo(message=2)");
  }

  @Test
  void aFaultOfTheHostEndsAllBranchesAndIsThrown() {
    RecordingHost host = new RecordingHost();
    host.answer("value 1", call -> call.branch().await(() -> waitFor(new CountDownLatch(1))));
    host.answer(
        "value 2",
        _ -> {
          throw new IllegalArgumentException("a fault");
        });
    assertThatThrownBy(() -> Pipelines.run("parallel(a: { value(1) }, b: { value(2) })", host))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a fault");
  }

  @Test
  void namesOfNestedBranchesAreJoined() {
    RecordingHost host = new RecordingHost();
    Pipelines.run("parallel(a: { parallel(b: { echo 'x' }) })", host);
    assertThat(host.log).anyMatch(line -> line.contains("[a / b] echo"));
  }
}
