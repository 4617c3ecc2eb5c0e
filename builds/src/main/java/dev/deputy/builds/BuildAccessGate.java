package dev.deputy.builds;

import dev.deputy.access.AccessDecision;
import dev.deputy.access.AccessPolicy;
import dev.deputy.core.AuditLog;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.BuildStore;
import dev.deputy.core.Launch;
import dev.deputy.fleet.AccessGate;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks for access again when the fleet is about to act on a launch: the same question as at the
 * need, built from what is stored. A build that has ended gets nothing. Thread-safe.
 */
public final class BuildAccessGate implements AccessGate {
  private final BuildStore builds;
  private final Access access;
  private final InstantSource clock;

  public BuildAccessGate(
      BuildStore builds, AccessPolicy policy, AuditLog audit, InstantSource clock) {
    this.builds = builds;
    this.access = new Access(policy, audit);
    this.clock = clock;
  }

  @Override
  public Optional<String> refusal(Launch launch, Moment moment) {
    Optional<BuildRecord> build = builds.find(launch.build());
    if (build.isEmpty()) {
      return Optional.of("build " + launch.build() + " is not known");
    }
    AccessDecision decision =
        build.get().state().terminal()
            ? new AccessDecision.Denied("build " + launch.build() + " has ended")
            : access.decide(build.get(), launch.template());
    access.record(
        build.get(),
        launch.template(),
        moment.name().toLowerCase(Locale.ROOT),
        decision,
        clock.instant());
    return switch (decision) {
      case AccessDecision.Granted _ -> Optional.empty();
      case AccessDecision.ApprovalMissing(var grant, var candidates, int missing) ->
          Optional.of(
              "grant "
                  + grant.name()
                  + " asks for "
                  + missing
                  + " more approval(s) of: "
                  + String.join(", ", candidates));
      case AccessDecision.Denied(String reason) -> Optional.of(reason);
    };
  }
}
