package dev.deputy.agent;

import java.util.Map;
import java.util.Optional;

/** What a step gets to see of AWS credentials. */
interface StepCredentials {
  /** Waits for the first credentials; says why there are none, or nothing where all is well. */
  Optional<String> problem() throws InterruptedException;

  /** Opens the credentials for one step. */
  Access open();

  /** One step's access, which ends when it is closed. */
  interface Access extends AutoCloseable {
    /** Variables by which AWS's SDKs and tools find the credentials. */
    Map<String, String> environment();

    @Override
    void close();
  }

  /** No credentials. */
  record None() implements StepCredentials {
    @Override
    public Optional<String> problem() {
      return Optional.empty();
    }

    @Override
    public Access open() {
      return new Access() {
        @Override
        public Map<String, String> environment() {
          return Map.of();
        }

        @Override
        public void close() {}
      };
    }
  }
}
