package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostProgramsTest {
  private static final String NAME = "program-of-this-test";

  @TempDir private Path folder;
  private Path bin;
  private Path program;

  @BeforeEach
  void install() throws IOException {
    bin = Files.createDirectory(folder.resolve("bin"));
    program = Files.writeString(bin.resolve(NAME), "#!/bin/sh\n");
    permit(folder, "rwxr-xr-x");
    permit(bin, "rwxr-xr-x");
    permit(program, "rwxr-xr-x");
  }

  @Test
  void programThatAnybodyCanStartIsForEveryone() {
    assertThat(programs(bin).findForEveryone(NAME)).contains(program);
  }

  @Test
  void programInAPrivateFolderIsNot() throws IOException {
    permit(folder, "rwx------");

    assertThat(programs(bin).find(NAME)).contains(program);
    assertThat(programs(bin).findForEveryone(NAME)).isEmpty();
  }

  @Test
  void programThatOnlyItsOwnerMayStartIsNot() throws IOException {
    permit(program, "rwxr--r--");

    assertThat(programs(bin).findForEveryone(NAME)).isEmpty();
  }

  @Test
  void linkIntoAPrivateFolderIsNotAndALaterProgramIsTaken(@TempDir Path open) throws IOException {
    Path first = Files.createDirectory(open.resolve("first"));
    Path second = Files.createDirectory(open.resolve("second"));
    Files.createSymbolicLink(first.resolve(NAME), program);
    Path other = Files.copy(program, second.resolve(NAME));
    for (Path path : new Path[] {open, first, second, other}) {
      permit(path, "rwxr-xr-x");
    }
    permit(folder, "rwx------");

    assertThat(programs(first, second).findForEveryone(NAME)).contains(other);
  }

  private static HostPrograms programs(Path... directories) {
    return new HostPrograms(
        String.join(":", Arrays.stream(directories).map(Path::toString).toList()));
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
