package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.Commit;
import dev.deputy.core.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the git program finds in a history that was sent. */
class CommitHistoryTest {
  @TempDir Path folder;
  private GitCheckout checkout;

  @BeforeEach
  void oneCommit() {
    checkout = GitCheckout.init(folder.resolve("checkout"));
    checkout.write("Jenkinsfile", "echo 'x'");
    checkout.write("folder/file.txt", "one\n");
    checkout.commitAll();
  }

  private Source source() throws IOException {
    return LocalSource.of(checkout.top().resolve("Jenkinsfile")).source();
  }

  /** Unpacks and writes the files, as an agent does. */
  private GitCheckout received() throws Exception {
    Path top = Files.createDirectories(folder.resolve("received"));
    Process tar =
        new ProcessBuilder("tar", "-xzf", "-")
            .directory(top.toFile())
            .inheritIO()
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    try (OutputStream out = tar.getOutputStream()) {
      source().history().orElseThrow().archive(out);
    }
    assertThat(tar.waitFor()).isZero();
    GitCheckout received = new GitCheckout(top);
    received.git("reset", "--hard", "--quiet");
    return received;
  }

  @Test
  void gitFindsTheCommitAndACleanTree() throws Exception {
    GitCheckout received = received();

    assertThat(received.gitLine("rev-parse", "HEAD"))
        .isEqualTo(checkout.gitLine("rev-parse", "HEAD"));
    assertThat(received.gitLine("status", "--porcelain")).isEmpty();
    assertThat(received.gitLine("log", "-1", "--format=%s")).isEqualTo("a commit");
    assertThat(received.gitLine("rev-parse", "--abbrev-ref", "HEAD")).isEqualTo("HEAD");
    assertThat(received.gitLine("fsck", "--full")).isEmpty();
    assertThat(received.top().resolve("folder/file.txt")).hasContent("one\n");
  }

  @Test
  void historyEndsCleanlyAtItsDepth() throws Exception {
    for (int i = 0; i < CommitHistory.DEPTH + 3; i++) {
      checkout.write("folder/file.txt", i + "\n");
      checkout.commitAll();
    }

    GitCheckout received = received();

    assertThat(received.gitLine("rev-list", "--count", "HEAD"))
        .isEqualTo(String.valueOf(CommitHistory.DEPTH));
    assertThat(received.gitLine("diff", "--name-only", "HEAD~1")).isEqualTo("folder/file.txt");
    assertThat(received.gitLine("rev-parse", "--is-shallow-repository")).isEqualTo("true");
    assertThat(received.gitLine("fsck", "--full")).isEmpty();
  }

  @Test
  void tagsInsideOfTheHistoryAreThereAndDescribeFindsThem() throws Exception {
    checkout.git("tag", "-a", "v1.0", "-m", "first");
    checkout.git("tag", "light");
    checkout.git("checkout", "-q", "-b", "other");
    checkout.write("other", "x");
    checkout.commitAll();
    checkout.git("tag", "elsewhere");
    checkout.git("checkout", "-q", "main");
    checkout.write("more", "x");
    checkout.commitAll();

    GitCheckout received = received();

    assertThat(received.gitLine("describe")).startsWith("v1.0-1-g");
    assertThat(received.gitLine("tag").lines()).containsExactly("light", "v1.0");
    assertThat(received.gitLine("branch", "-r").strip()).isEqualTo("origin/main");
  }

  @Test
  void nothingElseOfTheCheckoutIsSent() throws Exception {
    checkout.git("remote", "add", "origin", "https://ann:s3cr3t@git.example.com/shop.git");
    checkout.git("config", "http.extraHeader", "Authorization: s3cr3t");
    checkout.write(".git/hooks/post-checkout", "#!/bin/sh\nexit 1\n");
    checkout.git("branch", "unpublished");

    GitCheckout received = received();

    assertThat(received.gitLine("remote", "get-url", "origin"))
        .isEqualTo("https://git.example.com/shop.git");
    assertThat(received.gitLine("config", "--local", "--list")).doesNotContain("s3cr3t");
    assertThat(received.top().resolve(".git/hooks")).doesNotExist();
    assertThat(source().url()).contains("https://git.example.com/shop.git");
  }

  @Test
  void shallowCheckoutIsSentAsFarAsItGoes() throws Exception {
    checkout.write("more", "x");
    checkout.commitAll();
    Path shallow = folder.resolve("shallow");
    checkout.git("clone", "-q", "--depth", "1", "file://" + checkout.top(), shallow.toString());
    checkout = new GitCheckout(shallow);

    assertThat(received().gitLine("rev-list", "--count", "HEAD")).isEqualTo("1");
  }

  @Test
  void changesSinceACommitAreToldOldestFirst() throws Exception {
    String before = checkout.gitLine("rev-parse", "HEAD");
    checkout.write("added", "x");
    checkout.commitAll();
    checkout.git("rm", "-q", "folder/file.txt");
    checkout.write("added", "y");
    checkout.commitAll();

    List<Commit> changes = source().since(before);

    assertThat(changes).extracting(Commit::author).containsExactly("Ann", "Ann");
    assertThat(changes.getFirst().files())
        .containsExactly(new Commit.File("added", Commit.Edit.ADD));
    assertThat(changes.getLast().files())
        .containsExactly(
            new Commit.File("added", Commit.Edit.EDIT),
            new Commit.File("folder/file.txt", Commit.Edit.DELETE));
    assertThat(source().since("0123456789012345678901234567890123456789")).isEmpty();
    assertThat(source().since("no hash")).isEmpty();
  }
}
