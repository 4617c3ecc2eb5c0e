package dev.deputy.server;

import dev.deputy.core.Source;
import java.io.File;
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
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

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
   * Looks at the checkout that a Jenkinsfile lies in, or at its folder where there is none. Writes
   * nothing, neither there nor in the user's home.
   *
   * @throws IOException when the file or the checkout can not be read
   */
  public static LocalSource of(Path file) throws IOException {
    GitDefaults.apply();
    Path folder = file.toAbsolutePath().normalize().resolveSibling("");
    FileRepositoryBuilder found = new FileRepositoryBuilder().findGitDir(folder.toFile());
    if (found.getGitDir() == null) {
      Source source = new FolderSource(folder, folder + " (not in git)", () -> walk(folder));
      return new LocalSource(
          folder, source, Optional.of(folder + " is not in git: BRANCH_NAME is not set"));
    }
    try (Repository repository = found.setMustExist(true).build()) {
      return checkout(repository, file.toRealPath());
    } catch (NoWorkTreeException e) {
      throw new IOException(folder + " lies in a bare repository", e);
    } catch (GitAPIException e) {
      throw new IOException("git checkout of " + folder + " can not be read: " + e.getMessage(), e);
    }
  }

  /**
   * The source of a build that goes on: at its commit, or as it lies there now where it was taken
   * as it lay.
   *
   * @throws IOException when the file or the checkout can not be read, or has not that commit
   */
  public static LocalSource again(Path file, Optional<String> commit, Optional<String> branch)
      throws IOException {
    GitDefaults.apply();
    Path folder = file.toAbsolutePath().normalize().resolveSibling("");
    FileRepositoryBuilder found = new FileRepositoryBuilder().findGitDir(folder.toFile());
    if (found.getGitDir() == null) {
      if (commit.isPresent()) {
        throw new IOException(folder + " is not in git any more");
      }
      return of(file);
    }
    try (Repository repository = found.setMustExist(true).build()) {
      if (commit.isEmpty()) {
        return asItLies(repository, "it was so when the build began");
      }
      ObjectId id = ObjectId.fromString(commit.get());
      if (!repository.getObjectDatabase().has(id)) {
        throw new IOException(folder + " has no commit " + commit.get() + " any more");
      }
      Path top = repository.getWorkTree().toPath();
      Optional<String> url = Optional.of(RemoteAddress.of(repository).orElse(top.toString()));
      String at = top + " at " + id.name().substring(0, 8);
      var source = new CommitSource(repository.getDirectory().toPath(), id, branch, url, at);
      return new LocalSource(top, source, Optional.empty());
    } catch (NoWorkTreeException e) {
      throw new IOException(folder + " lies in a bare repository", e);
    }
  }

  private static LocalSource checkout(Repository repository, Path file)
      throws IOException, GitAPIException {
    Path top = repository.getWorkTree().toPath();
    ObjectId head = repository.resolve(Constants.HEAD);
    Optional<String> different = different(repository, head, file);
    if (head == null || different.isPresent()) {
      return asItLies(repository, different.orElse("there is no commit yet"));
    }
    Path gitDir = repository.getDirectory().toPath();
    String description = top + " at " + head.name().substring(0, 8);
    Optional<String> url = Optional.of(RemoteAddress.of(repository).orElse(top.toString()));
    String full = repository.getFullBranch();
    if (full == null || !full.startsWith(Constants.R_HEADS)) {
      return new LocalSource(
          top,
          new CommitSource(gitDir, head, Optional.empty(), url, description),
          Optional.of("HEAD is detached: BRANCH_NAME is not set"));
    }
    String branch = Repository.shortenRefName(full);
    String onBranch = description + " (" + branch + ")";
    return new LocalSource(
        top, new CommitSource(gitDir, head, Optional.of(branch), url, onBranch), Optional.empty());
  }

  /** What of the checkout, or of the file that is to be run, is not what the commit has. */
  private static Optional<String> different(
      Repository repository, @Nullable ObjectId head, Path file)
      throws IOException, GitAPIException {
    if (head == null) {
      return Optional.empty();
    }
    try (Git git = new Git(repository)) {
      Status status = git.status().call();
      if (!status.isClean()) {
        return Optional.of("there are uncommitted changes (" + example(status) + ")");
      }
    }
    // Files that git ignores, or was told to overlook, can differ in a clean checkout.
    return committed(repository, head, file)
        ? Optional.empty()
        : Optional.of(file.getFileName() + " is not what the commit has");
  }

  private static boolean committed(Repository repository, ObjectId head, Path file)
      throws IOException {
    Path top = repository.getWorkTree().toPath().toRealPath();
    if (!file.startsWith(top)) {
      return false;
    }
    String name = top.relativize(file).toString().replace(File.separatorChar, '/');
    try (RevWalk commits = new RevWalk(repository);
        TreeWalk found = TreeWalk.forPath(repository, name, commits.parseCommit(head).getTree());
        ObjectInserter.Formatter hash = new ObjectInserter.Formatter()) {
      byte[] content = Files.readAllBytes(file);
      return found != null && hash.idFor(Constants.OBJ_BLOB, content).equals(found.getObjectId(0));
    }
  }

  private static LocalSource asItLies(Repository repository, String why) {
    Path top = repository.getWorkTree().toPath();
    Path gitDir = repository.getDirectory().toPath();
    Source source = new FolderSource(top, top + " as it lies there", () -> tracked(gitDir, top));
    return new LocalSource(
        top,
        source,
        Optional.of(why + ": the files are taken as they lie there and BRANCH_NAME is not set"));
  }

  /** What git tracks or would add. */
  private static List<String> tracked(Path gitDir, Path top) throws IOException {
    try (Repository repository =
            new FileRepositoryBuilder()
                .setGitDir(gitDir.toFile())
                .setWorkTree(top.toFile())
                .build();
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
