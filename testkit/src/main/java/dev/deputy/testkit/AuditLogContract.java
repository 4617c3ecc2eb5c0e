package dev.deputy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.AuditLog;
import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link AuditLog} does. */
public abstract class AuditLogContract {
  /** The log under test, empty at the start of each test. */
  protected abstract AuditLog audit();

  @Test
  void recordsOfABuildComeBackOldestFirst() {
    BuildId build = Samples.build("examples/dtap", 1);
    AuditRecord first = Samples.audit("access-denied", build);
    AuditRecord second =
        new AuditRecord(
            Samples.AT.minusSeconds(60),
            "approval",
            "Zoë \"Z\" O'Hara",
            Optional.of(build),
            Map.of("", "", "template", "päth\n\"\\"));
    audit().append(first);
    audit().append(second);
    audit().append(first);

    assertThat(audit().ofBuild(build)).containsExactly(first, second, first);
  }

  @Test
  void recordsOfOtherBuildsAndOfNoneAreLeftOut() {
    BuildId build = Samples.build("examples/dtap", 1);
    AuditRecord own = Samples.audit("access-denied", build);
    audit().append(Samples.audit("access-denied", Samples.build("examples/dtap", 11)));
    audit().append(Samples.audit("access-denied", Samples.build("examples", 1)));
    audit()
        .append(
            new AuditRecord(
                Samples.AT, "controller-started", "controller", Optional.empty(), Map.of()));
    audit().append(own);

    assertThat(audit().ofBuild(build)).containsExactly(own);
  }
}
