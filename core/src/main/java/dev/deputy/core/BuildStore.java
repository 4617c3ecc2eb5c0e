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
   * Has a build pass a milestone, unless it is {@linkplain #overtakenBy overtaken} or a newer one
   * of the job passed this milestone or a later one first. Idempotent, and known for as long as the
   * build is.
   *
   * @return the newer build, because of which this one must go no further; empty where it passed
   * @throws IllegalArgumentException when there is no such build
   */
  Optional<Integer> passMilestone(BuildId id, int ordinal);

  /**
   * The newest build that overtook this one, so that this one must go no further: one of the same
   * job that passed a later milestone than this one did last, or the same one and has ended. A
   * build that passed none is overtaken by any newer one that passed some. Empty where there is
   * none. (Jenkins: {@code MilestoneStepExecution.getBuildsToCancel} of pipeline-milestone-step.)
   */
  Optional<Integer> overtakenBy(BuildId id);

  /** Builds that have not ended and that this one {@linkplain #overtakenBy overtook}, in order. */
  List<Integer> overtaken(BuildId by);

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
