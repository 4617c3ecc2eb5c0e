package dev.deputy.core;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds and their journals. Thread-safe; a call returns once its change is durable, unless it says
 * otherwise.
 */
public interface BuildStore {
  /** What is known of a build before it has a number. */
  record NewBuild(
      JobName job,
      String script,
      Optional<String> branch,
      Optional<String> commit,
      String scriptHash,
      Cause cause,
      Map<String, String> parameters,
      Optional<BuildRecord.Starter> starter,
      Instant created) {
    public NewBuild {
      parameters = Map.copyOf(parameters);
    }

    /** The build as it is stored under its number. */
    public BuildRecord queued(int number) {
      return new BuildRecord(
          new BuildId(job, number),
          script,
          branch,
          commit,
          scriptHash,
          cause,
          parameters,
          starter,
          BuildState.QUEUED,
          created,
          Optional.empty());
    }

    /** What the audit log says of it: who asked for which source. */
    public AuditRecord audit(int number) {
      var details = new HashMap<String, String>();
      details.put("cause", cause.kind());
      details.put("script", script);
      details.put("scriptHash", scriptHash);
      branch.ifPresent(b -> details.put("branch", b));
      commit.ifPresent(c -> details.put("commit", c));
      starter.ifPresent(step -> details.put("startedBy", step.build().toString()));
      return new AuditRecord(
          created, "build-created", cause.actor(), Optional.of(new BuildId(job, number)), details);
    }
  }

  /**
   * Stores a build in state QUEUED under the job's next number, together with an audit record of
   * it. A step starts one build: where its build is stored already, that one is returned as it is.
   */
  BuildRecord create(NewBuild build);

  Optional<BuildRecord> find(BuildId id);

  /** Newest first. */
  List<BuildRecord> ofJob(JobName job, int limit);

  /** Builds of all jobs, newest first. */
  List<BuildRecord> recent(int limit);

  /** Builds that are not in a terminal state, oldest first. */
  List<BuildRecord> unfinished();

  /**
   * Moves a build on. A terminal state is never left: returns false, with nothing stored, when the
   * stored state is terminal.
   *
   * @param at becomes {@code finished} where the new state is terminal
   * @throws IllegalArgumentException when there is no such build
   */
  boolean transition(BuildId id, BuildState to, Instant at, AuditRecord audit);

  /**
   * What became of a build at a milestone.
   *
   * @param newer a newer build of the job that passed it, or a later one, first: then this one must
   *     go no further
   * @param superseded older builds that have not ended and passed an earlier one only, so that they
   *     must go no further
   */
  record Passage(Optional<Integer> newer, List<Integer> superseded) {
    public Passage {
      superseded = List.copyOf(superseded);
    }
  }

  /**
   * Has a build pass a milestone, unless a newer one passed it first. Idempotent, and known for as
   * long as the build is.
   *
   * @throws IllegalArgumentException when there is no such build
   */
  Passage passMilestone(BuildId id, int ordinal);

  /**
   * A newer build of the job that passed a later milestone than this one did last; empty where
   * there is none, or this one passed none.
   */
  Optional<Integer> overtakenBy(BuildId id);

  /**
   * Appends to the build's journal: entries keep the order of the calls. {@link
   * JournalEntry#decisive() Decisive} entries are durable on return; others at the latest when the
   * next decisive entry is, or {@link #settle} returned.
   *
   * @throws IllegalArgumentException when there is no such build
   */
  void append(BuildId id, JournalEntry entry);

  /** Returns once everything that was appended to the build's journal is durable. */
  void settle(BuildId id);

  /** The whole journal in order. */
  List<JournalEntry> journal(BuildId id);
}
