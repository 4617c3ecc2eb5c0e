package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.access.AccessDecision;
import dev.deputy.access.AccessRequest;
import dev.deputy.access.Approval;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.Launch;
import dev.deputy.fleet.AccessGate.Moment;
import dev.deputy.testkit.InMemoryAuditLog;
import dev.deputy.testkit.InMemoryBuildStore;
import dev.deputy.testkit.ManualClock;
import dev.deputy.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildAccessGateTest {
  private final InMemoryAuditLog audit = new InMemoryAuditLog();
  private final InMemoryBuildStore builds = new InMemoryBuildStore(audit);
  private final ManualClock clock = new ManualClock();
  private final BuildId build = builds.create(Samples.newBuild(Bench.JOB)).id();
  private final Launch launch = Samples.launch(build);
  private final List<AccessRequest> asked = new ArrayList<>();

  private BuildAccessGate gate(AccessDecision decision) {
    return new BuildAccessGate(
        builds,
        request -> {
          asked.add(request);
          return decision;
        },
        audit,
        clock);
  }

  private static AccessDecision granted() {
    return new AccessDecision.Granted(
        Bench.grant("releases", "production", Optional.empty()), List.of());
  }

  @Test
  void theQuestionIsBuiltFromWhatIsStored() {
    var stored = builds.find(build).orElseThrow();
    var approval =
        new Approval(
            "carol", launch.template(), stored.scriptHash(), Samples.COMMIT, clock.instant());
    Approvals.give(audit, build, approval);

    assertThat(gate(granted()).refusal(launch, Moment.LAUNCH)).isEmpty();
    assertThat(asked)
        .containsExactly(
            new AccessRequest(
                build.job(),
                Optional.of("main"),
                stored.cause(),
                launch.template(),
                stored.scriptHash(),
                Samples.COMMIT,
                List.of(approval)));
  }

  @Test
  void everyAnswerIsAuditedWithItsMoment() {
    gate(granted()).refusal(launch, Moment.ASSIGNMENT);
    gate(new AccessDecision.Denied("no grant")).refusal(launch, Moment.CREDENTIALS);
    assertThat(audit.records().stream().skip(1))
        .map(record -> record.action() + " " + record.details().get("moment"))
        .containsExactly("access-granted assignment", "access-denied credentials");
  }

  @Test
  void refusalsSayWhy() {
    assertThat(gate(new AccessDecision.Denied("no grant")).refusal(launch, Moment.LAUNCH))
        .contains("no grant");
    var missing =
        new AccessDecision.ApprovalMissing(
            Bench.grant("releases", "production", Optional.empty()), List.of("carol"), 1);
    assertThat(gate(missing).refusal(launch, Moment.LAUNCH))
        .contains("grant releases asks for 1 more approval(s) of: carol");
  }

  @Test
  void aBuildThatHasEndedGetsNothing() {
    builds.transition(build, BuildState.ABORTED, clock.instant(), Samples.audit("end", build));
    assertThat(gate(granted()).refusal(launch, Moment.CREDENTIALS)).isPresent();
    assertThat(asked).isEmpty();
  }

  @Test
  void aBuildThatNobodyKnowsGetsNothing() {
    Launch other = Samples.launch(Samples.build("other", 1));
    assertThat(gate(granted()).refusal(other, Moment.LAUNCH)).isPresent();
  }

  @Test
  void approvalsOfAnotherBuildDoNotCount() {
    BuildId other = builds.create(Samples.newBuild(Bench.JOB)).id();
    Approvals.give(
        audit,
        other,
        new Approval("carol", launch.template(), "hash", Samples.COMMIT, clock.instant()));
    gate(granted()).refusal(launch, Moment.LAUNCH);
    assertThat(asked.getFirst().approvals()).isEmpty();
  }
}
