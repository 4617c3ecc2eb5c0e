package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.pipeline.InterruptionCause;
import dev.deputy.pipeline.InterruptionCause.Aborted;
import dev.deputy.pipeline.InterruptionCause.FailedBranch;
import dev.deputy.pipeline.InterruptionCause.Other;
import dev.deputy.pipeline.InterruptionCause.Rejected;
import dev.deputy.pipeline.InterruptionCause.Superseded;
import dev.deputy.pipeline.InterruptionCause.TimedOut;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredCauseTest {
  @Test
  void everyCauseIsReadAsItWasWritten() {
    List<InterruptionCause> causes =
        List.of(
            new Aborted("ann"),
            new Rejected("ann"),
            new TimedOut(3),
            new FailedBranch("left"),
            new Superseded(4),
            new Other("something"));
    assertThat(causes).hasSameSizeAs(InterruptionCause.class.getPermittedSubclasses());
    assertThat(causes.stream().map(StoredCause::write).map(StoredCause::read))
        .containsExactlyElementsOf(causes);
  }

  @Test
  void anUnknownKindDiverges() {
    assertThatThrownBy(() -> StoredCause.read(Map.of("kind", "whim", "of", "x")))
        .isInstanceOf(Diverged.class);
  }
}
