package dev.deputy.agent;

import dev.deputy.protocol.StepIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a step gets to see of AWS credentials. */
interface StepCredentials {
  /**
   * Waits for the first credentials; says why there are none, or nothing where all is well.
   *
   * @param identity as whom, on from the agent's own identity
   */
  Optional<String> problem(List<StepIdentity> identity) throws InterruptedException;

  /**
   * Opens the credentials for one step.
   *
   * @param identity as whom, on from the agent's own identity
   */
  Access open(List<StepIdentity> identity) throws IOException;

  /** One step's access, which ends when it is closed. */
  interface Access extends AutoCloseable {
    /** Variables by which AWS's SDKs and tools find the credentials. */
    Map<String, String> environment();

    @Override
    void close();
  }

  /** No credentials, and no way to any: steps of a person's own machine. */
  record None() implements StepCredentials {
    @Override
    public Optional<String> problem(List<StepIdentity> identity) {
      return identity.isEmpty()
          ? Optional.empty()
          : Optional.of("agents of this machine assume no roles: --local reaches no AWS account");
    }

    @Override
    public Access open(List<StepIdentity> identity) {
      return new Nothing();
    }
  }

  /** Access to nothing. */
  record Nothing() implements Access {
    @Override
    public Map<String, String> environment() {
      return Map.of();
    }

    @Override
    public void close() {}
  }
}
