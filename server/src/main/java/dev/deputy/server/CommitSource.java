package dev.deputy.server;

import dev.deputy.core.Commit;
import dev.deputy.core.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The tree of one commit: what a build of a clean checkout sees, whatever happens to the checkout
 * meanwhile.
 */
final class CommitSource implements Source {
  private final Path gitDir;
  private final ObjectId commit;
  private final Optional<String> branch;
  private final Optional<String> url;
  private final String description;

  /**
   * @param url where it can be fetched from, without credentials
   */
  CommitSource(
      Path gitDir,
      ObjectId commit,
      Optional<String> branch,
      Optional<String> url,
      String description) {
    this.gitDir = gitDir;
    this.commit = commit;
    this.branch = branch;
    this.url = url;
    this.description = description;
  }

  @Override
  public Optional<String> branch() {
    return branch;
  }

  @Override
  public Optional<String> commit() {
    return Optional.of(commit.name());
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public Optional<String> url() {
    return url;
  }

  @Override
  public List<Commit> since(String earlier) throws IOException {
    try (Repository repository = new FileRepositoryBuilder().setGitDir(gitDir.toFile()).build()) {
      return CommitLog.between(repository, earlier, commit);
    }
  }

  @Override
  public Optional<History> history() {
    return Optional.of(new CommitHistory(gitDir, commit, branch, url));
  }

  @Override
  public void archive(OutputStream out) throws IOException {
    try (Repository repository = new FileRepositoryBuilder().setGitDir(gitDir.toFile()).build();
        RevWalk commits = new RevWalk(repository);
        TreeWalk files = new TreeWalk(repository);
        SourceArchive archive = new SourceArchive(out)) {
      RevCommit parsed = commits.parseCommit(commit);
      FileTime committed = FileTime.from(parsed.getCommitTime(), TimeUnit.SECONDS);
      files.addTree(parsed.getTree());
      files.setRecursive(true);
      while (files.next()) {
        FileMode mode = files.getFileMode();
        // A submodule is a commit of another repository; it has no content here.
        if (!mode.equals(FileMode.GITLINK)) {
          archive.add(
              files.getPathString(), committed, mode, repository.open(files.getObjectId(0)));
        }
      }
    }
  }
}
