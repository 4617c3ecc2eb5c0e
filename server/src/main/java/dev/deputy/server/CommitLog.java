package dev.deputy.server;

import dev.deputy.core.Commit;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.util.io.DisabledOutputStream;

/** Reads what was committed. */
final class CommitLog {
  /** So many of the newest are told of: a build page with more helps nobody. */
  private static final int MOST = 500;

  private CommitLog() {}

  /**
   * What leads from one commit to another, oldest first; empty where the repository does not know
   * the earlier one (any more).
   */
  static List<Commit> between(Repository repository, String earlier, ObjectId later)
      throws IOException {
    List<Commit> commits = new ArrayList<>();
    try (RevWalk walk = new RevWalk(repository);
        DiffFormatter differences = new DiffFormatter(DisabledOutputStream.INSTANCE)) {
      differences.setRepository(repository);
      walk.sort(RevSort.TOPO);
      walk.markStart(walk.parseCommit(later));
      walk.markUninteresting(walk.parseCommit(ObjectId.fromString(earlier)));
      for (RevCommit next = walk.next();
          next != null && commits.size() < MOST;
          next = walk.next()) {
        walk.parseBody(next);
        commits.addFirst(commit(next, files(next, differences)));
      }
    } catch (MissingObjectException | IncorrectObjectTypeException | IllegalArgumentException _) {
      return List.of();
    }
    return commits;
  }

  private static Commit commit(RevCommit commit, List<Commit.File> files) {
    return new Commit(
        commit.name(),
        commit.getAuthorIdent().getName(),
        commit.getAuthorIdent().getEmailAddress(),
        commit.getFullMessage(),
        Instant.ofEpochSecond(commit.getCommitTime()),
        files);
  }

  private static List<Commit.File> files(RevCommit commit, DiffFormatter differences)
      throws IOException {
    RevCommit parent = commit.getParentCount() == 0 ? null : commit.getParent(0);
    List<DiffEntry> entries =
        differences.scan(parent == null ? null : parent.getId(), commit.getId());
    return entries.stream().map(CommitLog::file).toList();
  }

  private static Commit.File file(DiffEntry entry) {
    return switch (entry.getChangeType()) {
      case ADD, COPY -> new Commit.File(entry.getNewPath(), Commit.Edit.ADD);
      case MODIFY, RENAME -> new Commit.File(entry.getNewPath(), Commit.Edit.EDIT);
      case DELETE -> new Commit.File(entry.getOldPath(), Commit.Edit.DELETE);
    };
  }
}
