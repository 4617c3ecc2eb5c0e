package dev.deputy.server;

import dev.deputy.core.Source;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.errors.NoWorkTreeException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * The source of a build of a local file: its git checkout at HEAD where that is clean and on a
 * branch; otherwise the files as they lie there, of no known branch, so that no grant that asks for
 * a branch matches.
 *
 * @param top the folder that the source starts at
 * @param source the state of it that is built
 * @param warning why the branch is not known; empty where it is
 */
public record LocalSource(Path top, Source source, Optional<String> warning) {
  /**
   * Looks at the checkout that a file lies in, or at its folder where there is none.
   *
   * @throws IOException when the checkout can not be read
   */
  public static LocalSource of(Path file) throws IOException {
    Path folder = file.toAbsolutePath().normalize().resolveSibling("");
    FileRepositoryBuilder found = new FileRepositoryBuilder().findGitDir(folder.toFile());
    if (found.getGitDir() == null) {
      Source source = new FolderSource(folder, folder + " (not in git)", () -> walk(folder));
      return new LocalSource(
          folder, source, Optional.of(folder + " is not in git: BRANCH_NAME is not set"));
    }
    try (Repository repository = found.setMustExist(true).build()) {
      return checkout(repository);
    } catch (NoWorkTreeException e) {
      throw new IOException(folder + " lies in a bare repository", e);
    } catch (GitAPIException e) {
      throw new IOException("git checkout of " + folder + " can not be read: " + e.getMessage(), e);
    }
  }

  private static LocalSource checkout(Repository repository) throws IOException, GitAPIException {
    Path top = repository.getWorkTree().toPath();
    ObjectId head = repository.resolve(Constants.HEAD);
    if (head == null) {
      return asItLies(top, repository, "there is no commit yet");
    }
    try (Git git = new Git(repository)) {
      Status status = git.status().call();
      if (!status.isClean()) {
        return asItLies(top, repository, "there are uncommitted changes (" + example(status) + ")");
      }
    }
    String full = repository.getFullBranch();
    String abbreviated = head.name().substring(0, 8);
    if (full == null || !full.startsWith(Constants.R_HEADS)) {
      Source source =
          new CommitSource(
              repository.getDirectory().toPath(),
              head,
              Optional.empty(),
              top + " at " + abbreviated);
      return new LocalSource(top, source, Optional.of("HEAD is detached: BRANCH_NAME is not set"));
    }
    String branch = Repository.shortenRefName(full);
    Source source =
        new CommitSource(
            repository.getDirectory().toPath(),
            head,
            Optional.of(branch),
            top + " at " + abbreviated + " (" + branch + ")");
    return new LocalSource(top, source, Optional.empty());
  }

  private static LocalSource asItLies(Path top, Repository repository, String why)
      throws IOException {
    Path gitDir = repository.getDirectory().toPath();
    Source source = new FolderSource(top, top + " as it lies there", () -> tracked(gitDir));
    return new LocalSource(
        top,
        source,
        Optional.of(why + ": the files are taken as they lie there and BRANCH_NAME is not set"));
  }

  /** What git tracks or would add. */
  private static List<String> tracked(Path gitDir) throws IOException {
    try (Repository repository = new FileRepositoryBuilder().setGitDir(gitDir.toFile()).build();
        Git git = new Git(repository)) {
      DirCache index = repository.readDirCache();
      TreeSet<String> files = new TreeSet<>();
      for (int i = 0; i < index.getEntryCount(); i++) {
        files.add(index.getEntry(i).getPathString());
      }
      files.addAll(git.status().call().getUntracked());
      return new ArrayList<>(files);
    } catch (GitAPIException e) {
      throw new IOException("git checkout can not be read: " + e.getMessage(), e);
    }
  }

  private static List<String> walk(Path top) throws IOException {
    List<String> files = new ArrayList<>();
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            // Deputy's own state lies beside the configuration and never belongs to a source.
            return folder.endsWith(StateFolder.NAME)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(top.relativize(file).toString());
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static String example(Status status) {
    TreeSet<String> all = new TreeSet<>(status.getUncommittedChanges());
    all.addAll(status.getUntracked());
    String first = all.isEmpty() ? "conflicts" : all.getFirst();
    return all.size() > 1 ? first + " and " + (all.size() - 1) + " more" : first;
  }
}
