package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskWorkspaceTest {
  private static final HostPrograms PROGRAMS = HostPrograms.ofThisProcess();
  private static final ImageCommand IMAGE = ImageCommand.of("true");
  private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

  @Test
  void whatAKilledSandboxLeftIsRemovedByTheNext() throws IOException {
    Path abandoned = Files.createTempDirectory("sandbox-tasks-");
    Files.createFile(abandoned.resolve("lock"));
    Files.writeString(Files.createDirectory(abandoned.resolve("task")).resolve("file"), "x");
    try (TaskWorkspace first = TaskWorkspace.create(PROGRAMS, Set.of(), Clock.systemUTC())) {
      Path used = first.place("one", IMAGE, false).directory();
      assertThat(abandoned).as("too young to be judged").exists();
      TaskWorkspace.create(PROGRAMS, Set.of(), LATER).close();
      assertThat(abandoned).doesNotExist();
      assertThat(used).exists();
    }
  }

  @Test
  void removalDoesNotFollowLinks(@TempDir Path outside) throws IOException {
    Path precious = Files.createFile(outside.resolve("precious"));
    Path task;
    try (TaskWorkspace workspace = TaskWorkspace.create(PROGRAMS, Set.of(), Clock.systemUTC())) {
      task = workspace.place("one", IMAGE, false).directory();
      Files.createSymbolicLink(task.resolve("link"), outside);
    }
    assertThat(task).doesNotExist();
    assertThat(precious).exists();
  }
}
