package dev.deputy.server;

import dev.deputy.access.NamePattern;
import dev.deputy.core.JobName;
import dev.deputy.server.ConfiguredLibraries.Library;
import dev.deputy.server.ConfiguredLibraries.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code libraries}: where shared libraries are, and who has them. */
final class LibrariesSection {
  static final List<String> KEYS =
      List.of("name", "path", "git", "defaultVersion", "implicit", "allowVersionOverride", "jobs");

  private static final Form<String> NAME =
      Form.matching("letters, digits, '_', '.', '/' or '-'", "[A-Za-z0-9_][A-Za-z0-9_./-]{0,99}");
  private static final Form<String> VERSION =
      Form.matching("a branch, tag or commit", "[A-Za-z0-9_][A-Za-z0-9_./+-]{0,199}");
  private static final Form<String> ADDRESS =
      Form.text("address of a git repository: https, without user and password")
          .then(LibrariesSection::address);
  private static final Form<String> JOB =
      Form.matching("the name of a job, or a pattern", "[A-Za-z0-9_.+*/-]+")
          .then(text -> NamePattern.of(text).toString());

  private final Path folder;
  private final Names<JobName> jobs;
  private final Map<String, Integer> lines = new HashMap<>();

  LibrariesSection(Path folder, Names<JobName> jobs) {
    this.folder = folder;
    this.jobs = jobs;
  }

  /** Those without a fault, in file order. */
  List<Library> read(List<YamlMapping> section) {
    List<Library> libraries = new ArrayList<>();
    section.forEach(m -> library(m).ifPresent(libraries::add));
    return libraries;
  }

  private Optional<Library> library(YamlMapping m) {
    m.allow(KEYS);
    Optional<String> name = m.required("name", NAME);
    name.ifPresent(known -> m.once("name", known, lines));
    if (m.has("path") == m.has("git")) {
      m.problem(
          "path",
          "either path or git",
          m.has("path") ? "both" : "neither",
          "a library is in one place");
      return Optional.empty();
    }
    Optional<Location> location =
        m.has("path")
            ? m.required("path", Form.text("path of a folder"))
                .map(path -> new Location.Folder(folder.resolve(path).normalize()))
            : m.required("git", ADDRESS).map(Location.Remote::new);
    Optional<String> version = m.optional("defaultVersion", VERSION);
    boolean implicit = m.bool("implicit", false).orElse(false);
    boolean override = m.bool("allowVersionOverride", true).orElse(true);
    List<String> patterns = m.optionalList("jobs", JOB.then(this::job));
    if (implicit && m.has("git") && version.isEmpty()) {
      m.problem(
          "implicit", "defaultVersion beside it", "none", "no pipeline names a version for it");
    }
    return name.flatMap(
        n -> location.map(l -> new Library(n, l, version, implicit, override, patterns)));
  }

  private String job(String text) {
    if (text.indexOf('*') < 0) {
      jobs.require(text);
    }
    return text;
  }

  private static String address(String text) {
    if (!text.startsWith("https://") && !text.startsWith("http://")) {
      throw new Form.Rejected("the controller fetches over https; a folder is given by path");
    }
    if (!RemoteAddress.withoutCredentials(text).equals(Optional.of(text))) {
      throw new Form.Rejected("user and password have no place in this file");
    }
    return text;
  }
}
