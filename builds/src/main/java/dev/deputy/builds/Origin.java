package dev.deputy.builds;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import dev.deputy.core.BuildId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a build was made of, as far as a process that goes on with it can not find it elsewhere:
 * kept in the build's folder, sealed, for parameters may be secrets.
 *
 * @param script the Jenkinsfile's path, as the user named it
 * @param text of the Jenkinsfile
 * @param commit of the source; empty where the files were taken as they lay
 * @param branch of the source, where it was known
 */
public record Origin(
    String script,
    String text,
    BuildParameters parameters,
    Optional<String> commit,
    Optional<String> branch) {
  private static final Logger LOG = LoggerFactory.getLogger(Origin.class);
  private static final String NAME = "origin";

  static Origin of(BuildRequest request) {
    return new Origin(
        request.script(),
        request.text(),
        request.parameters(),
        request.source().commit(),
        request.source().branch());
  }

  /** Whether there is one, readable or not. */
  static boolean exists(Path files, BuildId build) {
    return Files.exists(BuildStores.folder(files, build).resolve(NAME));
  }

  /**
   * @param files where builds have their folders
   * @return empty where there is none: no such build, or one that an older Deputy made
   * @throws IOException when it can not be read, or not with this controller's key
   */
  public static Optional<Origin> find(Path files, BuildId build) throws IOException {
    try {
      String sealed = Files.readString(BuildStores.folder(files, build).resolve(NAME));
      String text = Seal.in(files).open(build.toString(), sealed);
      return Optional.of(read(JsonData.read(NAME, text)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (Diverged e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  void write(BuildStores stores, BuildId build, Seal seal) throws IOException {
    Path folder = stores.folder(build);
    Files.createDirectories(folder, asFileAttribute(fromString("rwx------")));
    Path part = folder.resolve(NAME + ".part");
    Files.writeString(part, seal.close(build.toString(), JsonData.write(fields(), 0)));
    Files.move(part, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Forgets it: the build has ended. */
  static void delete(BuildStores stores, BuildId build) {
    try {
      Files.deleteIfExists(stores.folder(build).resolve(NAME));
    } catch (IOException e) {
      LOG.warn("{}: what it was made of could not be deleted", build, e);
    }
  }

  private Map<String, Object> fields() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("script", script);
    fields.put("text", text);
    fields.put("values", parameters.values());
    fields.put("passwords", parameters.passwords());
    fields.put("pending", parameters.pending());
    commit.ifPresent(id -> fields.put("commit", id));
    branch.ifPresent(name -> fields.put("branch", name));
    return fields;
  }

  private static Origin read(@Nullable Object stored) {
    Stored.Fields fields = Stored.Fields.of(stored);
    var values = new LinkedHashMap<String, Object>();
    if (fields.values().get("values") instanceof Map<?, ?> map) {
      map.forEach((name, value) -> {
        if (value != null) {
          values.put(String.valueOf(name), value);
        }
      });
    }
    return new Origin(
        fields.text("script"),
        fields.text("text"),
        new BuildParameters(values, Set.copyOf(fields.texts("passwords")), fields.map("pending")),
        fields.optionalText("commit"),
        fields.optionalText("branch"));
  }
}
