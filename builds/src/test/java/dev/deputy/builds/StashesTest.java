package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.deputy.pipeline.PipelineException.StepFailed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StashesTest {
  @TempDir Path folder;
  private Stashes stashes;

  @BeforeEach
  void open() {
    stashes = new Stashes(folder);
  }

  private Stashes.Taken keep(String name, String content) throws Exception {
    Stashes.Taken taken =
        stashes.keep(
            name,
            false,
            sink -> {
              sink.take(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
              return content.isEmpty() ? 0 : 1;
            });
    stashes.register(name, taken);
    return taken;
  }

  private String content(String name) throws Exception {
    var out = new ByteArrayOutputStream();
    stashes.content(name).writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aStashComesBackAsItWas() throws Exception {
    Stashes.Taken taken = keep("release", "bytes");
    assertThat(taken).isEqualTo(new Stashes.Taken(1, Digests.hex("bytes")));
    assertThat(content("release")).isEqualTo("bytes");
  }

  @Test
  void aLaterStashOfThatNameReplacesIt() throws Exception {
    keep("release", "old");
    keep("release", "new");
    assertThat(stashes.has("release")).isTrue();
    assertThat(content("release")).isEqualTo("new");
  }

  @Test
  void nothingIsLeftOfAnEmptyOne() throws Exception {
    assertThatExceptionOfType(StepFailed.class)
        .isThrownBy(() -> keep("release", ""))
        .withMessage("No files included in stash ‘release’");
    assertThat(stashes.has("release")).isFalse();
    try (var left = Files.list(folder.resolve("stashes"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aStashThatWasTamperedWithIsNotGivenOut() throws Exception {
    keep("release", "bytes");
    try (var files = Files.list(folder.resolve("stashes"))) {
      List<Path> all = files.toList();
      Files.writeString(all.getFirst(), "other");
    }
    assertThatIOException().isThrownBy(() -> content("release")).withMessageContaining("release");
  }

  @Test
  void whatWasNeverStashedIsRefusedByName() {
    assertThatExceptionOfType(StepFailed.class)
        .isThrownBy(() -> stashes.content("release"))
        .withMessage("No such saved stash ‘release’");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../x", "a/b", ".hidden", "a\0b", "a\nb"})
  void namesThatAreNoNamesAreRefused(String name) {
    assertThatExceptionOfType(StepFailed.class).isThrownBy(() -> Stashes.requireName(name));
  }
}
