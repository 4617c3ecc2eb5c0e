package dev.deputy.builds;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs that builds may start builds of. Thread-safe. */
public interface OtherJobs {
  /** There are none. */
  OtherJobs NONE =
      new OtherJobs() {
        @Override
        public Optional<BuildRequest> request(
            BuildRequest from, String job, Map<String, String> parameters) {
          return Optional.empty();
        }

        @Override
        public List<String> names() {
          return List.of();
        }
      };

  /**
   * A build of another job, with the cause of the build that asks for it; empty where there is no
   * such job.
   *
   * @throws IllegalArgumentException where the build can not be, in words for the log
   */
  Optional<BuildRequest> request(BuildRequest from, String job, Map<String, String> parameters);

  /** For people. */
  List<String> names();
}
