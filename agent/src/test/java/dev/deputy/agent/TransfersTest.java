package dev.deputy.agent;

import static dev.deputy.agent.RunningAgent.script;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.AgentMessage.TransferDone;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.Protocol;
import dev.deputy.protocol.RequestId;
import dev.deputy.protocol.TransferId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransfersTest {
  @TempDir Path folder;
  private FakeController controller;
  private FakeAws aws;
  private Path workspace;

  @BeforeEach
  void open() throws Exception {
    assertThat(folder.toFile().setExecutable(true, false)).isTrue();
    controller = new FakeController();
    aws = new FakeAws();
    RunningAgent.start(controller, aws, folder);
    workspace = Path.of(controller.await(AgentMessage.Ready.class).workspace());
  }

  @AfterEach
  void close() throws Exception {
    assertThat(controller.complaints()).isEmpty();
    controller.send(new ControllerMessage.Stop());
    controller.await(AgentMessage.Bye.class);
    controller.stop();
    aws.close();
  }

  @Test
  void matchingFilesTravelThereAndBack() throws Exception {
    run(
        """
        mkdir -p target/classes 'odd dir' src
        echo a > target/a.jar
        echo b > target/classes/B
        chmod 755 target/a.jar
        echo c > "$(printf 'odd dir/ümlaut\\t.jar')"
        echo d > src/d.jar
        ln -s a.jar target/link.jar
        long=$(printf 'x%.0s' $(seq 120))
        mkdir $long
        echo e > $long/$long.jar
        """);

    TransferDone put = put("", List.of("**/*.jar"), List.of("src/**"));
    TransferDone got = get("copy");

    assertThat(put.error()).isEmpty();
    assertThat(put.files()).isEqualTo(4);
    assertThat(got.error()).isEmpty();
    assertThat(got.files()).isEqualTo(4);
    assertThat(got.bytes()).isEqualTo(put.bytes()).isPositive();
    assertThat(workspace.resolve("copy/target/a.jar")).hasContent("a\n").isExecutable();
    assertThat(workspace.resolve("copy/target/link.jar")).isSymbolicLink().hasContent("a\n");
    assertThat(workspace.resolve("copy/odd dir/ümlaut\t.jar")).hasContent("c\n");
    assertThat(workspace.resolve("copy/" + "x".repeat(120) + '/' + "x".repeat(120) + ".jar"))
        .hasContent("e\n");
    assertThat(workspace.resolve("copy/src")).doesNotExist();
  }

  /** A controller repeats orders whose answers it has not heard, on a new connection. */
  @Test
  void anOrderThatIsRepeatedIsCarriedOutOnceAndAnsweredAgain() throws Exception {
    run("echo a > a.txt");
    put("", List.of("a.txt"), List.of());
    TransferDone first = get("t", "copy");
    run("rm copy/a.txt", "remove");
    assertThat(get("t", "copy")).isEqualTo(first);
    assertThat(workspace.resolve("copy/a.txt")).doesNotExist();
  }

  @Test
  void nothingThatMatchesIsAnEmptyArchive() throws Exception {
    TransferDone put = put("", List.of("*.none"), List.of());
    TransferDone got = get("");

    assertThat(put.error()).isEmpty();
    assertThat(put.files()).isZero();
    assertThat(got.error()).isEmpty();
    assertThat(got.files()).isZero();
  }

  @Test
  void missingFolderAndMissingArchiveAreSaid() throws Exception {
    assertThat(put("missing", List.of("**"), List.of()).error()).isPresent();
    assertThat(get("").error()).contains("the controller answered 404");
  }

  @Test
  void archivesThatLeadOutAreRefused() throws Exception {
    refuses(file("../outside"), "../outside leads out of the folder");
    refuses(file("/etc/outside"), "/etc/outside leads out of the folder");
    refuses(file("a/../../outside"), "a/../../outside leads out of the folder");
    refuses(link("l", "/etc"), "l: the link to /etc leads out of the folder");
    refuses(link("l", "../x"), "l: the link to ../x leads out of the folder");
    refuses(link("a/l", "../../x"), "a/l: the link to ../../x leads out of the folder");
    refuses(link("l", "a/../.."), "l: the link to a/../.. leads out of the folder");
    refuses(List.of(entry(TarEntry.Type.HARD_LINK, "h", "../../x")), "../../x leads out");
    refuses(List.of(entry(TarEntry.Type.HARD_LINK, "h", "x")), "h is a link to no file");
    refuses(
        List.of(entry(TarEntry.Type.LINK, "l", "d"), entry(TarEntry.Type.FILE, "l/outside", "")),
        "l/outside lies below the link l");
    assertThat(folder.resolve("agent/outside")).doesNotExist();
    assertThat(workspace.resolveSibling("outside")).doesNotExist();
  }

  @Test
  void linkOfAStepDoesNotLeadAnArchiveOut() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    assertThat(outside.toFile().setWritable(true, false)).isTrue();
    run("ln -s " + outside + " elsewhere\nln -s " + folder + "/agent/control control\n");
    controller.archives.put(new TransferId("t"), archive(file("elsewhere/file")));

    assertThat(get("").error()).hasValueSatisfying(e -> assertThat(e).contains("leads out"));
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void foldersOutsideOfTheWorkspaceArePackedAndUnpacked() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    assertThat(outside.toFile().setWritable(true, false)).isTrue();
    controller.archives.put(new TransferId("t"), archive(file("a/file")));

    assertThat(get(outside + "/new").error()).isEmpty();
    assertThat(outside.resolve("new/a/file")).exists();
    assertThat(put(outside.toString(), List.of("**"), List.of()).files()).isEqualTo(1);
  }

  @Test
  void agentsOwnFilesAreOutOfReach() throws Exception {
    assumeTrue(Programs.root(), "steps run as the agent");
    Path control = folder.resolve("agent/control");
    Files.writeString(control.resolve("mine"), "mine");
    Path open = Files.createDirectory(control.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    run("ln -s " + control + " control\n");

    for (String dir : List.of("control", "../control", control.toString(), "control/open")) {
      assertThat(put(dir, List.of("**"), List.of()).error()).isPresent();
      controller.archives.put(new TransferId("t"), archive(file("file")));
      assertThat(get(dir).error()).isPresent();
    }
    assertThat(open).isEmptyDirectory();
    refusesFile(new ControllerMessage.ReadFile(new RequestId("1"), "control/mine"));
    refusesFile(new ControllerMessage.ReadFile(new RequestId("2"), control + "/mine"));
    refusesFile(
        new ControllerMessage.WriteFile(
            new RequestId("3"), "control/open/x", ByteBuffer.allocate(1)));
    refusesFile(new ControllerMessage.DeleteDirectory(new RequestId("4"), control.toString()));
    assertThat(control.resolve("mine")).exists();
  }

  @Test
  void brokenArchiveIsSaid() throws Exception {
    byte[] whole = archive(file("a"));
    controller.archives.put(new TransferId("t"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
    assertThat(get("").error()).isPresent();
    controller.archives.put(new TransferId("t"), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThat(get("").error()).isPresent();
  }

  @Test
  void filesAreWrittenReadFoundAndDeleted() throws Exception {
    controller.send(
        new ControllerMessage.WriteFile(
            new RequestId("w"), "new/file", ByteBuffer.wrap("content".getBytes(UTF_8))));
    assertThat(controller.await(AgentMessage.FileState.class).exists()).isTrue();
    assertThat(workspace.resolve("new/file")).hasContent("content");

    controller.send(new ControllerMessage.ReadFile(new RequestId("r"), "new/file"));
    assertThat(controller.await(AgentMessage.FileContent.class).content())
        .isEqualTo(ByteBuffer.wrap("content".getBytes(UTF_8)));

    controller.send(new ControllerMessage.FileExists(new RequestId("e"), "new"));
    assertThat(state("e").exists()).isTrue();
    controller.send(new ControllerMessage.DeleteDirectory(new RequestId("d"), "new"));
    assertThat(state("d").exists()).isFalse();
    controller.send(new ControllerMessage.FileExists(new RequestId("e2"), "new"));
    assertThat(state("e2").exists()).isFalse();
  }

  @Test
  void workspaceItselfIsEmptiedAndStays() throws Exception {
    run("mkdir -p a/b .hidden\ntouch a/b/c .file\nln -s / root\n");

    controller.send(new ControllerMessage.DeleteDirectory(new RequestId("d"), ""));

    assertThat(state("d").exists()).isTrue();
    assertThat(workspace).isEmptyDirectory();
  }

  @Test
  void filesOutsideOfTheWorkspaceAreWhatTheAccountMayReach() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    assertThat(outside.toFile().setWritable(true, false)).isTrue();
    Path file = outside.resolve("new/file");

    controller.send(
        new ControllerMessage.WriteFile(
            new RequestId("w"), file.toString(), ByteBuffer.wrap("content".getBytes(UTF_8))));
    assertThat(state("w").exists()).isTrue();
    String relative = workspace.toRealPath().relativize(file.toRealPath()).toString();
    controller.send(new ControllerMessage.ReadFile(new RequestId("r"), relative));
    assertThat(controller.await(AgentMessage.FileContent.class).content())
        .isEqualTo(ByteBuffer.wrap("content".getBytes(UTF_8)));
    controller.send(new ControllerMessage.DeleteDirectory(new RequestId("d"), outside + "/new"));
    assertThat(state("d").exists()).isFalse();

    assertThat(outside).isEmptyDirectory();
    refusesFile(
        new ControllerMessage.WriteFile(new RequestId("root"), "/", ByteBuffer.allocate(1)));
  }

  @Test
  void fileTooLongToReadIsSaid() throws Exception {
    run("head -c " + (Protocol.MAX_CONTENT + 1) + " /dev/zero > long\n");

    controller.send(new ControllerMessage.ReadFile(new RequestId("r"), "long"));

    assertThat(controller.await(AgentMessage.FileFailed.class).error())
        .isEqualTo("cat gave more than " + Protocol.MAX_CONTENT + " bytes");
  }

  private void refusesFile(ControllerMessage request) throws Exception {
    controller.send(request);
    failures++;
    controller.awaitCount(AgentMessage.FileFailed.class, failures);
  }

  private AgentMessage.FileState state(String request) throws Exception {
    return controller.await(
        AgentMessage.FileState.class, state -> state.request().value().equals(request));
  }

  private void run(String script) throws Exception {
    run(script, "prepare");
  }

  private void run(String script, String step) throws Exception {
    controller.send(script(step, script));
    controller.awaitExit(step);
  }

  private TransferDone put(String dir, List<String> includes, List<String> excludes)
      throws Exception {
    controller.send(new ControllerMessage.PutFiles(new TransferId("t"), dir, includes, excludes));
    return next();
  }

  private TransferDone get(String dir) throws Exception {
    return get("t", dir);
  }

  private TransferDone get(String id, String dir) throws Exception {
    controller.send(new ControllerMessage.GetFiles(new TransferId(id), dir));
    return next();
  }

  private int transfers;
  private int failures;

  private TransferDone next() throws Exception {
    transfers++;
    return controller.awaitCount(TransferDone.class, transfers).get(transfers - 1);
  }

  private void refuses(List<TarEntry> entries, String message) throws Exception {
    String id = "refused-" + transfers;
    controller.archives.put(new TransferId(id), archive(entries));
    assertThat(get(id, "unpacked").error())
        .hasValueSatisfying(error -> assertThat(error).contains(message));
  }

  private static List<TarEntry> file(String name) {
    return List.of(entry(TarEntry.Type.FILE, name, ""));
  }

  private static List<TarEntry> link(String name, String target) {
    return List.of(entry(TarEntry.Type.LINK, name, target));
  }

  private static TarEntry entry(TarEntry.Type type, String name, String target) {
    return new TarEntry(type, name, 0644, target, 0, 0);
  }

  private static byte[] archive(List<TarEntry> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      TarWriter writer = new TarWriter(gzip);
      for (TarEntry entry : entries) {
        writer.header(entry);
      }
      writer.end();
    }
    return bytes.toByteArray();
  }
}
