package dev.deputy.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.LaunchState.Assigned;
import dev.deputy.core.LaunchState.Event;
import dev.deputy.core.LaunchState.Failed;
import dev.deputy.core.LaunchState.Failing;
import dev.deputy.core.LaunchState.Registered;
import dev.deputy.core.LaunchState.Requested;
import dev.deputy.core.LaunchState.Stopped;
import dev.deputy.core.LaunchState.Stopping;
import dev.deputy.core.LaunchState.Submitted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class LaunchStateTest {
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

  @Example
  void ordinaryLaunchPassesThroughAllStates() {
    LaunchState state = new Requested();
    state = state.on(new Event.Submit("task")).orElseThrow();
    assertThat(state).isEqualTo(new Submitted("task"));
    state = state.on(new Event.Register("session")).orElseThrow();
    assertThat(state).isEqualTo(new Registered("task", "session"));
    state = state.on(new Event.Assign()).orElseThrow();
    assertThat(state).isEqualTo(new Assigned("task", "session"));
    state = state.on(new Event.Stop()).orElseThrow();
    assertThat(state).isEqualTo(new Stopping("task"));
    state = state.on(new Event.ConfirmStopped(AT)).orElseThrow();
    assertThat(state).isEqualTo(new Stopped("task", AT));
  }

  @Property
  void terminalStateAbsorbsEveryEvent(
      @ForAll("terminal") LaunchState state, @ForAll("events") List<Event> events) {
    for (Event event : events) {
      assertThat(state.on(event)).contains(state);
    }
  }

  @Property
  void noEventLeadsBackAndVersionsIncrease(@ForAll("events") List<Event> events) {
    var launch =
        new Launch(
            new LaunchId("00000000-0000-4000-8000-000000000000"),
            new BuildId(new JobName("a"), 1),
            "Deploy",
            new TemplateName("production"),
            "arn:task-definition:1",
            new Requested(),
            AT,
            0);
    for (Event event : events) {
      Optional<LaunchState> state = launch.state().on(event);
      if (state.isPresent() && !state.get().equals(launch.state())) {
        Launch next = launch.next(state.get());
        assertThat(rank(next.state())).isGreaterThan(rank(launch.state()));
        assertThat(next.version()).isEqualTo(launch.version() + 1);
        launch = next;
      }
    }
    assertThat(launch.version()).isLessThanOrEqualTo(5);
  }

  @Property
  void taskOnceKnownIsNeverForgottenNorExchanged(@ForAll("events") List<Event> events) {
    LaunchState state = new Requested();
    for (Event event : events) {
      LaunchState next = state.on(event).orElse(state);
      if (state.task().isPresent()) {
        assertThat(next.task()).isEqualTo(state.task());
      }
      state = next;
    }
  }

  @Property
  void agentIsAssignedOnlyAfterItRegistered(@ForAll("events") List<Event> events) {
    LaunchState state = new Requested();
    for (Event event : events) {
      LaunchState next = state.on(event).orElse(state);
      if (next instanceof Assigned(String task, String session) && !next.equals(state)) {
        assertThat(state).isEqualTo(new Registered(task, session));
      }
      state = next;
    }
  }

  @Property
  void launchFailsFromEveryStateBeforeStopping(@ForAll("events") List<Event> events) {
    LaunchState state = new Requested();
    for (Event event : events) {
      var failure = state.on(new Event.Fail(FailureClass.TIMEOUT, "late"));
      if (rank(state) <= rank(new Assigned("task", "session"))) {
        assertThat(failure).contains(new Failing(FailureClass.TIMEOUT, "late", state.task()));
      } else {
        assertThat(failure).isIn(Optional.empty(), Optional.of(state));
      }
      state = state.on(event).orElse(state);
    }
  }

  @Property
  void launchIsOverOnlyAfterItsTaskIsKnownToBeGone(@ForAll("events") List<Event> events) {
    LaunchState state = new Requested();
    for (Event event : events) {
      LaunchState next = state.on(event).orElse(state);
      if (next.terminal() && !state.terminal()) {
        assertThat(event).isEqualTo(new Event.ConfirmStopped(AT));
      }
      state = next;
    }
  }

  @Example
  void taskThatIsFoundAfterItsLaunchFailedBelongsToIt() {
    LaunchState failing = new Failing(FailureClass.TRANSIENT, "lost", Optional.empty());

    assertThat(failing.on(new Event.Submit("task")))
        .contains(new Failing(FailureClass.TRANSIENT, "lost", Optional.of("task")));
  }

  private static int rank(LaunchState state) {
    return switch (state) {
      case Requested _ -> 0;
      case Submitted _ -> 1;
      case Registered _ -> 2;
      case Assigned _ -> 3;
      case Failing(_, _, Optional<String> task) -> task.isEmpty() ? 4 : 5;
      case Stopping _ -> 5;
      case Stopped _, Failed _ -> 6;
    };
  }

  @Provide
  Arbitrary<LaunchState> terminal() {
    Arbitrary<LaunchState> stopped = task().map(task -> new Stopped(task, AT));
    Arbitrary<LaunchState> failed =
        Combinators.combine(Arbitraries.of(FailureClass.values()), task().optional())
            .as((kind, task) -> new Failed(kind, "reason", task));
    return Arbitraries.oneOf(stopped, failed);
  }

  /** In any order, those of an ordinary launch somewhat more often. */
  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<Event> failures =
        Arbitraries.of(FailureClass.values()).map(kind -> new Event.Fail(kind, "reason"));
    Arbitrary<Event> event =
        Arbitraries.frequencyOf(
            Tuple.of(3, task().map(Event.Submit::new)),
            Tuple.of(3, Arbitraries.of("s", "t").map(Event.Register::new)),
            Tuple.of(3, Arbitraries.just(new Event.Assign())),
            Tuple.of(1, Arbitraries.just(new Event.Stop())),
            Tuple.of(1, Arbitraries.just(new Event.ConfirmStopped(AT))),
            Tuple.of(1, failures));
    return event.list().ofMaxSize(20);
  }

  private static Arbitrary<String> task() {
    return Arbitraries.of("task-1", "task-2");
  }
}
