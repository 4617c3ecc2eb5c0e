package dev.deputy.core;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The credentials that jobs may use. Thread-safe. */
public interface CredentialStore {
  /** Has none. */
  CredentialStore NONE =
      new CredentialStore() {
        @Override
        public Optional<Credential> find(JobName job, String id) {
          return Optional.empty();
        }

        @Override
        public List<String> ids(JobName job) {
          return List.of();
        }

        @Override
        public byte[] read(Credential.Value value) throws IOException {
          throw new IOException("there are no credentials");
        }
      };

  /** The credential of this id; empty where there is none that the job may use. */
  Optional<Credential> find(JobName job, String id);

  /** What the job may use. */
  List<String> ids(JobName job);

  /**
   * A value that is not {@linkplain Credential.Value#onAgent() read by agents}.
   *
   * @throws IOException naming where it should be, never what was found there
   */
  byte[] read(Credential.Value value) throws IOException;
}
