package dev.deputy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.JobName;
import dev.deputy.core.JournalEntry;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchState;
import dev.deputy.testkit.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A controller's process is killed while it writes. */
@Timeout(120)
class KilledStoreTest {
  private static final int WRITERS = 4;
  private static final int KILLS = 3;

  @Test
  void whatWasAcknowledgedIsThereAndAuditAndStateAreNeverApart(@TempDir Path directory)
      throws IOException, InterruptedException {
    Path file = directory.resolve("deputy.db");
    var acknowledged = new HashMap<BuildId, Acknowledged>();
    for (int kill = 1; kill <= KILLS; kill++) {
      for (String line : linesOfVictim(file, 400)) {
        Acknowledged.parse(line)
            .ifPresent(ack -> acknowledged.merge(ack.build(), ack, Acknowledged::later));
      }
      try (var store = SqliteStore.open(file)) {
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(kill * WRITERS);
        acknowledged.values().forEach(ack -> ack.check(store));
        everyBuild(store).forEach(build -> checkWhole(store, build));
      }
    }
  }

  private static List<String> linesOfVictim(Path file, int lines)
      throws IOException, InterruptedException {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = victim.inputReader()) {
      var heard = new ArrayList<String>();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        heard.add(line);
        if (heard.size() == lines) {
          victim.toHandle().destroyForcibly(); // which, unlike the process, leaves its output open
        }
      }
      assertThat(heard).as("lines of the victim").hasSizeGreaterThanOrEqualTo(lines);
      return heard;
    } finally {
      victim.destroyForcibly().waitFor();
    }
  }

  private static List<BuildRecord> everyBuild(SqliteStore store) {
    return IntStream.range(0, WRITERS)
        .mapToObj(writer -> store.builds().ofJob(new JobName("job-" + writer), 100_000))
        .flatMap(List::stream)
        .toList();
  }

  /** Each state has exactly the audit records that led to it; no journal has a gap. */
  private static void checkWhole(SqliteStore store, BuildRecord build) {
    List<AuditRecord> audit = store.audit().ofBuild(build.id());
    assertThat(audit).filteredOn(record -> record.action().equals("build-created")).hasSize(1);
    for (Launch launch : store.launches().ofBuild(build.id())) {
      assertThat(audit)
          .filteredOn(record -> launch.id().value().equals(record.details().get("launch")))
          .extracting(record -> record.details().get("version"))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(0, launch.version()).mapToObj(Integer::toString).toList());
    }
    List<JournalEntry> journal = store.builds().journal(build.id());
    assertThat(journal)
        .extracting(JournalEntry::step)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, journal.size()).boxed().toList());
  }

  /** The last that the victim was told to be durable of a build. */
  private record Acknowledged(BuildId build, int step, int version) {
    static Optional<Acknowledged> parse(String line) {
      String[] words = line.split(" ", -1);
      if (words.length != 5 || !words[4].equals(".")) {
        return Optional.empty(); // killed while it said so
      }
      var build = new BuildId(new JobName(words[0]), Integer.parseInt(words[1]));
      return Optional.of(
          new Acknowledged(build, Integer.parseInt(words[2]), Integer.parseInt(words[3])));
    }

    Acknowledged later(Acknowledged other) {
      return new Acknowledged(build, Math.max(step, other.step), Math.max(version, other.version));
    }

    void check(SqliteStore store) {
      assertThat(store.builds().find(build)).isPresent();
      assertThat(store.builds().journal(build)).hasSizeGreaterThanOrEqualTo(step);
      if (version >= 0) {
        assertThat(store.launches().ofBuild(build))
            .singleElement()
            .extracting(Launch::version)
            .matches(stored -> stored >= version);
      }
    }
  }

  /** Writes until it is killed and says what was acknowledged: job, number, step, version. */
  static final class Victim {
    private final SqliteStore store;
    private final String job;

    private Victim(SqliteStore store, String job) {
      this.store = store;
      this.job = job;
    }

    public static void main(String[] args) {
      SqliteStore store = SqliteStore.open(Path.of(args[0]));
      for (int writer = 0; writer < WRITERS; writer++) {
        var victim = new Victim(store, "job-" + writer);
        Thread.ofPlatform().start(victim::writeForEver);
      }
    }

    private void writeForEver() {
      while (true) {
        BuildId build = store.builds().create(Samples.newBuild(job)).id();
        say(build, 0, -1);
        Launch launch = Samples.launch(build);
        store.launches().create(launch, audit(launch));
        for (int step = 5; step <= 50; step += 5) {
          for (int log = step - 4; log < step; log++) {
            store.builds().append(build, Samples.log(log));
          }
          store.builds().append(build, Samples.effect(step));
          say(build, step, launch.version());
          launch = launch.next(new LaunchState.Submitted("task-" + step));
          store.launches().update(launch, audit(launch));
          say(build, step, launch.version());
        }
      }
    }

    private static AuditRecord audit(Launch launch) {
      return new AuditRecord(
          Samples.AT,
          "launch-moved",
          "controller",
          Optional.of(launch.build()),
          Map.of("launch", launch.id().value(), "version", Integer.toString(launch.version())));
    }

    private static void say(BuildId build, int step, int version) {
      System.out.println(build.job() + " " + build.number() + " " + step + " " + version + " .");
      System.out.flush();
    }
  }
}
