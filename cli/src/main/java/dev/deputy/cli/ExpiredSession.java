package dev.deputy.cli;

import dev.deputy.sandbox.AccessKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A session that was real and has expired, as the command {@code sandbox-expired-session} on the
 * PATH of the sandbox's tasks: something to try that must be refused.
 *
 * @param folder that is put on the PATH
 */
record ExpiredSession(Path folder) {
  static ExpiredSession in(Path files) throws IOException {
    Path folder = files.resolve("bin");
    Files.createDirectories(folder);
    return new ExpiredSession(folder);
  }

  void write(AccessKey key) throws IOException {
    Path script = folder.resolve("sandbox-expired-session");
    Files.writeString(
        script,
        "#!/bin/sh\n# Prints key id, secret and token of a session that has expired.\necho "
            + key.id()
            + " "
            + key.secret()
            + " "
            + key.sessionToken().orElseThrow()
            + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
