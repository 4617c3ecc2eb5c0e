package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.deputy.core.JobName;
import dev.deputy.core.LibraryStore;
import dev.deputy.core.LibraryStore.Unusable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredLibrariesTest {
  private static final JobName SHOP = new JobName("shop");

  @TempDir Path folder;
  private ConfigurationFile file;
  private GitCheckout library;

  @BeforeEach
  void libraryWithTwoVersions() {
    file = new ConfigurationFile(folder);
    library = GitCheckout.init(folder.resolve("shared"));
    library.write("vars/greet.groovy", "def call() { 'one' }");
    library.write("vars/greet.txt", "help");
    library.write("src/org/acme/Tool.groovy", "package org.acme\nclass Tool {}");
    library.write("resources/org/acme/a.json", "{}");
    library.write("test/x.groovy", "no part of it");
    library.commitAll();
    library.git("tag", "v1");
    library.write("vars/greet.groovy", "def call() { 'two' }");
    library.commitAll();
  }

  private ConfiguredLibraries store(String libraries) {
    Configuration configuration =
        file.load(ConfigurationFile.VALID + "libraries:\n" + libraries.indent(2));
    return new ConfiguredLibraries(configuration.libraries(), folder.resolve("cache"), false);
  }

  private LibraryStore.Library load(String entry, Optional<String> version) throws Unusable {
    return store(entry).load(SHOP, "shared", version);
  }

  @Test
  void versionIsTheFilesOfOneCommit() throws Unusable {
    String entry = "- {name: shared, path: shared, defaultVersion: main}";

    LibraryStore.Library main = load(entry, Optional.empty());
    LibraryStore.Library first = load(entry, Optional.of("v1"));

    assertThat(main.vars()).containsOnlyKeys("greet").containsValue("def call() { 'two' }");
    assertThat(main.version()).isEqualTo("main");
    assertThat(main.commit()).contains(library.gitLine("rev-parse", "HEAD"));
    assertThat(main.sources()).containsOnlyKeys("org.acme.Tool");
    assertThat(main.resources()).containsOnlyKeys("org/acme/a.json");
    assertThat(first.vars()).containsValue("def call() { 'one' }");
    assertThat(first.commit()).contains(library.gitLine("rev-parse", "v1"));
  }

  @Test
  void folderWithoutAVersionIsAsItLies() throws Unusable {
    library.write("vars/greet.groovy", "edited");

    LibraryStore.Library read = load("- {name: shared, path: shared}", Optional.empty());

    assertThat(read.vars()).containsEntry("greet", "edited");
    assertThat(read.commit()).isEmpty();
    assertThat(new String(read.resources().get("org/acme/a.json"), StandardCharsets.UTF_8))
        .isEqualTo("{}");
  }

  @Test
  void pinnedLibraryHasNoOtherVersion() {
    String entry =
        "- {name: shared, path: shared, defaultVersion: v1, allowVersionOverride: false}";

    assertThatThrownBy(() -> load(entry, Optional.of("main")))
        .hasMessage("Version override not permitted for library shared");
  }

  @Test
  void unknownVersionIsSaid() {
    assertThatThrownBy(() -> load("- {name: shared, path: shared}", Optional.of("nowhere")))
        .hasMessageContaining("there is no branch, tag or commit nowhere");
  }

  @Test
  void folderLibraryIsForItsJobsOnly() throws Unusable {
    ConfiguredLibraries store =
        store("- {name: shared, path: shared, jobs: ['team/**'], implicit: true}");

    assertThat(store.implicit(SHOP)).isEmpty();
    assertThat(store.implicit(new JobName("team/x"))).containsExactly("shared");
    assertThatThrownBy(() -> store.load(SHOP, "shared", Optional.empty()))
        .hasMessageContaining("Could not find any definition of libraries [shared]");
    assertThat(store.load(new JobName("team/x"), "shared", Optional.empty()).name())
        .isEqualTo("shared");
  }

  @Test
  void nearestNameIsOffered() {
    assertThatThrownBy(
            () -> store("- {name: shared, path: shared}").load(SHOP, "sharde", Optional.empty()))
        .hasMessageContaining("did you mean 'shared'?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- {name: x}",
        "- {name: x, path: a, git: https://example.com/x}",
        "- {name: x, git: 'ssh://git@example.com/x'}",
        "- {name: x, git: 'https://ann:pw@example.com/x'}",
        "- {name: x, git: 'file:///etc'}",
        "- {name: x, git: https://example.com/x, implicit: true}",
        "- {name: '../x', path: a}",
        "- {name: x, path: a, defaultVersion: '--x'}"
      })
  void librariesThatCanNotBeAreRefused(String entry) {
    assertThat(catchThrowableOfType(InvalidConfiguration.class, () -> store(entry))).isNotNull();
  }

  @Test
  void linkOutOfAFolderIsNoPartOfALibrary() throws Exception {
    Files.createSymbolicLink(library.top().resolve("resources/passwd"), Path.of("/etc/passwd"));

    assertThat(load("- {name: shared, path: shared}", Optional.empty()).resources())
        .containsOnlyKeys("org/acme/a.json");
  }
}
