package dev.deputy.testkit;

import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildStore.NewBuild;
import dev.deputy.core.Cause;
import dev.deputy.core.JobName;
import dev.deputy.core.JournalEntry;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import dev.deputy.core.LaunchState;
import dev.deputy.core.TemplateName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Ordinary values for tests that do not care which. */
public final class Samples {
  /** When everything of the samples happened. */
  public static final Instant AT = Instant.parse("2026-11-22T10:00:00.123456789Z");

  /** The commit they were read at. */
  public static final String COMMIT = "c0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ff";

  private Samples() {}

  /** A build of this job, started by alice from branch main. */
  public static NewBuild newBuild(String job) {
    return new NewBuild(
        new JobName(job),
        job + "/Jenkinsfile",
        Optional.of("main"),
        Optional.of(COMMIT),
        "5ca1ab1e".repeat(8),
        new Cause.Person("alice"),
        Map.of("VERSION", "1.0", "EMPTY", ""),
        Optional.empty(),
        AT);
  }

  /** A build's id that no store gave. */
  public static BuildId build(String job, int number) {
    return new BuildId(new JobName(job), number);
  }

  /** A new launch, in state Requested and version 0, under a new id. */
  public static Launch launch(BuildId build) {
    return new Launch(
        new LaunchId(UUID.randomUUID().toString()),
        build,
        "Deploy",
        new TemplateName("production"),
        "arn:aws:ecs:eu-west-1:000000000000:task-definition/jenkins-agent-account-production:1",
        new LaunchState.Requested(),
        AT,
        0);
  }

  /** A record of some action of the controller. */
  public static AuditRecord audit(String action, BuildId build) {
    return new AuditRecord(
        AT, action, "controller", Optional.of(build), Map.of("template", "production"));
  }

  /** What the journal says of the start of an {@code sh}. */
  public static JournalEntry effect(int step) {
    return entry(step, JournalEntry.StepClass.EFFECT, "sh");
  }

  /** What the journal says of an {@code echo}. */
  public static JournalEntry log(int step) {
    return entry(step, JournalEntry.StepClass.LOG, "echo");
  }

  private static JournalEntry entry(int step, JournalEntry.StepClass stepClass, String name) {
    return new JournalEntry(
        step,
        JournalEntry.Kind.STARTED,
        stepClass,
        name,
        "",
        Optional.of("{\"step\":" + step + "}"),
        AT);
  }
}
