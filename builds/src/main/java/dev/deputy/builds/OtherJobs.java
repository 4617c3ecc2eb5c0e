package dev.deputy.builds;

import dev.deputy.core.BuildRecord;
import java.io.IOException;
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
        public BuildRequest again(BuildRecord build, Origin origin) throws IOException {
          throw new IOException("there are no other jobs here");
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

  /**
   * What a build of another job was made of, once more: as it was then.
   *
   * @throws IllegalArgumentException where its file is not valid for this Deputy
   * @throws IOException when its source can not be had any more
   */
  BuildRequest again(BuildRecord build, Origin origin) throws IOException;

  /** For people. */
  List<String> names();
}
