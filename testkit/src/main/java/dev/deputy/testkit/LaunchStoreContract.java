package dev.deputy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.core.AuditLog;
import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import dev.deputy.core.FailureClass;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchState;
import dev.deputy.core.LaunchStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link LaunchStore} does. */
public abstract class LaunchStoreContract {
  private static final String TASK =
      "arn:aws:ecs:eu-west-1:000000000000:task/jenkins-agent-cluster/0123456789abcdef";

  /** The store under test, empty at the start of each test. */
  protected abstract LaunchStore launches();

  /** The audit log that its changes are recorded in. */
  protected abstract AuditLog audit();

  /** A build that launches of this store may belong to. */
  protected abstract BuildId build();

  static Stream<LaunchState> states() {
    return Stream.of(
        new LaunchState.Requested(),
        new LaunchState.Submitted(TASK),
        new LaunchState.Registered(TASK, "session-1"),
        new LaunchState.Assigned(TASK, "session-1"),
        new LaunchState.Stopping(TASK),
        new LaunchState.Stopped(TASK, Samples.AT),
        new LaunchState.Failing(FailureClass.UNKNOWN, "", Optional.empty()),
        new LaunchState.Failing(FailureClass.TIMEOUT, "late", Optional.of(TASK)),
        new LaunchState.Failed(FailureClass.CAPACITY, "RESOURCE:MEMORY \"ü\"\n", Optional.empty()),
        new LaunchState.Failed(FailureClass.TASK_DIED, "", Optional.of(TASK)));
  }

  @Test
  void launchIsFoundAsItWasCreated() {
    Launch launch = Samples.launch(build());
    create(launch);

    assertThat(launches().find(launch.id())).contains(launch);
    assertThat(launches().find(Samples.launch(build()).id())).isEmpty();
  }

  @Test
  void creationIsAudited() {
    BuildId build = build();
    List<AuditRecord> before = audit().ofBuild(build);
    create(Samples.launch(build));

    assertThat(audit().ofBuild(build)).hasSize(before.size() + 1);
    assertThat(audit().ofBuild(build)).endsWith(Samples.audit("launch-requested", build));
  }

  @Test
  void sameIdIsNotStoredTwice() {
    BuildId build = build();
    Launch launch = Samples.launch(build);
    create(launch);
    List<AuditRecord> audited = audit().ofBuild(build);

    assertThatThrownBy(() -> create(launch))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(launch.id().value());
    assertThat(audit().ofBuild(build)).isEqualTo(audited);
  }

  @ParameterizedTest
  @MethodSource("states")
  void everyStateIsKeptWithItsData(LaunchState state) {
    Launch launch = Samples.launch(build());
    create(launch);
    Launch next = launch.next(state);

    assertThat(update(next)).isTrue();
    assertThat(launches().find(launch.id())).contains(next);
  }

  @Test
  void updateOfAnOldVersionStoresNothing() {
    BuildId build = build();
    Launch launch = Samples.launch(build);
    create(launch);
    Launch submitted = launch.next(new LaunchState.Submitted(TASK));
    update(submitted);
    List<AuditRecord> audited = audit().ofBuild(build);

    assertThat(update(launch.next(new LaunchState.Stopping(TASK)))).isFalse();
    assertThat(update(launch)).isFalse();
    assertThat(update(submitted.next(submitted.state()).next(submitted.state()))).isFalse();
    assertThat(update(Samples.launch(build).next(submitted.state()))).isFalse();

    assertThat(launches().find(launch.id())).contains(submitted);
    assertThat(audit().ofBuild(build)).isEqualTo(audited);
  }

  @Test
  void liveLaunchesAreThoseWithoutEndOldestFirst() {
    BuildId build = build();
    List<Launch> expected =
        states()
            .map(state -> {
              Launch launch = Samples.launch(build);
              create(launch);
              Launch next = launch.next(state);
              update(next);
              return next;
            })
            .filter(launch -> !launch.state().terminal())
            .toList();

    assertThat(launches().live()).containsExactlyElementsOf(expected);
  }

  @Test
  void launchesOfABuildAreListedOldestFirstTerminalOnesToo() {
    BuildId build = build();
    Launch first = Samples.launch(build);
    Launch second = Samples.launch(build);
    create(first);
    create(second);
    create(Samples.launch(build()));
    Launch ended = first.next(new LaunchState.Stopped(TASK, Samples.AT));
    update(ended);

    assertThat(launches().ofBuild(build)).containsExactly(ended, second);
  }

  @Test
  void ofManyWhoMoveALaunchOnOnlyOneSucceeds() throws Exception {
    BuildId build = build();
    Launch launch = Samples.launch(build);
    create(launch);
    int audited = audit().ofBuild(build).size();
    List<Callable<Boolean>> work =
        IntStream.range(0, 20)
            .<Callable<Boolean>>mapToObj(
                i -> () -> update(launch.next(new LaunchState.Submitted(TASK + i))))
            .toList();
    int succeeded = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(work)) {
        succeeded += done.get() ? 1 : 0;
      }
    }

    assertThat(succeeded).isEqualTo(1);
    assertThat(launches().find(launch.id()).orElseThrow().version()).isEqualTo(1);
    assertThat(audit().ofBuild(build)).hasSize(audited + 1);
  }

  private void create(Launch launch) {
    launches().create(launch, Samples.audit("launch-requested", launch.build()));
  }

  private boolean update(Launch launch) {
    return launches().update(launch, Samples.audit("launch-moved", launch.build()));
  }
}
