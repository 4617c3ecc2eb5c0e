package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which state of which files is built, and when its branch may be believed. */
class LocalSourceTest {
  private static final String AS_IT_LIES =
      ": the files are taken as they lie there and BRANCH_NAME is not set";

  @TempDir Path folder;
  private GitCheckout checkout;
  private Path jenkinsfile;

  @BeforeEach
  void start() throws IOException {
    folder = folder.toRealPath();
    checkout = GitCheckout.init(folder.resolve("shop"));
    jenkinsfile = checkout.write("Jenkinsfile", "pipeline {}");
  }

  @Test
  void cleanCheckoutIsItsCommitOnItsBranch() throws IOException {
    checkout.write("src/Main.java", "class Main {}");
    checkout.commitAll();
    LocalSource source = LocalSource.of(jenkinsfile);
    String head = checkout.gitLine("rev-parse", "HEAD");
    assertThat(source.top()).isEqualTo(checkout.top());
    assertThat(source.warning()).isEmpty();
    assertThat(source.source().branch()).contains("main");
    assertThat(source.source().commit()).contains(head);
    assertThat(source.source().describe())
        .isEqualTo(checkout.top() + " at " + head.substring(0, 8) + " (main)");
    assertThat(GitCheckout.content(source.source())).isEqualTo(checkout.gitArchive());
  }

  @Test
  void topIsFoundFromAFolderBelowIt() throws IOException {
    Path inner = checkout.write("services/cart/Jenkinsfile", "pipeline {}");
    checkout.commitAll();
    checkout.git("checkout", "-q", "-b", "feature/cart-2");
    LocalSource source = LocalSource.of(inner);
    assertThat(source.top()).isEqualTo(checkout.top());
    assertThat(source.source().branch()).contains("feature/cart-2");
  }

  @Test
  void commitStaysWhatItWasWhenTheCheckoutMovesOn() throws IOException {
    checkout.commitAll();
    LocalSource source = LocalSource.of(jenkinsfile);
    SortedMap<String, String> before = checkout.gitArchive();
    checkout.write("Jenkinsfile", "pipeline { evil }");
    checkout.write("new", "new");
    checkout.commitAll();
    assertThat(GitCheckout.content(source.source())).isEqualTo(before);
  }

  @Test
  void archiveOfACommitIsTheSameEveryTime() throws IOException {
    checkout.write("a/b", "c");
    checkout.commitAll();
    LocalSource source = LocalSource.of(jenkinsfile);
    byte[] first = GitCheckout.archive(source.source());
    Files.setLastModifiedTime(jenkinsfile, FileTime.fromMillis(0));
    assertThat(GitCheckout.archive(LocalSource.of(jenkinsfile).source())).isEqualTo(first);
  }

