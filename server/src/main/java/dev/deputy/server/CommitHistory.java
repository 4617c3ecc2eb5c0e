package dev.deputy.server;

import dev.deputy.core.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.DepthWalk;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.storage.pack.PackConfig;

/**
 * A commit and {@value #DEPTH} generations of its history as a repository: one pack, the tags that
 * point into it, {@code HEAD} on the commit itself as Jenkins leaves it, and the branch as what
 * {@code origin} has. Nothing else of the checkout's repository gets out: no other branches, no
 * configuration, no hooks.
 */
record CommitHistory(Path gitDir, ObjectId commit, Optional<String> branch, Optional<String> url)
    implements Source.History {
  static final int DEPTH = 50;

  /** How long ago the files of the repository were made, for the archive: it tells nothing. */
  private static final FileTime NO_TIME = FileTime.fromMillis(0);

  @Override
  public void archive(OutputStream out) throws IOException {
    try (Repository repository = new FileRepositoryBuilder().setGitDir(gitDir.toFile()).build();
        SourceArchive archive = new SourceArchive(out)) {
      Sent sent = sent(repository);
      text(archive, "HEAD", commit.name() + "\n");
      text(archive, "config", config());
      if (!sent.shallow().isEmpty()) {
        text(archive, "shallow", String.join("\n", sent.shallow()) + "\n");
      }
      pack(repository, archive);
      text(archive, "packed-refs", refs(repository, sent.commits(), archive));
      // What git takes for a repository has these folders, also while they are empty.
      text(archive, "refs/heads/.keep", "");
      text(archive, "info/exclude", "");
    }
  }

  /**
   * The commits that go out.
   *
   * @param shallow those whose parents stay behind
   */
  private record Sent(Set<ObjectId> commits, Set<String> shallow) {}

  private Sent sent(Repository repository) throws IOException {
    Set<ObjectId> commits = new LinkedHashSet<>();
    Set<String> shallow = new LinkedHashSet<>();
    Set<ObjectId> alreadyShallow = repository.getObjectDatabase().getShallowCommits();
    try (DepthWalk.RevWalk walk = new DepthWalk.RevWalk(repository, DEPTH - 1)) {
      walk.markRoot(walk.parseCommit(commit));
      for (RevCommit next = walk.next(); next != null; next = walk.next()) {
        commits.add(next.copy());
        boolean last = ((DepthWalk.Commit) next).getDepth() == DEPTH - 1;
        if ((last && next.getParentCount() > 0) || alreadyShallow.contains(next)) {
          shallow.add(next.name());
        }
      }
    }
    return new Sent(commits, shallow);
  }

  private void pack(Repository repository, SourceArchive archive) throws IOException {
    PackConfig quick = new PackConfig(repository);
    quick.setDeltaCompress(false); // deltas that are there are used; looking for more takes long
    quick.setThreads(1);
    Path pack = Files.createTempFile("deputy", ".pack");
    try (PackWriter writer = new PackWriter(quick, repository.newObjectReader())) {
      writer.setDeltaBaseAsOffset(true);
      writer.setShallowPack(DEPTH, null);
      writer.preparePack(NullProgressMonitor.INSTANCE, Set.of(commit), Set.of(), Set.of());
      try (OutputStream file = Files.newOutputStream(pack)) {
        writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, file);
      }
      var index = new ByteArrayOutputStream();
      writer.writeIndex(index);
      String name = "objects/pack/pack-" + writer.computeName().name();
      archive.add(".git/" + name + ".pack", pack);
      archive.add(".git/" + name + ".idx", NO_TIME, index.toByteArray());
    } finally {
      Files.delete(pack);
    }
  }

  /** The branch at its remote, and the tags; the objects of tags go into the archive. */
  private String refs(Repository repository, Set<ObjectId> commits, SourceArchive archive)
      throws IOException {
    Map<String, ObjectId> refs = new TreeMap<>();
    branch.ifPresent(name -> refs.put(Constants.R_REMOTES + "origin/" + name, commit));
    try (RevWalk walk = new RevWalk(repository)) {
      for (Ref tag : repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
        if (walk.peel(walk.parseAny(tag.getObjectId())) instanceof RevCommit tagged
            && commits.contains(tagged)) {
          refs.put(tag.getName(), tag.getObjectId());
          if (walk.parseAny(tag.getObjectId()) instanceof RevTag annotated) {
            loose(repository.open(annotated), annotated.name(), archive);
          }
        }
      }
    }
    StringBuilder lines = new StringBuilder();
    refs.forEach((name, id) -> lines.append(id.name()).append(' ').append(name).append('\n'));
    return lines.toString();
  }

  private static void loose(ObjectLoader object, String id, SourceArchive archive)
      throws IOException {
    var deflated = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(("tag " + object.getSize() + '\0').getBytes(StandardCharsets.US_ASCII));
      object.copyTo(out);
    }
    String name = ".git/objects/" + id.substring(0, 2) + "/" + id.substring(2);
    archive.add(name, NO_TIME, deflated.toByteArray());
  }

  private String config() {
    StringBuilder text =
        new StringBuilder("[core]\n\trepositoryformatversion = 0\n\tbare = false\n");
    url.ifPresent(address ->
        text.append("[remote \"origin\"]\n\turl = ")
            .append(quoted(address))
            .append("\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n"));
    return text.toString();
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private static void text(SourceArchive archive, String name, String text) throws IOException {
    archive.add(".git/" + name, NO_TIME, text.getBytes(StandardCharsets.UTF_8));
  }
}
