package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarTest {
  @ParameterizedTest
  @ValueSource(strings = {"gnu", "pax", "ustar", "v7", "oldgnu"})
  void everyFormOfTarIsRead(String format, @TempDir Path folder) throws Exception {
    String name = format.equals("v7") ? "short" : "n".repeat(90) + '/' + "m".repeat(60);
    Path file = folder.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "content");
    Path archive = folder.resolve("archive");
    tar("--format=" + format, "-C", folder.resolve("in").toString(), "-cf", archive + "", ".");

    List<TarEntry> entries = entries(Files.readAllBytes(archive));

    assertThat(entries)
        .filteredOn(entry -> entry.type() == TarEntry.Type.FILE)
        .singleElement()
        .satisfies(entry -> assertThat(entry.name()).isEqualTo("./" + name))
        .satisfies(entry -> assertThat(entry.size()).isEqualTo(7));
  }

  @Test
  void archiveOfGitIsRead(@TempDir Path folder) throws Exception {
    assumeTrue(Programs.exist("git"), "git is not installed");
    Path archive = folder.resolve("archive");
    run(
        "sh",
        "-c",
        "cd '"
            + folder
            + "' && git init -q . && echo hi > a && ln -s a b && git add a b && git -c"
            + " user.name=n -c user.email=e commit -qm m && git archive HEAD > archive");

    assertThat(entries(Files.readAllBytes(archive)))
        .extracting(TarEntry::type, TarEntry::name, TarEntry::target)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(TarEntry.Type.FILE, "a", ""),
            org.assertj.core.groups.Tuple.tuple(TarEntry.Type.LINK, "b", "a"));
  }

  @Test
  void pipeIsRefused(@TempDir Path folder) throws Exception {
    run("mkfifo", folder.resolve("pipe").toString());
    tar("-C", folder.toString(), "-cf", folder + ".tar", "pipe");

    byte[] archive = Files.readAllBytes(Path.of(folder + ".tar"));
    Files.delete(Path.of(folder + ".tar"));
    assertThatThrownBy(() -> entries(archive)).hasMessage("pipe is no file, folder or link");
  }

  @Test
  void damagedHeaderIsRefused() throws IOException {
    byte[] archive = write(new TarEntry(TarEntry.Type.FILE, "file", 0644, "", 0, 0));
    archive[2]++;

    assertThatThrownBy(() -> entries(archive)).hasMessageContaining("checksum");
  }

  @Property
  void whatIsWrittenIsRead(
      @ForAll @IntRange(min = 1, max = 400) int nameLength,
      @ForAll @IntRange(max = 2000) int size,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    String name =
        random
            .ints(nameLength, 'a', 'z')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    TarEntry file = new TarEntry(TarEntry.Type.FILE, name, 0751, "", size, 1_700_000_000L);
    TarEntry link = new TarEntry(TarEntry.Type.LINK, "l", 0777, name + 'ü', 0, 0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter writer = new TarWriter(out);
    byte[] content = new byte[size];
    random.nextBytes(content);
    writer.header(file);
    out.write(content);
    writer.endContent(size);
    writer.header(link);
    writer.end();

    TarReader reader = new TarReader(new ByteArrayInputStream(out.toByteArray()));
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    assertThat(reader.next()).contains(file);
    reader.content(read);
    assertThat(read.toByteArray()).isEqualTo(content);
    assertThat(reader.next()).contains(link);
    assertThat(reader.next()).isEmpty();
  }

  @Property
  void damageNeverDoesMoreThanFail(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    byte[] archive = write(new TarEntry(TarEntry.Type.LINK, "n".repeat(150), 0644, "t", 0, 0));
    for (int i = 0; i < 1 + random.nextInt(20); i++) {
      archive[random.nextInt(archive.length)] = (byte) random.nextInt();
    }
    try {
      entries(archive);
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  private static byte[] write(TarEntry entry) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter writer = new TarWriter(out);
    writer.header(entry);
    writer.end();
    return out.toByteArray();
  }

  private static List<TarEntry> entries(byte[] archive) throws IOException {
    TarReader reader = new TarReader(new ByteArrayInputStream(archive));
    List<TarEntry> entries = new ArrayList<>();
    Optional<TarEntry> next = reader.next();
    while (next.isPresent()) {
      entries.add(next.get());
      next = reader.next();
    }
    return entries;
  }

  private static void tar(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("tar"));
    command.addAll(List.of(arguments));
    run(command.toArray(new String[0]));
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