  @Test
  void archiveHoldsWhatGitArchiveHolds() throws IOException {
    checkout.write("with space/and \"quote\".txt", "1");
    checkout.write("ünï/日本語/😀.txt", "2");
    checkout.write("deep/" + "long-name-".repeat(12) + "/" + "x".repeat(120), "3");
    checkout.write("empty", "");
    checkout.write("binary", "\0\u0001\u00ff\r\n");
    Path script = checkout.write("run.sh", "#!/bin/sh\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(checkout.top().resolve("to-script"), Path.of("run.sh"));
    Files.createSymbolicLink(checkout.top().resolve("dangling"), Path.of("ünï/nowhere"));
    Files.createSymbolicLink(
        checkout.top().resolve("far"), Path.of("deep", "long-name-".repeat(12), "x".repeat(120)));
    checkout.write(".gitignore", "*.log\n");
    checkout.write("ignored.log", "no");
    checkout.commitAll();
    LocalSource source = LocalSource.of(jenkinsfile);
    assertThat(source.warning()).isEmpty();
    assertThat(GitCheckout.content(source.source()))
        .isEqualTo(checkout.gitArchive())
        .containsKeys("with space/and \"quote\".txt", "ünï/日本語/😀.txt")
        .doesNotContainKey("ignored.log");
  }

  @Test
  void modifiedFileIsTakenAsItLies() throws IOException {
    checkout.write("a", "old");
    checkout.commitAll();
    checkout.write("a", "new");
    LocalSource source = LocalSource.of(jenkinsfile);
    assertThat(source.warning()).contains("there are uncommitted changes (a)" + AS_IT_LIES);
    assertThat(source.source().branch()).isEmpty();
    assertThat(source.source().commit()).isEmpty();
    assertThat(GitCheckout.content(source.source()).get("a")).endsWith("plain new");
  }

  @Test
  void changeOfTheSameSizeRightAfterTheCommitIsSeen() throws IOException {
    checkout.write("a", "old");
    checkout.commitAll();
    checkout.write("a", "new");
    assertThat(LocalSource.of(jenkinsfile).source().branch()).isEmpty();
  }

  @Test
  void untrackedDeletedAndStagedFilesAreChanges() throws IOException {
    checkout.write("gone", "x");
    checkout.write("b", "x");
    checkout.commitAll();
    checkout.write("untracked/file", "y");
    Files.delete(checkout.top().resolve("gone"));
    checkout.write("staged", "z");
    checkout.git("add", "staged");
    LocalSource source = LocalSource.of(jenkinsfile);
    assertThat(source.warning())
        .contains("there are uncommitted changes (gone and 2 more)" + AS_IT_LIES);
    assertThat(GitCheckout.content(source.source()))
        .containsOnlyKeys("Jenkinsfile", "b", "staged", "untracked/file");
  }

  @Test
  void changeOfAModeIsAChange() throws IOException {
    checkout.commitAll();
    Files.setPosixFilePermissions(jenkinsfile, PosixFilePermissions.fromString("rwxr-xr-x"));
    LocalSource source = LocalSource.of(jenkinsfile);
    assertThat(source.source().branch()).isEmpty();
    assertThat(GitCheckout.content(source.source()).get("Jenkinsfile")).contains(" executable ");
  }

  @Test
  void filesAsTheyLieKeepLinksAndModes() throws IOException {
    Path script = checkout.write("run.sh", "#!/bin/sh\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(checkout.top().resolve("outside"), Path.of("../elsewhere"));
    Files.createSymbolicLink(checkout.top().resolve("folder"), Path.of("."));
    SortedMap<String, String> content = GitCheckout.content(LocalSource.of(jenkinsfile).source());
    content.replaceAll((_, value) -> value.replaceFirst("^\\S+ ", ""));
    assertThat(content)
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "Jenkinsfile", "plain pipeline {}",
                    "run.sh", "executable #!/bin/sh\n",
                    "outside", "link to ../elsewhere",
                    "folder", "link to .")));
  }

  @Test
  void ignoredFilesAreNoChangesAndNoSource() throws IOException {
    checkout.write(".gitignore", "target/\n");
    checkout.commitAll();
    checkout.write("target/secret", "x");
    LocalSource source = LocalSource.of(jenkinsfile);
    assertThat(source.warning()).isEmpty();
    checkout.write("dirty", "x");
    assertThat(GitCheckout.content(LocalSource.of(jenkinsfile).source()))
        .containsOnlyKeys(".gitignore", "Jenkinsfile", "dirty");
  }

  @Test
  void jenkinsfileThatGitIgnoresIsOfNoBranch() throws IOException {
    checkout.write(".gitignore", "mine/\n");
    checkout.commitAll();
    Path mine = checkout.write("mine/Jenkinsfile", "pipeline { evil }");
    LocalSource source = LocalSource.of(mine);
    assertThat(source.source().branch()).isEmpty();
    assertThat(source.warning()).contains("Jenkinsfile is not what the commit has" + AS_IT_LIES);
  }

  @Test
  void jenkinsfileThatGitWasToldToOverlookIsOfNoBranch() throws IOException {
    checkout.commitAll();
    checkout.git("update-index", "--assume-unchanged", "Jenkinsfile");
    checkout.write("Jenkinsfile", "pipeline { evil }");
    assertThat(LocalSource.of(jenkinsfile).source().branch()).isEmpty();
    checkout.git("update-index", "--no-assume-unchanged", "--skip-worktree", "Jenkinsfile");
    assertThat(LocalSource.of(jenkinsfile).source().branch()).isEmpty();
  }

  @Test
  void jenkinsfileBehindALinkOutOfTheCheckoutIsOfNoBranch() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "pipeline { evil }");
    Path link = Files.createSymbolicLink(checkout.top().resolve("linked"), elsewhere);
    checkout.commitAll();
    assertThat(LocalSource.of(jenkinsfile).source().branch()).contains("main");
    assertThat(LocalSource.of(link).source().branch()).isEmpty();
  }

  @Test
  void detachedHeadIsTheCommitOfNoBranch() throws IOException {
    checkout.commitAll();
    checkout.git("checkout", "-q", "--detach");
    LocalSource source = LocalSource.of(jenkinsfile);
    assertThat(source.warning()).contains("HEAD is detached: BRANCH_NAME is not set");
    assertThat(source.source().branch()).isEmpty();
    assertThat(source.source().commit()).contains(checkout.gitLine("rev-parse", "HEAD"));
    assertThat(GitCheckout.content(source.source())).isEqualTo(checkout.gitArchive());
  }

  @Test
  void tagIsNoBranch() throws IOException {
    checkout.commitAll();
    checkout.git("tag", "main2");
    checkout.git("checkout", "-q", "main2");
    assertThat(LocalSource.of(jenkinsfile).source().branch()).isEmpty();
  }

  @Test
  void checkoutWithoutCommitsIsTakenAsItLies() throws IOException {
    LocalSource source = LocalSource.of(jenkinsfile);
    assertThat(source.warning()).contains("there is no commit yet" + AS_IT_LIES);
    assertThat(GitCheckout.content(source.source())).containsOnlyKeys("Jenkinsfile");
  }

  @Test
  void folderOutsideOfGitIsTakenAsItLies() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("plain/sub dir"));
    Files.writeString(outside.resolve("x y.txt"), "1");
    Files.createDirectories(folder.resolve("plain/.deputy/builds"));
    Files.writeString(folder.resolve("plain/.deputy/builds/log"), "state");
    Path file = Files.writeString(folder.resolve("plain/Jenkinsfile"), "pipeline {}");
    LocalSource source = LocalSource.of(file);
    assertThat(source.top()).isEqualTo(folder.resolve("plain"));
    assertThat(source.warning())
        .contains(folder.resolve("plain") + " is not in git: BRANCH_NAME is not set");
    assertThat(source.source().branch()).isEmpty();
    assertThat(source.source().commit()).isEmpty();
    assertThat(GitCheckout.content(source.source()))
        .containsOnlyKeys("Jenkinsfile", "sub dir/x y.txt");
  }

  @Test
  void submoduleHasNoContentOfItsOwn() throws IOException {
    GitCheckout library = GitCheckout.init(folder.resolve("library"));
    library.write("lib.txt", "x");
    library.commitAll();
    checkout.git("submodule", "--quiet", "add", library.top().toString(), "vendor/lib");
    checkout.commitAll();
    LocalSource source = LocalSource.of(jenkinsfile);
    assertThat(source.warning()).isEmpty();
    assertThat(GitCheckout.content(source.source()))
        .isEqualTo(checkout.gitArchive())
        .containsOnlyKeys(".gitmodules", "Jenkinsfile");
    checkout.write("dirty", "x");
    assertThat(GitCheckout.content(LocalSource.of(jenkinsfile).source()))
        .containsOnlyKeys(".gitmodules", "Jenkinsfile", "dirty");
  }

  @Test
  void submoduleIsACheckoutItself() throws IOException {
    GitCheckout library = GitCheckout.init(folder.resolve("library"));
    library.write("Jenkinsfile", "pipeline {}");
    library.commitAll();
    checkout.git("submodule", "--quiet", "add", library.top().toString(), "vendor/lib");
    GitCheckout inner = new GitCheckout(checkout.top().resolve("vendor/lib"));
    LocalSource source = LocalSource.of(inner.top().resolve("Jenkinsfile"));
    assertThat(source.top()).isEqualTo(inner.top());
    assertThat(source.source().branch()).contains("main");
    inner.write("dirty", "x");
    assertThat(GitCheckout.content(LocalSource.of(inner.top().resolve("Jenkinsfile")).source()))
        .containsOnlyKeys("Jenkinsfile", "dirty");
  }

  @Test
  void linkedWorktreeHasItsOwnBranchAndFiles() throws IOException {
    checkout.commitAll();
    GitCheckout second = new GitCheckout(folder.resolve("second tree"));
    checkout.git("worktree", "add", "-q", "-b", "second", second.top().toString());
    second.write("only-here", "x");
    second.commitAll();
    LocalSource source = LocalSource.of(second.top().resolve("Jenkinsfile"));
    assertThat(source.top()).isEqualTo(second.top());
    assertThat(source.warning()).isEmpty();
    assertThat(source.source().branch()).contains("second");
    assertThat(GitCheckout.content(source.source()))
        .isEqualTo(second.gitArchive())
        .containsOnlyKeys("Jenkinsfile", "only-here");
    second.write("dirty", "x");
    assertThat(GitCheckout.content(LocalSource.of(second.top().resolve("Jenkinsfile")).source()))
        .containsOnlyKeys("Jenkinsfile", "only-here", "dirty");
  }

  @Test
  void unfinishedMergeIsAChange() throws IOException {
    checkout.write("a", "1\n");
    checkout.commitAll();
    checkout.git("checkout", "-q", "-b", "other");
    checkout.write("a", "2\n");
    checkout.commitAll();
    checkout.git("checkout", "-q", "main");
    checkout.write("a", "3\n");
    checkout.commitAll();
    assertThatThrownBy(() -> checkout.git("merge", "-q", "other")).isNotNull();
    LocalSource source = LocalSource.of(jenkinsfile);
    assertThat(source.source().branch()).isEmpty();
    assertThat(GitCheckout.content(source.source()).get("a")).contains("<<<<<<<");
  }

  @Test
  void bareRepositoryIsNoCheckout() {
    GitCheckout.init(folder.resolve("bare")).git("config", "core.bare", "true");
    Path file = new GitCheckout(folder.resolve("bare")).write("Jenkinsfile", "pipeline {}");
    assertThatThrownBy(() -> LocalSource.of(file))
        .isInstanceOf(IOException.class)
        .hasMessage(folder.resolve("bare") + " lies in a bare repository");
  }

  @Test
  void fileThatIsNotThereIsReported() {
    assertThatThrownBy(() -> LocalSource.of(checkout.top().resolve("nowhere")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void checkoutIsOnlyRead() throws IOException {
    checkout.write("a", "x");
    checkout.commitAll();
    checkout.write("b", "x");
    SortedMap<String, String> before = everything();
    GitCheckout.content(LocalSource.of(jenkinsfile).source());
    assertThat(everything()).isEqualTo(before);
  }

  private SortedMap<String, String> everything() throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(checkout.top())) {
      for (Path file : (Iterable<Path>) all::iterator) {
        files.put(file.toString(), Files.getLastModifiedTime(file) + " " + Files.size(file));
      }
    }
    return files;
  }
}
